//! A level to begin with, from what the reporter said and a lead saw. A lead sets the level and writes why (domain
//! reference 6.2).

use super::{Level, state::keyed};
use crate::form::{Facts, ReportKind as Kind, SafeNow, StopCheck, Sure};

keyed! {
    /// Something that says how soon a case must be looked at, so that the desk can show why.
    Sign {
        /// The reporter says that somebody is in danger.
        Danger = "danger",
        /// The reporter is not sure whether somebody is in danger.
        MaybeDanger = "maybe_danger",
        /// Somebody under 18 may be affected.
        Child = "child",
        /// The reporter is not sure whether somebody under 18 is affected.
        MaybeChild = "maybe_child",
        /// The person affected is not safe now.
        Unsafe = "unsafe",
        /// Somebody fears to be treated badly for speaking up.
        Reprisal = "reprisal",
        /// Others are at risk.
        Others = "others",
        /// There may be a serious crime.
        SeriousCrime = "serious_crime",
        /// A person of concern has power or trust, or is with other people too.
        Power = "power",
        /// It tells of harm, or the fear of it.
        Harm = "harm",
        /// It only asks for advice.
        Advice = "advice",
        /// It tells of something that went well.
        GoodPractice = "good_practice",
        /// A lead sees that somebody is not safe.
        LookUnsafe = "look_unsafe",
        /// A lead is not sure whether everybody is safe.
        LookMaybeUnsafe = "look_maybe_unsafe",
        /// A lead sees that a child is affected.
        LookChild = "look_child",
        /// A lead is not sure whether a child is affected.
        LookMaybeChild = "look_maybe_child",
        /// A lead sees that others are at risk.
        LookOthers = "look_others",
        /// A lead sees a crime.
        LookCrime = "look_crime",
        /// A lead linked it with another case: something returns.
        Repeat = "repeat",
    }
}

impl Sign {
    /// The level that it stands for by itself.
    pub fn level(self) -> Level {
        match self {
            Self::Danger | Self::Child | Self::LookChild => Level::Immediate,
            Self::MaybeDanger
            | Self::MaybeChild
            | Self::Unsafe
            | Self::Reprisal
            | Self::Others
            | Self::SeriousCrime
            | Self::Power
            | Self::LookUnsafe
            | Self::LookMaybeUnsafe
            | Self::LookMaybeChild
            | Self::LookOthers
            | Self::LookCrime
            | Self::Repeat => Level::High,
            Self::Harm => Level::Medium,
            Self::Advice => Level::Advice,
            Self::GoodPractice => Level::GoodPractice,
        }
    }
}

/// What the reporter's answers say of how soon, the most urgent first.
pub fn signs(facts: &Facts) -> Vec<Sign> {
    let mut signs = Vec::new();
    let mut add = |holds: bool, sign: Sign| {
        if holds {
            signs.push(sign);
        }
    };
    let checks = &facts.stop_checks;
    add(
        facts.danger == Some(Sure::Yes) || checks.contains(&StopCheck::Danger),
        Sign::Danger,
    );
    add(
        facts.under_18 == Some(Sure::Yes) || checks.contains(&StopCheck::Child),
        Sign::Child,
    );
    add(facts.danger == Some(Sure::NotSure), Sign::MaybeDanger);
    add(facts.under_18 == Some(Sure::NotSure), Sign::MaybeChild);
    add(facts.safe_now == Some(SafeNow::Unsafe), Sign::Unsafe);
    add(facts.fears_reprisal == Some(Sure::Yes), Sign::Reprisal);
    add(checks.contains(&StopCheck::Others), Sign::Others);
    add(checks.contains(&StopCheck::SeriousCrime), Sign::SeriousCrime);
    add(facts.concern_has_power, Sign::Power);
    add(facts.tells_of_harm(), Sign::Harm);
    add(facts.kinds.contains(&Kind::Advice), Sign::Advice);
    add(facts.kinds.iter().eq([&Kind::GoodPractice]), Sign::GoodPractice);
    signs
}

/// The level that these signs suggest: of the most urgent, and low if there is none.
pub fn level_of(signs: &[Sign]) -> Level {
    let urgent = signs
        .iter()
        .map(|sign| sign.level())
        .filter(|level| !matches!(level, Level::Advice | Level::GoodPractice))
        .min_by_key(|level| level.number());
    match urgent {
        Some(level) => level,
        None if signs.contains(&Sign::Advice) => Level::Advice,
        None if signs.contains(&Sign::GoodPractice) => Level::GoodPractice,
        None => Level::Low,
    }
}

/// Suggests a level, so that a report waits no longer than what was said allows. When in doubt it is sooner.
pub fn suggest_level(facts: &Facts) -> Level {
    level_of(&signs(facts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_urgent_sign_counts_and_a_question_alone_is_advice() {
        assert_eq!(level_of(&[]), Level::Low);
        assert_eq!(level_of(&[Sign::Advice]), Level::Advice);
        assert_eq!(level_of(&[Sign::GoodPractice]), Level::GoodPractice);
        assert_eq!(level_of(&[Sign::Advice, Sign::Harm]), Level::Medium);
        assert_eq!(level_of(&[Sign::Harm, Sign::LookUnsafe]), Level::High);
        assert_eq!(
            level_of(&[Sign::Harm, Sign::MaybeChild, Sign::LookChild]),
            Level::Immediate
        );
    }

    #[test]
    fn every_sign_alone_suggests_its_own_level() {
        for sign in Sign::ALL {
            assert_eq!(level_of(&[*sign]), sign.level(), "{}", sign.key());
        }
    }
}

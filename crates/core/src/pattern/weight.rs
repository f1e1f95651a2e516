//! What several linked cases show together: reasons to look at the level again, in the order in which they matter.
//! Nobody is scored, and nothing follows by itself.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Tie;
use crate::{
    case::{Level, keyed},
    form::{Discrimination, Facts, SafeNow},
};

keyed! {
    /// Something that weighs more in several cases together than in one.
    Weight {
        /// Somebody is not safe in one of them.
        Unsafe = "unsafe",
        /// The same person, place, activity or group returns.
        Repeat = "repeat",
        /// Each of them alone is small.
        Small = "small",
        /// They come closer together in time.
        Closer = "closer",
        /// It goes on, or happened more than once, in one of them.
        Ongoing = "ongoing",
        /// Different people are affected.
        Several = "several",
        /// Racism or discrimination was part of it.
        Racism = "racism",
        /// A person of concern has power, or works with other people too.
        Power = "power",
    }
}

/// What counts of one case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Strand {
    /// Its level now.
    pub level: Option<Level>,
    /// How it is linked with the case that is looked at; empty for that case itself, and for one that is linked with
    /// it only through others.
    pub ties: BTreeSet<Tie>,
    /// When it happened, as near as can be said; else when it was told.
    pub on: Option<Date>,
    /// Whether it tells of harm or the fear of it.
    pub tells_of_harm: bool,
    /// Whether it goes on, or happened more than once.
    pub goes_on: bool,
    /// Whether somebody is said to be unsafe.
    pub is_unsafe: bool,
    /// Whether racism or discrimination was, or may have been, part of it.
    pub discrimination: bool,
    /// Whether a person of concern has power, or is with others too.
    pub power: bool,
    /// Who is named as affected, each as compared.
    pub affected: BTreeSet<String>,
}

impl Strand {
    /// What the report itself says. Ties and the day are for whoever knows them.
    pub fn of(facts: &Facts, level: Option<Level>) -> Self {
        Self {
            level,
            tells_of_harm: facts.tells_of_harm(),
            is_unsafe: facts.safe_now == Some(SafeNow::Unsafe),
            discrimination: matches!(
                facts.discrimination,
                Some(Discrimination::Yes | Discrimination::Maybe)
            ),
            power: facts.concern_has_power,
            goes_on: facts.goes_on,
            affected: facts
                .people_affected
                .iter()
                .map(|name| name.trim().to_lowercase())
                .collect(),
            ..Self::default()
        }
    }
}

/// A reason, and in how many of the cases it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weighed {
    /// What.
    pub weight: Weight,
    /// In how many cases; for [`Weight::Several`], how many people.
    pub count: usize,
}

/// Says what speaks for a second look at the level of the first of these cases. Nothing does for one case alone.
pub fn weigh(strands: &[Strand]) -> Vec<Weighed> {
    if strands.len() < 2 {
        return Vec::new();
    }
    let count = |holds: &dyn Fn(&Strand) -> bool| strands.iter().filter(|strand| holds(strand)).count();
    let people: BTreeSet<&String> = strands.iter().flat_map(|strand| &strand.affected).collect();
    // Something grave is looked at already: what is small apart is what one overlooks.
    let is_small = |strand: &Strand| {
        strand.tells_of_harm
            && strand
                .level
                .is_none_or(|level| level.number() >= Level::Medium.number())
    };
    let harm = count(&|strand| strand.tells_of_harm);
    let small = count(&is_small);
    Weight::ALL
        .iter()
        .map(|weight| {
            let count = match weight {
                Weight::Unsafe => count(&|strand| strand.is_unsafe),
                Weight::Repeat => count(&|strand| strand.ties.iter().any(|tie| tie.is_repeat())),
                Weight::Small if small >= 2 && small == harm => small,
                Weight::Closer if comes_closer(strands) => strands.len(),
                Weight::Small | Weight::Closer => 0,
                Weight::Ongoing => count(&|strand| strand.goes_on),
                Weight::Several => Some(people.len())
                    .filter(|people| *people >= 2)
                    .unwrap_or_default(),
                Weight::Racism => count(&|strand| strand.discrimination),
                Weight::Power => count(&|strand| strand.power),
            };
            Weighed {
                weight: *weight,
                count,
            }
        })
        .filter(|weighed| weighed.count > 0)
        .collect()
}

/// Whether the last of at least three came sooner after the one before than that one after its own.
fn comes_closer(strands: &[Strand]) -> bool {
    let mut days: Vec<Date> = strands.iter().filter_map(|strand| strand.on).collect();
    days.sort();
    let [.., first, second, third] = days.as_slice() else {
        return false;
    };
    let gap = |from: &Date, until: &Date| from.until(*until).map_or(0, |span| span.get_days());
    gap(second, third) < gap(first, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strand(level: Level, on: &str) -> Strand {
        Strand {
            level: Some(level),
            on: Some(on.parse().unwrap()),
            tells_of_harm: true,
            ..Strand::default()
        }
    }

    fn named(strands: &[Strand]) -> Vec<(&'static str, usize)> {
        weigh(strands)
            .into_iter()
            .map(|weighed| (weighed.weight.key(), weighed.count))
            .collect()
    }

    #[test]
    fn one_case_alone_says_nothing() {
        let mut alone = strand(Level::Low, "2026-01-01");
        alone.is_unsafe = true;
        assert!(weigh(&[]).is_empty());
        assert!(weigh(&[alone]).is_empty());
    }

    #[test]
    fn small_things_count_together_but_not_beside_a_grave_one() {
        let small = strand(Level::Low, "2026-01-01");
        let other = strand(Level::Medium, "2026-02-01");
        assert_eq!(named(&[small.clone(), other.clone()]), [("small", 2)]);
        let grave = strand(Level::High, "2026-03-01");
        assert!(named(&[small.clone(), grave]).is_empty());
        let praise = Strand {
            tells_of_harm: false,
            ..other
        };
        assert!(named(&[small, praise]).is_empty());
    }

    #[test]
    fn what_comes_closer_together_is_said() {
        let days = |days: [&str; 3]| days.map(|day| strand(Level::High, day));
        assert_eq!(
            named(&days(["2026-01-01", "2026-06-01", "2026-06-20"])),
            [("closer", 3)]
        );
        assert!(named(&days(["2026-01-01", "2026-02-01", "2026-06-20"])).is_empty());
        // The order in which they are given is not the order of time.
        assert_eq!(
            named(&days(["2026-06-20", "2026-01-01", "2026-06-01"])),
            [("closer", 3)]
        );
    }

    #[test]
    fn racism_power_and_people_are_counted_over_all_of_them() {
        let mut first = strand(Level::High, "2026-01-01");
        first.discrimination = true;
        first.affected.insert("wren".into());
        let mut second = strand(Level::High, "2026-02-01");
        second.discrimination = true;
        second.power = true;
        second.goes_on = true;
        second.is_unsafe = true;
        second.ties.insert(Tie::Person);
        second.affected.insert("ines".into());
        assert_eq!(
            named(&[first, second]),
            [
                ("unsafe", 1),
                ("repeat", 1),
                ("ongoing", 1),
                ("several", 2),
                ("racism", 2),
                ("power", 1)
            ]
        );
    }

    #[test]
    fn the_same_matter_told_again_is_no_repeat() {
        let first = strand(Level::High, "2026-01-01");
        let mut second = strand(Level::High, "2026-02-01");
        second.ties = BTreeSet::from([Tie::FollowOn, Tie::Other]);
        assert!(named(&[first, second]).is_empty());
    }

    proptest::proptest! {
        /// Another case adds reasons, or makes one hold in more of them; it takes away only what rests on all of them.
        #[test]
        fn another_case_never_makes_a_reason_smaller(flags in proptest::collection::vec(proptest::array::uniform4(proptest::bool::ANY), 2..6)) {
            let strands: Vec<_> = flags
                .iter()
                .map(|[is_unsafe, discrimination, power, goes_on]| Strand {
                    is_unsafe: *is_unsafe,
                    discrimination: *discrimination,
                    power: *power,
                    goes_on: *goes_on,
                    ..Strand::default()
                })
                .collect();
            let all = weigh(&strands);
            for weighed in weigh(&strands[..strands.len() - 1]) {
                let now = all.iter().find(|other| other.weight == weighed.weight).map(|other| other.count);
                proptest::prop_assert!(now >= Some(weighed.count));
            }
        }
    }
}

//! The few answers that the program acts on, as types. All others are words for people.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    answers::{Answer, Live},
    model::{Form, Instead},
};
use crate::{form::Answers, recipients::TeamConflict};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The option's id in the form.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// Finds one by its id.
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    )*};
}

words! {
    /// Yes, no or not sure.
    Sure { /// Yes.
        Yes = "yes", /// No.
        No = "no", /// Not sure.
        NotSure = "not_sure" }

    /// Whether emergency services have been called.
    Called { /// Yes.
        Yes = "yes", /// Not yet.
        No = "no", /// The person cannot do it safely.
        Cannot = "cannot" }

    /// How the reporter wants to be known.
    Identity {
        /// With their name.
        Named = "named",
        /// Leads know the name, others only if needed.
        Confidential = "confidential",
        /// Nobody knows.
        Anonymous = "anonymous",
    }

    /// Who the report is about, seen from the reporter.
    AboutWhom {
        /// The reporter.
        Me = "me",
        /// Somebody; the reporter saw or heard it.
        Saw = "saw",
        /// Somebody; the reporter was told.
        Told = "told",
        /// Somebody who knows that the reporter tells us.
        BehalfKnows = "behalf_knows",
        /// Somebody who does not know.
        BehalfUnknown = "behalf_unknown",
        /// Part of the reporter's role as staff or facilitator.
        Role = "role",
    }

    /// What a report is.
    ReportKind {
        /// A worry.
        Concern = "concern",
        /// Something that happened.
        Incident = "incident",
        /// Something that nearly happened.
        NearMiss = "near_miss",
        /// Harm in the past.
        PastHarm = "past_harm",
        /// Wrongdoing that others should know of.
        Whistleblowing = "whistleblowing",
        /// Something that went well.
        GoodPractice = "good_practice",
        /// Something to develop.
        Development = "development",
        /// A question.
        Advice = "advice",
    }

    /// Whether the report is about our activity.
    Related { /// Yes.
        Yes = "yes", /// No.
        No = "no", /// In part.
        Partly = "partly", /// Not sure.
        NotSure = "not_sure" }

    /// What must be looked at even if the matter is not ours (R5.1d).
    StopCheck {
        /// Somebody is in danger.
        Danger = "danger",
        /// A child is or may be harmed.
        Child = "child",
        /// Others are at risk.
        Others = "others",
        /// A serious crime.
        SeriousCrime = "serious_crime",
    }

    /// Whether racism or discrimination was part of it.
    Discrimination { /// Yes.
        Yes = "yes", /// Maybe.
        Maybe = "maybe", /// No.
        No = "no" }

    /// How safe the affected person is now.
    SafeNow { /// Safe.
        Safe = "safe", /// Mostly.
        Mostly = "mostly", /// Not sure.
        NotSure = "not_sure", /// Unsafe.
        Unsafe = "unsafe" }

    /// Agreement to one step. Not the same as consent in data protection law.
    Consent { /// Yes.
        Yes = "yes", /// No.
        No = "no", /// Ask first.
        AskFirst = "ask_first" }

    /// Whether the report may be learned from, without identity.
    MayLearn { /// Yes.
        Yes = "yes", /// No.
        No = "no", /// Ask later.
        AskLater = "ask_later" }

    /// A way of reaching the reporter.
    Channel {
        /// Telephone.
        Phone = "phone",
        /// Text message.
        Text = "text",
        /// E-mail.
        Email = "email",
        /// Video call.
        Video = "video",
        /// Letter.
        Letter = "letter",
        /// In person.
        InPerson = "in_person",
        /// Through somebody else.
        ThroughSomeone = "through_someone",
        /// Messages here, behind the words.
        Messages = "messages",
    }

    /// How often the reporter wants news.
    News {
        /// At each step.
        EachStep = "each_step",
        /// Each week.
        Weekly = "weekly",
        /// When something is decided.
        Decisions = "decisions",
        /// When it is finished.
        Finished = "finished",
        /// Not at all.
        Never = "never",
    }
}

/// How the reporter may be reached.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// The ways that they chose, with the number or address where they gave one.
    pub channels: BTreeMap<Channel, Option<String>>,
    /// The address that we may write to: given, and said to be safe. Nothing else is ever mailed.
    pub may_email: Option<String>,
    /// They asked us not to contact them at all.
    pub do_not_contact: bool,
    /// How often they want news.
    pub news: Option<News>,
    /// When it is safe.
    pub safe_times: Option<String>,
    /// When it is not.
    pub unsafe_times: Option<String>,
    /// A word by which they know that it is us.
    pub safe_word: Option<String>,
}

/// What the program knows of a report. It has no `Debug`, as much of it is what people told us.
#[derive(Clone, PartialEq, Eq)]
pub struct Facts {
    /// Immediate danger.
    pub danger: Option<Sure>,
    /// Whether emergency services have been called.
    pub emergency_called: Option<Called>,
    /// How the reporter wants to be known. A short report does not ask; then the name, if there is
    /// one, stays with the leads.
    pub identity: Identity,
    /// The reporter's name.
    pub name: Option<String>,
    /// Who it is about.
    pub about_whom: Option<AboutWhom>,
    /// What it is.
    pub kinds: BTreeSet<ReportKind>,
    /// Whether it is about our activity.
    pub related: Option<Related>,
    /// What must be looked at even so.
    pub stop_checks: BTreeSet<StopCheck>,
    /// Whether anybody under 18 may be affected.
    pub under_18: Option<Sure>,
    /// Who in the safeguarding team is involved.
    pub team_conflict: TeamConflict,
    /// Whether the reporter fears to be treated badly for telling us.
    pub fears_reprisal: Option<Sure>,
    /// Whether the reporter would rather tell a person what happened.
    pub rather_tell: bool,
    /// Racism or discrimination.
    pub discrimination: Option<Discrimination>,
    /// How safe the affected person is now.
    pub safe_now: Option<SafeNow>,
    /// What they would like to happen: option ids of the question `wishes`.
    pub wishes: Vec<String>,
    /// What must not happen.
    pub must_not: Option<String>,
    /// Whom we may speak to, by row of the question `may_speak`.
    pub may_speak: BTreeMap<String, Consent>,
    /// With whom we may share, by row of the question `may_share`.
    pub may_share: BTreeMap<String, Consent>,
    /// Whether it may be learned from.
    pub may_learn: Option<MayLearn>,
    /// How the reporter may be reached.
    pub contact: Contact,
    /// Access needs: option ids of the question `access`.
    pub access_needs: Vec<String>,
    /// People named as a person of concern.
    pub people_of_concern: Vec<String>,
    /// People named as affected.
    pub people_affected: Vec<String>,
    /// Whether a person of concern has power or trust, or works with other people too (A5.4), where the form asks.
    pub concern_has_power: bool,
    /// Whether it goes on, or happened more than once, where the form asks.
    pub goes_on: bool,
}

impl Facts {
    /// Reads the facts. Only questions that are asked count: an answer that a later change has
    /// taken away is not acted on.
    pub fn of(form: &Form, answers: &Answers) -> Self {
        let walk = form.walk(answers);
        let live = &walk.live;
        let options = |question| live.get(question).map_or(&[][..], Answer::options);
        let set = |question| options(question).iter().map(String::as_str);
        Self {
            danger: one(live, "danger", Sure::from_id),
            emergency_called: one(live, "emergency_called", Called::from_id),
            identity: one(live, "identity", Identity::from_id).unwrap_or(Identity::Confidential),
            name: text(live, "name"),
            about_whom: one(live, "about_whom", AboutWhom::from_id),
            kinds: set("kind").filter_map(ReportKind::from_id).collect(),
            related: one(live, "related", Related::from_id),
            stop_checks: set("stop_checks").filter_map(StopCheck::from_id).collect(),
            under_18: one(live, "under_18", Sure::from_id),
            team_conflict: team_conflict(live),
            fears_reprisal: one(live, "fears_reprisal", Sure::from_id),
            rather_tell: live
                .get("what_happened")
                .is_some_and(|answer| answer.has(Instead::RatherTell.id())),
            discrimination: one(live, "discrimination", Discrimination::from_id),
            safe_now: one(live, "safe_now", SafeNow::from_id),
            wishes: options("wishes").to_vec(),
            must_not: text(live, "must_not"),
            may_speak: rows(live, "may_speak"),
            may_share: rows(live, "may_share"),
            may_learn: one(live, "may_learn", MayLearn::from_id),
            contact: contact(live),
            access_needs: options("access").to_vec(),
            people_of_concern: named(live, "concern"),
            people_affected: named(live, "affected"),
            concern_has_power: people(live, "concern")
                .any(|person| person.get("person_power").is_some_and(|power| power.has("yes"))),
            goes_on: live
                .get("how_often")
                .is_some_and(|often| often.has("more_than_once") || often.has("ongoing")),
        }
    }

    /// Whether the report tells of harm or the fear of it, and so has the full form.
    pub fn tells_of_harm(&self) -> bool {
        [
            ReportKind::Concern,
            ReportKind::Incident,
            ReportKind::PastHarm,
            ReportKind::Whistleblowing,
        ]
        .iter()
        .any(|kind| self.kinds.contains(kind))
    }

    /// Whether it only asks for advice.
    pub fn asks_only_advice(&self) -> bool {
        self.kinds.iter().eq([&ReportKind::Advice])
    }
}

fn one<T>(live: &Live<'_>, question: &str, from_id: impl Fn(&str) -> Option<T>) -> Option<T> {
    from_id(live.get(question)?.option()?)
}

fn text(live: &Live<'_>, question: &str) -> Option<String> {
    Some(live.get(question)?.text()?.to_owned())
}

/// The people whom the report has in this role.
fn people<'a>(live: &Live<'a>, role: &'static str) -> impl Iterator<Item = &'a Answers> {
    let people = live.get("people").map_or(&[][..], Answer::items);
    people
        .iter()
        .filter(move |person| person.get("person_role").is_some_and(|in_it| in_it.has(role)))
}

fn named(live: &Live<'_>, role: &'static str) -> Vec<String> {
    people(live, role)
        .filter_map(|person| Some(person.get("person_name")?.text()?.to_owned()))
        .collect()
}

fn rows(live: &Live<'_>, question: &str) -> BTreeMap<String, Consent> {
    match live.get(question) {
        Some(Answer::Rows(rows)) => rows
            .iter()
            .filter_map(|(row, option)| Some((row.clone(), Consent::from_id(option)?)))
            .collect(),
        _ => BTreeMap::new(),
    }
}

fn team_conflict(live: &Live<'_>) -> TeamConflict {
    let mut conflict = TeamConflict::default();
    match live.get("team_involved") {
        Some(Answer::Instead(_)) => conflict.rather_not_say = true,
        Some(answer) => {
            for option in answer.options().iter().filter(|option| *option != "none") {
                match option.parse() {
                    Ok(user) => {
                        conflict.involved.insert(user);
                    }
                    // Somebody was meant and cannot be told: as safe as if they had not said who.
                    Err(_) => conflict.rather_not_say = true,
                }
            }
        }
        None => {}
    }
    conflict
}

fn contact(live: &Live<'_>) -> Contact {
    let chosen = live.get("contact");
    let do_not_contact = chosen.is_some_and(|answer| answer.has("do_not_contact"));
    let channels: BTreeMap<Channel, Option<String>> = chosen
        .map_or(&[][..], Answer::options)
        .iter()
        .filter_map(|option| {
            let more = chosen.and_then(|answer| answer.more(option)).map(str::to_owned);
            Some((Channel::from_id(option)?, more))
        })
        .collect();
    // Silence means no: an address is written to only when the person said that it is safe (A11.4).
    let safe = matches!(live.get("safe_to"), Some(Answer::Rows(rows)) if rows.get("use_email").is_some_and(|yes| yes == "yes"));
    let news = one(live, "news", News::from_id);
    let wanted = safe && !do_not_contact && news != Some(News::Never);
    Contact {
        may_email: if wanted {
            channels.get(&Channel::Email).cloned().flatten()
        } else {
            None
        },
        channels,
        do_not_contact,
        news,
        safe_times: text(live, "safe_times"),
        unsafe_times: text(live, "unsafe_times"),
        safe_word: text(live, "safe_word"),
    }
}

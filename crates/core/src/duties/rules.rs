//! The rules as they are read from their file.

use jiff::civil::Date;

use super::{BUILT_IN_NAME, BUILT_IN_SOURCE, DutyRulesErrors, Limit, LimitFrom, Place, parse};
use crate::{
    case::keyed,
    form::{Condition, Form},
};

keyed! {
    /// A nation with laws and bodies of its own.
    Nation {
        /// England.
        England = "england",
        /// Wales.
        Wales = "wales",
        /// Scotland.
        Scotland = "scotland",
        /// Northern Ireland.
        NorthernIreland = "northern_ireland",
    }
}

keyed! {
    /// How sure a row of the rules is.
    Tag {
        /// It stands in the statement.
        Statement = "S",
        /// It was looked up in published law or guidance.
        Published = "P",
        /// Knowledge of the field: look it up before relying on it.
        Knowledge = "K",
    }
}

keyed! {
    /// Who decides whether a body is told.
    Decides {
        /// Whoever is there.
        Anyone = "anyone",
        /// The lead.
        Lead = "lead",
        /// The lead with the person affected.
        LeadWithPerson = "lead_with_person",
        /// The lead with somebody who leads for people at work.
        LeadWithPeopleTeam = "lead_with_people_team",
        /// The lead with a specialist service.
        LeadWithService = "lead_with_service",
        /// The lead with the sponsor.
        LeadWithSponsor = "lead_with_sponsor",
        /// The lead for children.
        Children = "children",
        /// The host university's governance.
        University = "university",
        /// Its people team, with the lead.
        UniversityPeople = "university_people",
        /// Its Prevent lead, with the lead.
        UniversityPrevent = "university_prevent",
        /// Its safety team.
        UniversitySafety = "university_safety",
        /// The data protection officer.
        DataProtection = "data_protection",
        /// The project's lead, with the lead.
        Project = "project",
    }
}

keyed! {
    /// A part of a draft. A body is given no part that it does not need (domain reference 7.3).
    DraftPart {
        /// Who is affected.
        Who = "who",
        /// How to reach them safely.
        Contact = "contact",
        /// Who is said to have caused it.
        Concern = "concern",
        /// What happened, in short.
        What = "what",
        /// How safe everybody is now.
        Safety = "safety",
        /// What the person wants.
        Wants = "wants",
        /// What the person agrees to.
        Consent = "consent",
    }
}

/// A body outside that may have to be told. Its words are `duty-body-<id>` with `.what`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The stable name that records hold.
    pub id: String,
    /// Bodies with the same group stand in for one another: only one applies, by where the person is.
    pub group: Option<String>,
    /// Where it applies; empty for everywhere.
    pub nations: Vec<Nation>,
    /// What raises it.
    pub when: Condition,
    /// By when it is told.
    pub within: Limit,
    /// Where that time comes from.
    pub limit: LimitFrom,
    /// Who decides.
    pub decides: Decides,
    /// How sure this row is.
    pub tag: Tag,
    /// The law or guidance.
    pub rests_on: String,
    /// What a draft for it holds.
    pub draft: Vec<DraftPart>,
}

impl Body {
    /// Whether it applies to somebody who is there. While that is not known, everything may apply.
    pub fn applies(&self, place: Option<Place>) -> bool {
        if self.nations.is_empty() {
            return true;
        }
        match place {
            None | Some(Place::NotSure) => true,
            Some(Place::Elsewhere) => false,
            Some(place) => place
                .nation()
                .is_some_and(|nation| self.nations.contains(&nation)),
        }
    }
}

/// All rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRules {
    /// The version of the file.
    pub version: u32,
    /// When the organisation last compared it with the law.
    pub checked_on: Option<Date>,
    /// What a lead may tick. The words are `duty-says-<id>`.
    pub says: Vec<String>,
    /// The bodies, in the order in which they are shown.
    pub bodies: Vec<Body>,
}

impl DutyRules {
    /// Reads rules. All faults are told at once, each with file, line and field. With a form, each question and
    /// option of a condition has to be in it; without one, a question that is not in a report never raises anything.
    ///
    /// # Errors
    /// Every fault.
    pub fn parse(file_name: &str, source: &str, form: Option<&Form>) -> Result<Self, DutyRulesErrors> {
        parse::rules(file_name, source, form)
    }

    /// The rules that come with the program.
    ///
    /// # Errors
    /// Never, as a test shows.
    pub fn built_in() -> Result<Self, DutyRulesErrors> {
        Self::parse(BUILT_IN_NAME, BUILT_IN_SOURCE, None)
    }

    /// The body with this id.
    pub fn body(&self, id: &str) -> Option<&Body> {
        self.bodies.iter().find(|body| body.id == id)
    }

    /// The keys of all words that these rules need.
    pub fn text_keys(&self) -> Vec<String> {
        let bodies = self.bodies.iter().flat_map(|body| {
            [
                format!("duty-body-{}", body.id),
                format!("duty-body-{}.what", body.id),
            ]
        });
        bodies
            .chain(self.says.iter().map(|says| format!("duty-says-{says}")))
            .collect()
    }
}

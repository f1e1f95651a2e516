//! The decision log (domain reference 6.3). What is relied on (facts) and the reasons (judgement) are apart.

use crate::case::{Field, FieldKind};

/// A decision. Its number, time and author come from the entry; a correction supersedes it.
pub(super) const FIELDS: &[Field] = &[
    Field::long("decision"),
    Field::long("options_considered").or_nothing(),
    Field::long("relied_on").or_nothing(),
    Field::long("reasons"),
    Field::long("persons_view"),
    Field::choice("followed", &["yes", "partly", "no"]),
    Field::long("why_not_followed").or_nothing(),
    Field::long("consent"),
    Field::long("legal_basis").or_nothing(),
    Field::long("proportionality").or_nothing(),
    Field::long("racism_and_power").or_nothing(),
    Field::long("consulted").or_nothing(),
    Field::new("check_by", FieldKind::Reader, false),
    Field::date("check_on"),
    Field::date("review_on").or_nothing(),
];

/// A look at a decision by somebody who did not make it.
pub(super) const CHECK_FIELDS: &[Field] = &[
    Field::choice("check_result", &["agree", "with_changes", "disagree"]),
    Field::long("check_reasons").or_nothing(),
    Field::long("check_good").or_nothing(),
];

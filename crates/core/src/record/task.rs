//! Actions: who does what by when, and what became of it.

use crate::case::Field;

/// An action. R2.3c: an action must not put work onto the person who was targeted, unless there is a reason.
/// R4.1d: the person affected is asked before each step, where that is safe.
pub(super) const FIELDS: &[Field] = &[
    Field::long("task_what"),
    Field::choice(
        "task_for",
        &[
            "safety",
            "support",
            "prevent_repeat",
            "anti_racism",
            "learning",
            "other",
        ],
    ),
    Field::new("task_owner", crate::case::FieldKind::Reader, false),
    Field::text("task_owner_name").or_nothing(),
    Field::date("task_due_on"),
    Field::choice("who_bears", &["team", "concern", "others", "affected"]),
    Field::long("burden_reason").or_nothing(),
    Field::choice("asked_person", &["agrees", "partly", "against", "not_asked"]),
    Field::long("asked_why").or_nothing(),
];

/// What became of it.
pub(super) const RESULT_FIELDS: &[Field] = &[
    Field::choice("task_result", &["done", "not_done", "later"]),
    Field::long("task_notes").or_nothing(),
    Field::date("task_new_due_on").or_nothing(),
];

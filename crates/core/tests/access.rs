//! Who may do what, as one table to be read aloud when it changes (domain reference 8.4). That pages and actions keep to
//! it is tried with real requests: every route as every role in `crates/web/tests/routes.rs`, every action as every role in
//! `crates/app/tests/app/roles.rs`.

use safehold_core::{
    access::{Area, may_act, may_enter},
    case::Action,
    roster::Role,
};

/// L lead, A alternate, S sponsor, U university, C caseworker, K administrator (who keeps lists).
const TABLE: &str = "
                 L A S U C K
Cases            x x x x x .
Share            x x x x . .
Exclude          x x x x . .
Write            x x x x x .
TakeDown         x x x x x .
Duties           x x x x . .
Export           x x x x . .
Retention        x x x x . .
Team             x x x . . x
Confirm          x x x . . .
OwnAccount       x x x x x x
Organisation     x x x . . x
Health           x x x . . x
Trace            x x x . . x
";

fn row(name: &str, may: impl Fn(Role) -> bool) -> String {
    let cells: Vec<_> = Role::ALL
        .into_iter()
        .map(|role| if may(role) { "x" } else { "." })
        .collect();
    format!("{name:<17}{}\n", cells.join(" "))
}

#[test]
fn who_may_enter_what_is_as_it_was_read_aloud() {
    let mut table = format!("\n{:<17}L A S U C K\n", "");
    for area in Area::ALL {
        table += &row(&format!("{area:?}"), |role| may_enter(role, area));
    }
    assert_eq!(table, TABLE, "{table}");
}

#[test]
fn a_caseworker_notes_and_decides_nothing_and_an_administrator_takes_no_action() {
    for action in Action::ALL {
        let found = row(action.key(), |role| may_act(role, *action));
        let decides = row(action.key(), Role::receives_reports);
        let notes = row(action.key(), |role| role != Role::Administrator);
        let wanted = if *action == Action::Note { notes } else { decides };
        assert_eq!(found, wanted);
    }
}

#[test]
fn whoever_confirms_also_keeps_the_team_and_reads_cases() {
    for role in Role::ALL {
        if may_enter(role, Area::Confirm) {
            assert!(
                may_enter(role, Area::Team) && may_enter(role, Area::Cases),
                "{role:?}"
            );
        }
    }
}

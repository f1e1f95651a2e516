//! Who may do what: the table of `core`, as it was read aloud when it changed (domain reference 8.4). That pages and
//! actions keep to it is tried with real requests: every cell in `crates/web/tests/matrix`, every route as every role in
//! `crates/web/tests/routes.rs`, every action as every role in `crates/app/tests/app/roles.rs`.

use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

use safehold_core::{
    access::{
        Area, Cell, May, Part, Party, TABLE, When, action_asks, cell, may_act, may_act_with, may_enter,
        may_enter_with, part,
    },
    case::Action,
    id::UserId,
    roster::Role,
};

/// L lead, A alternate, S sponsor, U university, C caseworker, F facilitator, G group, D data protection,
/// K administrator (who keeps lists).
const AREAS: &str = "
                 L A S U C F G D K
Cases            x x x x x . . x .
Share            x x x x . . . . .
Exclude          x x x x . . . . .
Write            x x x x x . . . .
TakeDown         x x x x x x . . .
Duties           x x x x . . . . .
Export           x x x x . . . . .
Retention        x x x x . . . . .
Team             x x x . . . . . x
Confirm          x x x . . . . . .
OwnAccount       x x x x x x x x x
Organisation     x x x . . . . . x
Health           x x x . . . . . x
Trace            x x x . . . . x x
";

/// The same in a case that is on their desk, and that they are not in charge of.
const BESIDE: &str = "
                 L A S U C F G D K
Cases            x x x x x . . x .
Share            x x . . . . . . .
Exclude          x x . . . . . . .
Write            x x . . x . . . .
Duties           x x . x . . . . .
Export           x x x x . . . . .
Retention        x x x x . . . . .
";

fn row(name: &str, may: impl Fn(Role) -> bool) -> String {
    let cells: Vec<_> = Role::ALL
        .into_iter()
        .map(|role| if may(role) { "x" } else { "." })
        .collect();
    format!("{name:<17}{}\n", cells.join(" "))
}

fn head() -> String {
    format!("\n{:<17}L A S U C F G D K\n", "")
}

#[test]
fn who_may_enter_what_is_as_it_was_read_aloud() {
    let mut all = head();
    for area in Area::ALL {
        all += &row(&format!("{area:?}"), |role| may_enter(role, area));
    }
    for line in AREAS.lines() {
        assert!(all.lines().any(|found| found == line), "{line} in {all}");
    }
    let mut beside = head();
    for area in Area::ALL {
        beside += &row(&format!("{area:?}"), |role| {
            may_enter_with(role, Part::Beside, area)
        });
    }
    for line in BESIDE.lines() {
        assert!(beside.lines().any(|found| found == line), "{line} in {beside}");
    }
}

#[test]
fn a_caseworker_notes_and_decides_nothing_and_whoever_reads_no_case_takes_no_action() {
    for action in Action::ALL {
        let found = row(action.key(), |role| may_act(role, *action));
        let decides = row(action.key(), Role::receives_reports);
        let notes = row(action.key(), |role| {
            role.receives_reports() || role == Role::Caseworker
        });
        let wanted = if *action == Action::Note { notes } else { decides };
        assert_eq!(found, wanted);
        let checks = matches!(action, Action::Close | Action::SendBack);
        for role in [Role::Sponsor, Role::University] {
            assert_eq!(
                may_act_with(role, Part::Beside, *action),
                checks,
                "{role:?} {action:?}"
            );
        }
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
        // A key that could never be used would only be one more to lose.
        assert_eq!(role.holds_keys(), may_enter(role, Area::Cases), "{role:?}");
    }
}

#[test]
fn the_recipient_is_in_charge_where_no_lead_acts_and_the_university_where_nobody_else_does() {
    let user = |number: u8| UserId::from_random([number; 16]);
    let me = user(1);
    let others = [
        (user(2), Role::Lead),
        (user(3), Role::Sponsor),
        (user(4), Role::Caseworker),
    ];
    let is = |role, owner, others: &[(UserId, Role)]| part(me, role, owner, others) == Part::InCharge;
    for role in Role::ALL {
        let first = role.receives_reports();
        assert_eq!(is(role, None, &others), first, "nobody has opened it: {role:?}");
        assert_eq!(is(role, Some(me), &others), first, "it is theirs: {role:?}");
        assert_eq!(
            is(role, Some(user(9)), &others[2..]),
            first,
            "whoever had it left: {role:?}"
        );
        assert_eq!(
            is(role, Some(user(2)), &others),
            role.is_lead(),
            "shared: {role:?}"
        );
        let sponsored = role.is_lead() || role == Role::Sponsor;
        assert_eq!(
            is(role, Some(user(3)), &others[1..]),
            sponsored,
            "no lead: {role:?}"
        );
    }
}

#[test]
fn a_decision_of_one_role_can_be_checked_by_another_and_whoever_acts_reads() {
    for (thing, cells) in TABLE {
        for (party, cell) in Party::ALL.into_iter().zip(cells) {
            let mut seen = BTreeSet::new();
            for grant in cell {
                assert!(
                    seen.insert(grant.may),
                    "{thing:?} {party:?} has {:?} twice",
                    grant.may
                );
            }
        }
        let acts = |may| {
            cells
                .iter()
                .filter(|cell| cell.iter().any(|grant| grant.may == may))
                .count()
        };
        if acts(May::Approve) > 0 && !thing.is_to_come() {
            assert!(acts(May::Approve) > 1, "{thing:?} has one role to check it");
        }
    }
    for action in Action::ALL {
        let (thing, may) = action_asks(*action);
        assert!(
            !cell(Party::Role(Role::Lead), thing).is_empty(),
            "{thing:?} {may:?}"
        );
    }
}

/// A page for something of which the table says that it is to come has to bring its cells with it.
#[test]
fn no_area_leads_to_what_is_still_to_come() {
    for area in Area::ALL {
        let (thing, may) = area.asks();
        assert!(!thing.is_to_come(), "{area:?} leads to {thing:?}");
        let is_granted = TABLE
            .iter()
            .filter(|(of, _)| *of == thing)
            .any(|(_, cells)| cells.iter().any(|cell| cell.iter().any(|grant| grant.may == may)));
        assert!(is_granted, "{area:?} asks for what nobody may");
    }
}

/// The page people read is the table that the program asks.
#[test]
fn the_page_about_access_has_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/access.md");
    let page = fs::read_to_string(path).unwrap();
    let mut table = String::new();
    for (thing, cells) in TABLE {
        let cells: Vec<_> = cells.into_iter().map(written).collect();
        let _ = writeln!(
            table,
            "| {}{} | {} |",
            thing.key().replace('_', " "),
            if thing.is_to_come() { " (to come)" } else { "" },
            cells.join(" | ")
        );
    }
    for line in table.lines() {
        assert!(
            page.lines().any(|found| found == line),
            "not in docs/access.md: {line}\n\n{table}"
        );
    }
}

fn written(cell: Cell) -> String {
    if cell.is_empty() {
        return "–".to_owned();
    }
    let mut texts: Vec<String> = Vec::new();
    let mut last: Option<When> = None;
    for grant in cell {
        match texts.last_mut() {
            Some(text) if last == Some(grant.when) => text.insert(letters(text), grant.may.letter()),
            _ if grant.when == When::Always => texts.push(grant.may.letter().to_string()),
            _ => texts.push(format!(
                "{} {}",
                grant.may.letter(),
                grant.when.key().replace('_', " ")
            )),
        }
        last = Some(grant.when);
    }
    texts.join(", ")
}

/// How many letters stand before the condition.
fn letters(text: &str) -> usize {
    text.find(' ').unwrap_or(text.len())
}

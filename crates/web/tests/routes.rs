//! Who may open what: a row for every route of the site. A route without a row, or a row without a route, ends the
//! test; and each is tried as everybody who may not.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test needs and does not find ends the test"
)]
#![allow(dead_code, reason = "the helpers are shared with other tests")]

#[path = "report/app.rs"]
mod app;
#[path = "desk/team.rs"]
mod team;

use std::{collections::BTreeSet, fs, path::Path};

use axum::http::StatusCode;
use safehold_core::{
    access::{Area, may_enter},
    roster::Role,
};

use crate::app::{TestSite, Visitor, new_site};

/// Who may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    /// Everybody.
    Anyone,
    /// Everybody with a visit, which their words lead to; others are shown the way.
    Visit,
    /// Whoever has the token in the link; for others it does not exist.
    Token,
    /// Whoever is signed in in a role that enters the area.
    Desk(Area),
    /// The same, for cases on their desk only.
    Case(Area),
}

const ROWS: &[(&str, &str, Who)] = {
    use Area as A;
    use Who::{Anyone, Case, Desk, Token, Visit};
    &[
        ("get", "/", Anyone),
        ("get", "/statement", Anyone),
        ("get", "/statement/{version}", Anyone),
        ("get", "/help", Anyone),
        ("get", "/ask", Anyone),
        ("get", "/run", Anyone),
        ("get", "/privacy", Anyone),
        ("get", "/accessibility", Anyone),
        ("get", "/listening", Anyone),
        ("get", "/categories", Anyone),
        ("get", "/leave", Anyone),
        ("post", "/leave", Anyone),
        ("get", "/static/{name}", Anyone),
        ("get", "/report/start", Anyone),
        ("post", "/report/another", Visit),
        ("get", "/report/check", Visit),
        ("get", "/report/send", Visit),
        ("post", "/report/send", Visit),
        ("get", "/report/sent", Visit),
        ("get", "/report/receipt.txt", Visit),
        ("get", "/report/words", Visit),
        ("post", "/report/words", Visit),
        ("get", "/report/forget", Visit),
        ("post", "/report/forget", Visit),
        ("get", "/report/{page}", Anyone),
        ("post", "/report/{page}", Anyone),
        ("get", "/report/{page}/files", Visit),
        ("post", "/report/{page}/files", Visit),
        ("get", "/report/{page}/{number}/{inner}", Visit),
        ("post", "/report/{page}/{number}/{inner}", Visit),
        ("get", "/return", Anyone),
        ("post", "/return", Anyone),
        ("get", "/paper", Anyone),
        ("get", "/paper/2", Anyone),
        ("get", "/paper/short", Anyone),
        ("get", "/paper/easy", Anyone),
        ("get", "/check", Anyone),
        ("post", "/check", Anyone),
        ("get", "/follow", Visit),
        ("get", "/follow/message", Visit),
        ("post", "/follow/message", Visit),
        ("get", "/follow/answers", Visit),
        ("get", "/follow/plan", Visit),
        ("get", "/follow/about", Visit),
        ("get", "/follow/about/{id}", Visit),
        ("post", "/follow/about/{id}", Visit),
        ("get", "/follow/asked/{id}", Visit),
        ("post", "/follow/asked/{id}", Visit),
        ("get", "/follow/end", Visit),
        ("post", "/follow/end", Visit),
        ("get", "/follow/review", Visit),
        ("post", "/follow/review", Visit),
        ("get", "/follow/request/{what}", Visit),
        ("post", "/follow/request/{what}", Visit),
        ("get", "/follow/file/{file}", Visit),
        ("get", "/follow/file/{file}/show", Visit),
        ("get", "/follow/leave", Visit),
        ("post", "/follow/leave", Visit),
        ("get", "/follow/change/{what}", Visit),
        ("post", "/follow/change/{what}", Visit),
        ("get", "/setup", Token),
        ("post", "/setup", Token),
        ("get", "/join", Token),
        ("post", "/join", Token),
        ("get", "/desk/sign-in", Anyone),
        ("post", "/desk/sign-in", Anyone),
        ("post", "/desk/sign-in/passkey", Anyone),
        ("post", "/desk/sign-out", Anyone),
        ("get", "/desk", Desk(A::Cases)),
        ("get", "/desk/case/{id}", Case(A::Cases)),
        ("get", "/desk/case/{id}/do/{action}", Case(A::Cases)),
        ("post", "/desk/case/{id}/do/{action}", Case(A::Cases)),
        ("get", "/desk/ended", Desk(A::Statistics)),
        ("get", "/desk/reviews", Desk(A::Cases)),
        ("get", "/desk/case/{id}/review/{review}", Case(A::Cases)),
        ("post", "/desk/case/{id}/review/{review}", Case(A::Cases)),
        ("get", "/desk/load", Desk(A::Cases)),
        ("get", "/desk/search", Desk(A::Cases)),
        ("post", "/desk/search", Desk(A::Cases)),
        ("get", "/desk/case/{id}/record", Case(A::Cases)),
        ("get", "/desk/case/{id}/record/{kind}", Case(A::Cases)),
        ("post", "/desk/case/{id}/record/{kind}", Case(A::Cases)),
        ("get", "/desk/case/{id}/chronology", Case(A::Cases)),
        ("get", "/desk/case/{id}/write", Case(A::Write)),
        ("post", "/desk/case/{id}/write", Case(A::Write)),
        ("get", "/desk/case/{id}/share", Case(A::Share)),
        ("post", "/desk/case/{id}/share", Case(A::Share)),
        ("get", "/desk/case/{id}/export", Case(A::Export)),
        ("post", "/desk/case/{id}/export", Case(A::Export)),
        ("get", "/desk/case/{id}/export/layer", Case(A::Export)),
        ("post", "/desk/case/{id}/export/layer", Case(A::Export)),
        ("get", "/desk/case/{id}/export/layer/{layer}", Case(A::Export)),
        ("post", "/desk/case/{id}/export/layer/{layer}", Case(A::Export)),
        (
            "get",
            "/desk/case/{id}/export/layer/{layer}/change",
            Case(A::Export),
        ),
        (
            "post",
            "/desk/case/{id}/export/layer/{layer}/change",
            Case(A::Export),
        ),
        ("get", "/desk/case/{id}/export/copy/{copy}", Case(A::Export)),
        ("post", "/desk/case/{id}/export/copy/{copy}", Case(A::Export)),
        ("get", "/desk/case/{id}/exclusion", Case(A::Cases)),
        ("get", "/desk/exclusions", Desk(A::StayAway)),
        ("get", "/desk/sign-ups", Desk(A::StayAway)),
        ("post", "/desk/sign-ups", Desk(A::StayAway)),
        ("get", "/desk/case/{id}/pattern", Case(A::Cases)),
        ("get", "/desk/case/{id}/pattern/link", Case(A::Patterns)),
        ("post", "/desk/case/{id}/pattern/link", Case(A::Patterns)),
        ("get", "/desk/case/{id}/pattern/returns", Case(A::Patterns)),
        ("post", "/desk/case/{id}/pattern/returns", Case(A::Patterns)),
        ("post", "/desk/case/{id}/pattern/apart", Case(A::Patterns)),
        ("get", "/desk/case/{id}/pattern/unlink/{other}", Case(A::Patterns)),
        (
            "post",
            "/desk/case/{id}/pattern/unlink/{other}",
            Case(A::Patterns),
        ),
        ("get", "/desk/duties", Desk(A::Cases)),
        ("get", "/desk/case/{id}/duties", Case(A::Cases)),
        ("post", "/desk/case/{id}/duties", Case(A::Duties)),
        ("get", "/desk/case/{id}/duties/{body}", Case(A::Cases)),
        ("get", "/desk/case/{id}/duties/{body}/draft", Case(A::Cases)),
        (
            "get",
            "/desk/case/{id}/duties/{body}/record/{step}",
            Case(A::Duties),
        ),
        (
            "post",
            "/desk/case/{id}/duties/{body}/record/{step}",
            Case(A::Duties),
        ),
        ("get", "/desk/case/{id}/exclude", Case(A::Exclude)),
        ("post", "/desk/case/{id}/exclude", Case(A::Exclude)),
        ("get", "/desk/case/{id}/conflict", Case(A::Cases)),
        ("post", "/desk/case/{id}/conflict", Case(A::Cases)),
        ("get", "/desk/requests", Desk(A::Requests)),
        ("get", "/desk/requests/new", Desk(A::Requests)),
        ("post", "/desk/requests/new", Desk(A::Requests)),
        // Nobody took one down here, so it is looked for in vain by whoever may.
        ("get", "/desk/requests/{request}", Case(A::Requests)),
        ("get", "/desk/requests/{request}/do/{step}", Case(A::Requests)),
        ("post", "/desk/requests/{request}/do/{step}", Case(A::Requests)),
        ("get", "/desk/requests/{request}/look", Case(A::Requests)),
        ("post", "/desk/requests/{request}/look", Case(A::Requests)),
        ("get", "/desk/requests/{request}/letter", Case(A::Requests)),
        ("get", "/desk/retention", Desk(A::Retention)),
        ("get", "/desk/case/{id}/keep", Case(A::Retention)),
        ("get", "/desk/case/{id}/keep/{step}", Case(A::Retention)),
        ("post", "/desk/case/{id}/keep/{step}", Case(A::Retention)),
        ("get", "/desk/case/{id}/erased", Case(A::Retention)),
        ("get", "/desk/case/{id}/file/{file}", Case(A::Cases)),
        ("get", "/desk/case/{id}/file/{file}/show", Case(A::Cases)),
        ("get", "/desk/case/{id}/file/{file}/original", Case(A::Cases)),
        ("post", "/desk/case/{id}/file/{file}/original", Case(A::Cases)),
        ("get", "/desk/take-down", Desk(A::TakeDown)),
        ("post", "/desk/take-down", Desk(A::TakeDown)),
        ("get", "/desk/taken-down", Desk(A::TakeDown)),
        ("get", "/desk/mail", Desk(A::Health)),
        ("post", "/desk/mail", Desk(A::Health)),
        ("post", "/desk/mail/{job}", Desk(A::Health)),
        ("get", "/desk/team", Desk(A::Team)),
        ("get", "/desk/team/invite", Desk(A::Team)),
        ("post", "/desk/team/invite", Desk(A::Team)),
        ("get", "/desk/team/{member}/again", Desk(A::Team)),
        ("post", "/desk/team/{member}/again", Desk(A::Team)),
        ("get", "/desk/team/changes", Desk(A::Team)),
        ("get", "/desk/team/{member}/confirm", Desk(A::Confirm)),
        ("post", "/desk/team/{member}/confirm", Desk(A::Confirm)),
        ("get", "/desk/team/{member}/leave", Desk(A::Team)),
        ("post", "/desk/team/{member}/leave", Desk(A::Team)),
        ("get", "/desk/team/{member}/away", Desk(A::Team)),
        ("post", "/desk/team/{member}/away", Desk(A::Team)),
        ("get", "/desk/roles", Desk(A::OwnAccount)),
        ("get", "/desk/recovery", Desk(A::Recovery)),
        ("post", "/desk/recovery/seen", Desk(A::Recovery)),
        // Nobody asks here, so it is looked for in vain by whoever may.
        ("get", "/desk/recovery/ask/{ask}", Case(A::Recovery)),
        ("post", "/desk/recovery/ask/{ask}", Case(A::Recovery)),
        ("get", "/desk/recovery/change", Desk(A::Recovery)),
        ("post", "/desk/recovery/change", Desk(A::Recovery)),
        ("get", "/desk/recovery/confirm", Desk(A::Recovery)),
        ("post", "/desk/recovery/confirm", Desk(A::Recovery)),
        ("get", "/desk/emergency", Desk(A::Emergency)),
        ("post", "/desk/emergency", Desk(A::Emergency)),
        ("get", "/desk/account/asked", Desk(A::OwnAccount)),
        ("post", "/desk/account/asked", Desk(A::OwnAccount)),
        ("get", "/desk/lost", Anyone),
        ("post", "/desk/lost", Anyone),
        ("get", "/desk/share", Anyone),
        ("post", "/desk/share", Anyone),
        ("get", "/desk/account", Desk(A::OwnAccount)),
        ("post", "/desk/account/away", Desk(A::OwnAccount)),
        ("post", "/desk/account/pass", Desk(A::OwnAccount)),
        ("post", "/desk/account/sessions", Desk(A::OwnAccount)),
        ("get", "/desk/account/passkeys", Desk(A::OwnAccount)),
        ("post", "/desk/account/passkeys", Desk(A::OwnAccount)),
        ("post", "/desk/account/passkeys/add", Desk(A::OwnAccount)),
        ("post", "/desk/account/passkeys/remove", Desk(A::OwnAccount)),
        ("get", "/desk/prove", Desk(A::OwnAccount)),
        ("post", "/desk/prove", Desk(A::OwnAccount)),
        ("get", "/desk/organisation", Desk(A::Organisation)),
        ("post", "/desk/organisation", Desk(A::Organisation)),
        ("get", "/desk/statement", Desk(A::Organisation)),
        ("post", "/desk/statement", Desk(A::Organisation)),
    ]
};

/// The routes that the sources register. Each stands as a literal, so that this can read them.
fn registered() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

fn read_folder(folder: &Path, found: &mut BTreeSet<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            read_routes(&fs::read_to_string(&path).unwrap(), found);
        }
    }
}

fn read_routes(source: &str, found: &mut BTreeSet<(String, String)>) {
    for hidden in [".nest(", ".nest_service(", ".route_service("] {
        assert!(!source.contains(hidden), "{hidden} hides routes from this test");
    }
    for call in source.split(".route(").skip(1) {
        let mut depth = 1;
        let end = call
            .char_indices()
            .find(|(_, char)| {
                depth += match char {
                    '(' => 1,
                    ')' => -1,
                    _ => 0,
                };
                depth == 0
            })
            .unwrap()
            .0;
        let call = &call[..end];
        let path = call
            .trim_start()
            .strip_prefix('"')
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let mut methods = 0;
        for method in ["get", "post", "put", "delete", "patch", "any"] {
            let is_there = call
                .match_indices(&format!("{method}("))
                .any(|(at, _)| !call[..at].ends_with(|char: char| char.is_alphanumeric() || char == '_'));
            if is_there {
                methods += 1;
                found.insert((method.to_owned(), path.to_owned()));
            }
        }
        assert!(methods > 0, "{path} has no method that this test knows");
    }
}

#[test]
fn every_route_has_a_row_that_says_who_may() {
    let rows: BTreeSet<_> = ROWS
        .iter()
        .map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    assert_eq!(rows.len(), ROWS.len(), "a row stands twice");
    let routes = registered();
    let without: Vec<_> = routes.difference(&rows).collect();
    let gone: Vec<_> = rows.difference(&routes).collect();
    assert!(without.is_empty(), "no row says who may: {without:?}");
    assert!(gone.is_empty(), "no such route any more: {gone:?}");
}

/// An address with something in its places.
fn fill(path: &str, case: &str, member: &str) -> String {
    path.replace("/desk/case/{id}", case)
        .replace("{action}", "note")
        .replace("/keep/{step}", "/keep/hold")
        .replace("/do/{step}", "/do/note")
        .replace("{request}", "11111111111141118111111111111111")
        .replace("/duties/{body}", "/duties/police")
        .replace("/record/{step}", "/record/decide")
        .replace("{kind}", "contact")
        .replace("{file}", "11111111111141118111111111111111")
        .replace("{other}", "11111111111141118111111111111111")
        .replace("{ask}", "11111111111141118111111111111111")
        .replace("{layer}", "11111111111141118111111111111111")
        .replace("{copy}", "11111111111141118111111111111111")
        .replace("{member}", member)
        .replace("{version}", "1")
        .replace("/request/{what}", "/request/copy")
        .replace("{review}", "11111111111141118111111111111111")
        .replace("/{id}", "/11111111111141118111111111111111")
        .replace("{what}", "wishes")
        .replace("{page}", "danger")
        .replace("{number}", "1")
        .replace("{inner}", "person")
        .replace("{name}", "x.css")
}

async fn ask(visitor: &mut Visitor, method: &str, path: &str) -> app::Answer {
    if method == "get" {
        return visitor.get(path).await;
    }
    visitor
        .post(path, &[("note", "x"), ("why", "x"), ("text", "x")])
        .await
}

async fn site_with_case() -> (TestSite, String, String) {
    let site = new_site().await;
    let (_, case) = team::opened(&site).await;
    let member = site.member(Role::Alternate);
    (site, case, member)
}

#[tokio::test]
async fn nobody_comes_to_the_desk_without_signing_in() {
    let (site, case, member) = site_with_case().await;
    for (method, path, who) in ROWS {
        let is_desk = matches!(who, Who::Desk(_) | Who::Case(_));
        if !is_desk {
            continue;
        }
        let path = fill(path, &case, &member);
        let answer = ask(&mut site.visitor(), method, &path).await;
        if *method == "get" {
            assert!(answer.to().starts_with("/desk/sign-in"), "{path}");
        } else {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
            answer.has("action=\"/desk/sign-in\"");
        }
    }
}

#[tokio::test]
async fn a_role_enters_only_what_core_lets_it_enter() {
    let roles = [
        (Role::Caseworker, "Cas Worker"),
        (Role::Facilitator, "Faci Litator"),
        (Role::Group, "Gro Up"),
        (Role::DataProtection, "Dat Pro"),
        (Role::Administrator, "Ada Min"),
        (Role::University, "Uni Vale"),
        (Role::Sponsor, "Spo Nsor"),
        (Role::Alternate, "Alt Ernate"),
        (Role::Lead, "Lea Der"),
    ];
    assert_eq!(roles.len(), Role::ALL.len());
    // Who invites them has eight recovery codes, so they come to two sites.
    for roles in roles.chunks(5) {
        each_route(roles).await;
    }
}

/// Asks for each route as each of these, who join one after the other.
async fn each_route(roles: &[(Role, &str)]) {
    let (site, case, member) = site_with_case().await;
    for (index, (role, name)) in roles.iter().copied().enumerate() {
        let mut visitor = team::join(&site, role, name, 2 + index).await;
        for (method, path, who) in ROWS {
            let (Who::Desk(area) | Who::Case(area)) = *who else {
                continue;
            };
            let path = fill(path, &case, &member);
            let allowed = may_enter(role, area);
            if allowed && matches!(who, Who::Desk(_)) {
                // What they may, they are not kept from; forms would change what the next row needs.
                if *method == "get" {
                    let answer = ask(&mut visitor, method, &path).await;
                    assert_eq!(answer.status, StatusCode::OK, "{} {path}", role.key());
                }
                continue;
            }
            let answer = ask(&mut visitor, method, &path).await;
            let wanted = if allowed {
                StatusCode::NOT_FOUND
            } else {
                StatusCode::FORBIDDEN
            };
            assert_eq!(answer.status, wanted, "{} {method} {path}", role.key());
            answer.lacks("They shouted at me");
        }
    }
}

#[tokio::test]
async fn without_its_token_a_link_leads_nowhere() {
    let (site, case, member) = site_with_case().await;
    for (method, path, _) in ROWS.iter().filter(|(.., who)| *who == Who::Token) {
        for query in ["", "?token=x"] {
            let path = format!("{}{query}", fill(path, &case, &member));
            let answer = ask(&mut site.visitor(), method, &path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn without_words_nothing_of_a_report_is_shown() {
    let (site, case, member) = site_with_case().await;
    for (method, path, _) in ROWS.iter().filter(|(.., who)| *who == Who::Visit) {
        let path = fill(path, &case, &member);
        let answer = ask(&mut site.visitor(), method, &path).await;
        assert!(
            !answer.status.is_server_error() && !answer.body.contains("They shouted at me"),
            "{method} {path}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn what_is_open_to_all_needs_no_sign_in() {
    let (site, case, member) = site_with_case().await;
    for (method, path, _) in ROWS.iter().filter(|(.., who)| *who == Who::Anyone) {
        if *path == "/static/{name}" || *path == "/statement/{version}" {
            continue;
        }
        let path = fill(path, &case, &member);
        let answer = ask(&mut site.visitor(), method, &path).await;
        assert!(
            !answer.status.is_server_error() && answer.status != StatusCode::NOT_FOUND,
            "{method} {path}: {}",
            answer.status
        );
        if answer.status == StatusCode::SEE_OTHER {
            assert!(
                path == "/desk/sign-out" || !answer.to().starts_with("/desk"),
                "{path}"
            );
        }
    }
}

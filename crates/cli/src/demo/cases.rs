//! The invented cases of the demonstration, made as people would make them.

use anyhow::Context;
use jiff::ToSpan;
use safehold_app::{
    App, desk,
    desk::record::Place,
    follow,
    report::{self, MessageBody, Visit, WordsShown},
};
use safehold_core::{
    case::Action,
    form::{Answers, Form, PageInput, RunTimeOption, RunTimeOptions},
    id::{CaseId, EventId},
    record::Kind,
};

use super::people::{Person, Team};

/// Fields as a form in the browser would send them: page by page, all in one list.
pub type Sent<'a> = &'a [(&'a str, &'a str)];

/// Makes the cases; answers some of the words.
pub async fn make(app: &App, team: &Team) -> anyhow::Result<Vec<(&'static str, String)>> {
    let fresh = report(app, team, UNOPENED).await?;
    let talking = report(app, team, TALKING).await?;
    converse(app, team, &talking).await?;
    let about_lead = lead_named(team);
    report(app, team, &borrowed(&about_lead)).await?;
    close_near_miss(app, team).await?;
    answer_advice(app, team).await?;
    blow_whistle(app, team).await?;
    Ok(vec![
        ("a report that nobody has opened yet", fresh.words),
        ("a report with an answer to read", talking.words),
    ])
}

struct Reported {
    case: CaseId,
    visit: Visit,
    words: String,
}

const UNOPENED: Sent<'static> = &[
    ("danger", "no"),
    ("kind", "concern"),
    ("identity", "named"),
    ("name", "Wren Oakbarrow"),
    ("about_whom", "saw"),
    ("related", "yes"),
    ("under_18", "no"),
    ("team_involved", "none"),
    (
        "what_happened",
        "In the Tuesday group somebody kept talking over Juniper. When Juniper tried to answer, they laughed. It was \
         the third time.",
    ),
    ("what_said", "\"You would not understand that, would you.\""),
    ("what_think", "I think Juniper is going to stop coming."),
    ("discrimination", "maybe"),
    ("safe_now", "mostly"),
    ("wishes", "conversation"),
    ("must_not", "Please do not read this out in the group."),
    ("contact", "messages"),
];

const TALKING: Sent<'static> = &[
    ("danger", "no"),
    ("kind", "incident"),
    ("identity", "confidential"),
    ("name", "Linden Marsh"),
    ("about_whom", "me"),
    ("related", "yes"),
    ("under_18", "no"),
    ("team_involved", "none"),
    (
        "what_happened",
        "After the session somebody from another project followed me to the bus stop and would not go away when I asked.",
    ),
    ("safe_now", "not_sure"),
    ("wishes", "stop"),
    ("must_not", "He must not get my phone number."),
    ("contact", "messages"),
];

const NEAR_MISS: Sent<'static> = &[
    ("danger", "no"),
    ("kind", "near_miss"),
    ("under_18", "no"),
    ("team_involved", "none"),
    (
        "what_happened",
        "The ramp was wet and had no rail. Nobody fell, because two people stood there and helped.",
    ),
    ("went_well", "People noticed and helped each other."),
    ("should_change", "A rail, and a mat."),
];

const ADVICE: Sent<'static> = &[
    ("danger", "no"),
    ("kind", "advice"),
    (
        "ask",
        "Somebody told me about something that happened to them years ago. Do I have to tell anybody?",
    ),
];

const WHISTLE: Sent<'static> = &[
    ("danger", "no"),
    ("kind", "whistleblowing"),
    ("identity", "anonymous"),
    ("about_whom", "saw"),
    ("related", "yes"),
    ("under_18", "no"),
    ("team_involved", "none"),
    (
        "what_happened",
        "Thank-you payments for participants were signed for by people who were not there.",
    ),
    ("contact", "messages"),
];

fn lead_named(team: &Team) -> Vec<(&'static str, String)> {
    [
        ("danger", "no"),
        ("kind", "concern"),
        ("identity", "confidential"),
        ("name", "Hazel Pondweaver"),
        ("about_whom", "me"),
        ("related", "yes"),
        ("under_18", "no"),
        (
            "what_happened",
            "I asked for a change to how meetings are run, and since then I am not invited any more.",
        ),
        ("fears_reprisal", "yes"),
        ("contact", "messages"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into_iter()
    .chain([("team_involved", team.lead.reader.id.to_string())])
    .collect()
}

fn borrowed<'a>(sent: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    sent.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

fn options(team: &Team) -> RunTimeOptions {
    let people = [&team.lead, &team.alternate, &team.sponsor];
    let option = |person: &&Person| RunTimeOption {
        value: person.reader.id.to_string(),
        label: person.reader.name.clone(),
        hint: None,
    };
    RunTimeOptions {
        leads: people.iter().map(option).collect(),
        categories: Vec::new(),
    }
}

/// Goes through the form as a person would, with these answers, and leaves out what they do not answer.
pub fn fill_in(form: &Form, sent: Sent<'_>, options: &RunTimeOptions) -> Answers {
    let input: Vec<(String, String)> = sent
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let mut answers = Answers::default();
    let mut page = form.first_page();
    while let Some(here) = page {
        let read: PageInput = form.read_page(here, &answers, &input, options);
        answers.put_page(here, &read);
        let next = form.next_page(&answers, &here.id).map(|next| next.id.clone());
        page = next.and_then(|id| form.page(&id));
    }
    answers
}

async fn report(app: &App, team: &Team, sent: Sent<'_>) -> anyhow::Result<Reported> {
    let visit = Visit::begin();
    let answers = fill_in(&app.form().form, sent, &options(team));
    report::change(app, &visit, move |draft| draft.answers = answers.clone()).await?;
    let WordsShown::Show(words) = report::words(app, &visit).await? else {
        anyhow::bail!("new words were kept already");
    };
    report::keep_words(app, &visit).await?;
    let sent = report::submit(app, &visit)
        .await
        .context("a report of the demonstration")?;
    Ok(Reported {
        case: sent.case,
        visit,
        words: words.to_string(),
    })
}

/// Takes an action on the case as it is now.
async fn act(app: &App, by: &Person, case: CaseId, action: Action, record: Sent<'_>) -> anyhow::Result<()> {
    let version = desk::find(app, &by.reader, case)
        .await
        .context("the case is not on this desk")?
        .version;
    let record: Vec<(String, String)> = record
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    desk::act(app, &by.reader, case, action, &record, version)
        .await
        .with_context(|| format!("the action {} of the demonstration", action.key()))
}

async fn write(app: &App, by: &Person, case: CaseId, text: &str) -> anyhow::Result<()> {
    Ok(desk::write(
        app,
        &by.reader,
        case,
        desk::new_message_id(),
        text.to_owned(),
        Vec::new(),
    )
    .await?)
}

const BEGIN: Sent<'static> = &[("no_conflict", "yes")];

async fn converse(app: &App, team: &Team, reported: &Reported) -> anyhow::Result<()> {
    let lead = &team.lead;
    act(app, lead, reported.case, Action::Begin, BEGIN).await?;
    act(
        app,
        lead,
        reported.case,
        Action::TakeOn,
        &[
            ("level", "high"),
            ("level_reason", "It may happen again on the way home."),
            ("wishes", "That it stops. No formal process for now."),
            (
                "consent",
                "We may speak to the facilitator of the other project, without a name.",
            ),
            ("safe_now", "not_sure"),
        ],
    )
    .await?;
    write(
        app,
        lead,
        reported.case,
        "Thank you for telling us. I am sorry that this happened. Would it help if somebody walks with you to the bus \
         next Tuesday? Nothing happens without asking you first.",
    )
    .await?;
    let body = MessageBody::Text {
        text: "Yes please. After the session at four.".to_owned(),
        files: Vec::new(),
    };
    follow::send(app, &reported.visit, follow::new_message_id(), body).await?;
    write(
        app,
        lead,
        reported.case,
        "Bo will wait for you by the door at four.",
    )
    .await?;
    desk::share(
        app,
        &lead.reader,
        reported.case,
        team.caseworker.reader.id,
        "Walks with them on Tuesdays.".to_owned(),
    )
    .await?;
    keep_record(app, team, reported.case).await
}

const WISH: Sent<'static> = &[
    (
        "outcome_wanted",
        "That it stops, and that I can come on Tuesdays without fear.",
    ),
    ("outcome_from", "own_words"),
];

const WALK: Sent<'static> = &[
    (
        "task_what",
        "Wait by the door at four on Tuesdays, and walk to the bus together.",
    ),
    ("task_for", "safety"),
];

const RAIL: Sent<'static> = &[
    ("task_what", "A rail and a mat for the ramp."),
    ("task_for", "prevent_repeat"),
];

const SUPPORT: Sent<'static> = &[
    ("support_to", "affected"),
    ("support_answer", "accepted"),
    ("support_what", "Somebody who walks along. A call on Thursdays."),
];

const REPRISAL: Sent<'static> = &[
    ("reprisal_who", "affected"),
    ("reprisal_said", "worried"),
    ("reprisal_words", "That he finds out it was me."),
    (
        "reprisal_protect",
        "His facilitator is spoken to without a name, and about the way home of everybody.",
    ),
    ("reprisal_checks", "usual"),
];

const SAFETY_PLAN: Sent<'static> = &[
    ("plan_signs", "He waits near the notice board."),
    (
        "plan_words",
        "I stay in the room until Bo is there. I do not leave alone.",
    ),
    ("plan_helps", "Music, and sitting near the door."),
    ("plan_call", "Bo first. 999 if he follows me."),
    ("plan_shared", "Bo and Marisol."),
    ("plan_show", "yes"),
];

/// The day in two weeks.
fn in_two_weeks(app: &App) -> anyhow::Result<String> {
    let today = app.rules().hours.day_of(app.now());
    Ok(today.checked_add(14.days())?.to_string())
}

/// A task with what every task says.
fn task<'a>(owner: &'a str, due: &'a str, what: Sent<'a>) -> Vec<(&'a str, &'a str)> {
    let always = [
        ("task_owner", owner),
        ("task_due_on", due),
        ("who_bears", "team"),
        ("asked_person", "agrees"),
    ];
    what.iter().copied().chain(always).collect()
}

/// What the person wants, who does what, and how they are kept safe.
async fn keep_record(app: &App, team: &Team, case: CaseId) -> anyhow::Result<()> {
    let owner = team.caseworker.reader.id.to_string();
    let due = in_two_weeks(app)?;
    let walk = task(&owner, &due, WALK);
    for (kind, record) in [
        (Kind::Outcome, WISH),
        (Kind::Task, &walk),
        (Kind::Support, SUPPORT),
        (Kind::Reprisal, REPRISAL),
        (Kind::SafetyPlan, SAFETY_PLAN),
    ] {
        enter(app, &team.lead, case, kind, None, record).await?;
    }
    Ok(())
}

/// Makes an entry in the record of the case as it is now, and says which it is.
async fn enter(
    app: &App,
    by: &Person,
    case: CaseId,
    kind: Kind,
    about: Option<EventId>,
    record: Sent<'_>,
) -> anyhow::Result<EventId> {
    let seen_version = desk::find(app, &by.reader, case)
        .await
        .context("the case is not on this desk")?
        .version;
    let record: Vec<(String, String)> = record
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let place = Place {
        about,
        corrects: None,
        seen_version,
    };
    desk::record::enter(app, &by.reader, case, kind, place, &record)
        .await
        .with_context(|| format!("the entry {} of the demonstration", kind.key()))
}

const ASK_TO_CLOSE: Sent<'static> = &[
    ("outcome", "fully"),
    ("outcome_notes", "What was asked for was done."),
    ("told_person", "yes"),
    ("said_sorry", "yes"),
    ("external_decisions", "None needed."),
    ("candour", "We told them what we found."),
];

const CLOSE: Sent<'static> = &[
    ("checked", "wishes"),
    ("checked", "safety"),
    ("checked", "external"),
    ("checked", "prevent_repeat"),
    ("checked", "told"),
    ("check_notes", "Well done: it was mended within a week."),
];

async fn close_near_miss(app: &App, team: &Team) -> anyhow::Result<()> {
    let case = report(app, team, NEAR_MISS).await?.case;
    act(app, &team.lead, case, Action::Begin, BEGIN).await?;
    let why = [
        ("why_no_protection", "Nobody was hurt."),
        ("second_check", "Agreed with Tunde Ashgrove."),
    ];
    act(app, &team.lead, case, Action::LearnOnly, &why).await?;
    let owner = team.lead.reader.id.to_string();
    let rail = enter(
        app,
        &team.lead,
        case,
        Kind::Task,
        None,
        &task(&owner, &in_two_weeks(app)?, RAIL),
    )
    .await?;
    let done = [
        ("task_result", "done"),
        ("task_notes", "The venue has put it up."),
    ];
    enter(app, &team.lead, case, Kind::TaskResult, Some(rail), &done).await?;
    act(app, &team.lead, case, Action::AskToClose, ASK_TO_CLOSE).await?;
    act(app, &team.alternate, case, Action::Close, CLOSE).await
}

async fn answer_advice(app: &App, team: &Team) -> anyhow::Result<()> {
    let case = report(app, team, ADVICE).await?.case;
    act(app, &team.lead, case, Action::Begin, BEGIN).await?;
    let text = "No, you do not have to. Ask them what they want. If anybody is in danger now, call 999.";
    write(app, &team.lead, case, text).await?;
    let record = [
        ("question", "Whether a disclosure must be passed on."),
        ("advice", text),
    ];
    act(app, &team.lead, case, Action::GiveAdvice, &record).await
}

async fn blow_whistle(app: &App, team: &Team) -> anyhow::Result<()> {
    let reported = report(app, team, WHISTLE).await?;
    act(app, &team.lead, reported.case, Action::Begin, BEGIN).await?;
    let body = MessageBody::Text {
        text: "It was in the spring. I can say more.".to_owned(),
        files: Vec::new(),
    };
    follow::send(app, &reported.visit, follow::new_message_id(), body).await?;
    Ok(())
}

//! What a desk with many open cases costs: `cargo run --release -p safehold --example desk` prints a table. It works in a
//! temporary folder on SQLite, as the program does: each case comes by a report that is sent, and is begun with.

use std::{
    fmt::Write as _,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context;
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use clap::Parser;
use safehold::{config, wiring};
use safehold_app::{
    App, SecretString,
    desk::{self, CaseFilter, Reader, Which, search},
    report::{self, Visit},
    setup::{self, FirstRun},
    sign_in, team,
};
use safehold_core::{
    case::Action,
    form::{Answers, RunTimeOptions},
    id::CaseId,
    organisation::Organisation,
};
use safehold_seal::{LockParams, totp};
use tokio::task::JoinSet;
use tower::ServiceExt;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What to measure with.
#[derive(Parser)]
struct Arguments {
    /// How many open cases.
    #[arg(long, default_value_t = 10_000)]
    cases: u32,
    /// How often each page and search is measured.
    #[arg(long, default_value_t = 20)]
    times: u32,
    /// Leave the folder with the database in place, to look into.
    #[arg(long)]
    keep: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let folder = std::env::current_dir()?
            .join("target")
            .join(format!("desk-{}", std::process::id()));
        let result = measure(&arguments, &folder).await;
        if !arguments.keep {
            std::fs::remove_dir_all(&folder).ok();
        }
        result
    })
}

const EMAIL: &str = "measure@riverbank.example";
const PASS: &str = "a heron counts seven quiet willows";

async fn measure(arguments: &Arguments, folder: &Path) -> anyhow::Result<()> {
    let flags = config::Flags {
        data: Some(folder.to_owned()),
        ..config::Flags::default()
    };
    let config = config::load(&flags)?;
    let cheap = LockParams {
        memory_kib: 8 * 1024,
        passes: 1,
        lanes: 1,
    };
    let program = wiring::program(&config, cheap).await?;
    let app = program.app.clone();
    let (lead, codes) = found(&app).await?;
    let begun = Instant::now();
    make(&app, &lead, arguments.cases).await?;
    println!(
        "{} open cases made in {:.0} s",
        arguments.cases,
        begun.elapsed().as_secs_f64()
    );
    app.store().quiesce().await;

    // Begun anew, as after a restart of the program: nothing is in memory.
    drop((app, lead));
    let program = wiring::program(&config, cheap).await?;
    let app = program.app.clone();
    let code = codes.get(1).context("a recovery code")?;
    let cookie = sign_in::sign_in(&app, EMAIL, SecretString::from(PASS), code).await?;
    let signed_in = sign_in::resume(&app, &cookie.expose()).await?;
    let me = signed_in.context("a session that has just begun")?.reader;
    let before = memory()?;

    println!("\n{:<58} {:>10} {:>10}", "", "median, ms", "worst, ms");
    listing(&app, &me, arguments.times).await?;
    pages(&program, &config, &cookie.expose(), arguments.times).await?;
    searches(&app, &me, arguments.times).await?;
    let held = search::held(&app, &me).context("a shelf")?;
    println!(
        "\nheld for searching: {} cases, {:.1} MB; the process grew from {before} to {} MB",
        held.cases,
        megabytes(held.bytes),
        memory()?
    );
    sign_in::sign_out(&app, &cookie.expose()).await?;
    anyhow::ensure!(
        search::held(&app, &me).is_none(),
        "something was left after signing out"
    );
    println!("held after signing out: nothing");
    app.store().quiesce().await;
    Ok(())
}

/// A lead alone: what a desk costs is decided by the keys of its own reader. The answer is the lead, and codes to sign in
/// with.
async fn found(app: &App) -> anyhow::Result<(Arc<Reader>, Vec<String>)> {
    let organisation = Organisation::example()?;
    let made = team::new_totp(EMAIL, &organisation.short_name)?;
    let secret = totp::parse_typed(&made.typed).context("the secret just made")?;
    let first = FirstRun {
        organisation,
        name: "Marisol Penhale".to_owned(),
        email: EMAIL.to_owned(),
        phone: String::new(),
        pass: SecretString::from(PASS),
        typed_secret: made.typed.to_string(),
        code: totp::code_at(&secret, app.now().as_second()).context("a code")?,
    };
    let founded = setup::set_up(app, first).await?;
    let code = founded.recovery_codes.first().context("a recovery code")?;
    let cookie = sign_in::sign_in(app, EMAIL, SecretString::from(PASS), code).await?;
    let signed_in = sign_in::resume(app, &cookie.expose()).await?;
    let lead = signed_in.context("a session that has just begun")?.reader;
    Ok((Arc::new(lead), founded.recovery_codes))
}

/// Reports with an account of 2 KB, each with words of its own, sent and begun with.
async fn make(app: &App, lead: &Arc<Reader>, cases: u32) -> anyhow::Result<()> {
    const AT_ONCE: u32 = 64;
    let mut making = JoinSet::new();
    for lane in 0..AT_ONCE {
        let (app, lead) = (app.clone(), Arc::clone(lead));
        making.spawn(async move {
            for number in (lane..cases).step_by(AT_ONCE as usize) {
                let answers = account(&app, number);
                let visit = Visit::begin();
                report::change(&app, &visit, |draft| draft.answers = answers.clone()).await?;
                let case = report::submit(&app, &visit).await?.case;
                begin(&app, &lead, case).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(made) = making.join_next().await {
        made??;
    }
    Ok(())
}

async fn begin(app: &App, lead: &Reader, case: CaseId) -> anyhow::Result<()> {
    let version = desk::find(app, lead, case).await?.version;
    let record = [("no_conflict".to_owned(), "yes".to_owned())];
    desk::act(app, lead, case, Action::Begin, &record, version).await?;
    Ok(())
}

/// Words that make each account another one.
const NOUNS: [&str; 16] = [
    "kitchen",
    "garden",
    "lantern",
    "workshop",
    "minibus",
    "notebook",
    "corridor",
    "meeting",
    "survey",
    "funding",
    "panel",
    "interview",
    "training",
    "library",
    "newsletter",
    "rehearsal",
];

fn account(app: &App, number: u32) -> Answers {
    let word = |place: u32| {
        let at = (number / 16_u32.pow(place % 3) + place * 7) as usize % NOUNS.len();
        NOUNS.get(at).copied().unwrap_or_default()
    };
    let mut text = format!("It was about the {} of group{number}. ", word(0));
    for sentence in 0..24 {
        // Writing to a string cannot go wrong.
        let _ = write!(
            text,
            "They spoke over me in the {} and again near the {}, and nobody said a word. ",
            word(sentence),
            word(sentence + 1)
        );
    }
    text.truncate(2_000);
    let name = format!("Wren Oakbarrow{}", number % 500);
    let fields = [
        ("danger", "no"),
        ("kind", "concern"),
        ("identity", "named"),
        ("name", name.as_str()),
        ("about_whom", "saw"),
        ("related", "yes"),
        ("under_18", "no"),
        ("team_involved", "none"),
        ("what_happened", text.as_str()),
        ("safe_now", "mostly"),
        ("contact", "messages"),
    ];
    safehold::demo::cases::fill_in(&app.form().form, &fields, &RunTimeOptions::default())
}

/// Times and prints one row.
struct Row {
    name: &'static str,
    taken: Vec<Duration>,
}

impl Row {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            taken: Vec::new(),
        }
    }

    fn print(mut self) {
        self.taken.sort();
        let milliseconds = |at: usize| {
            self.taken
                .get(at)
                .map_or(f64::NAN, |taken| taken.as_secs_f64() * 1e3)
        };
        println!(
            "{:<58} {:>10.1} {:>10.1}",
            self.name,
            milliseconds(self.taken.len() / 2),
            milliseconds(self.taken.len().saturating_sub(1))
        );
    }
}

async fn listing(app: &App, me: &Reader, times: u32) -> anyhow::Result<()> {
    let live = CaseFilter {
        which: Which::Live,
        ..CaseFilter::default()
    };
    let mut row = Row::new("the list of cases, without its page");
    for _ in 0..times {
        let begun = Instant::now();
        desk::list(app, me, &live, None, 25).await?;
        row.taken.push(begun.elapsed());
    }
    row.print();
    Ok(())
}

/// Whole pages, through the program's own router, as the proxy asks for them.
async fn pages(
    program: &wiring::Program,
    config: &config::Config,
    cookie: &str,
    times: u32,
) -> anyhow::Result<()> {
    let site = safehold_web::site(wiring::site(program, config, "http://127.0.0.1").await?);
    for (name, path) in [
        ("GET /desk, the first page of the list", "/desk"),
        ("GET /desk?show=mine", "/desk?show=mine"),
        ("GET /desk/load", "/desk/load"),
    ] {
        let mut row = Row::new(name);
        for _ in 0..times {
            let request = Request::get(path)
                .header("host", "127.0.0.1")
                .header("cookie", format!("desk={cookie}"))
                .body(Body::empty())?;
            let begun = Instant::now();
            let answer = site.clone().oneshot(request).await?;
            anyhow::ensure!(answer.status() == StatusCode::OK, "{path}: {}", answer.status());
            to_bytes(answer.into_body(), usize::MAX).await?;
            row.taken.push(begun.elapsed());
        }
        row.print();
    }
    Ok(())
}

async fn searches(app: &App, me: &Reader, times: u32) -> anyhow::Result<()> {
    let query = |typed: &str| search::Query::new(typed).context("a search");
    let mut row = Row::new("the first search, with what it has by then");
    let begun = Instant::now();
    let found = search::find(app, me, &query("lantern")?, 1).await?;
    row.taken.push(begun.elapsed());
    row.print();
    println!(
        "    found {} by then, looked through {} of {}",
        found.total, found.progress.looked, found.progress.of
    );
    let mut row = Row::new("until all cases are looked through, from there");
    let after = Instant::now();
    search::complete(app, me).await?;
    row.taken.push(after.elapsed());
    row.print();
    for (name, typed) in [
        ("a word that is in most cases, later", "nobody spoke"),
        ("a word that is in one case, later", "group77"),
        ("a name, later", "wren oakbarrow77"),
        (
            "a misspelt name that is in none, with what is near it",
            "oakbarow77",
        ),
    ] {
        let mut row = Row::new(name);
        for _ in 0..times {
            let begun = Instant::now();
            search::find(app, me, &query(typed)?, 1).await?;
            row.taken.push(begun.elapsed());
        }
        row.print();
    }
    let mut row = Row::new("names that stand in several cases");
    for _ in 0..times {
        let begun = Instant::now();
        search::recurring(app, me).await?;
        row.taken.push(begun.elapsed());
    }
    row.print();
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a figure with one decimal")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn memory() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS"))
        .context("no such line")?;
    let kib: u64 = line.split_whitespace().nth(1).context("no number")?.parse()?;
    Ok(kib / 1024)
}

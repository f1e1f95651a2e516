//! What the main job costs: `cargo run --release -p safehold --example speed` prints a table. It works in a
//! temporary folder on SQLite, as the program does.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context;
use clap::Parser;
use safehold::{config, demo::people, wiring};
use safehold_app::{
    App, desk,
    files::{Owner, Upload},
    queue,
    report::{self, Visit},
};
use safehold_core::{
    form::{Answers, RunTimeOptions},
    id::CaseId,
};
use safehold_seal::LockParams;
use tokio::task::JoinSet;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What to measure with.
#[derive(Parser)]
struct Arguments {
    /// How many submissions in each row.
    #[arg(long, default_value_t = 2_000)]
    reports: u32,
    /// Leave out the upload of 64 files of 20 MB.
    #[arg(long)]
    no_files: bool,
    /// Leave the folder with the database in place, to look into.
    #[arg(long)]
    keep: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(measure(&arguments))
}

async fn measure(arguments: &Arguments) -> anyhow::Result<()> {
    let folder = std::env::current_dir()?
        .join("target")
        .join(format!("speed-{}", std::process::id()));
    let result = in_folder(arguments, &folder).await;
    if !arguments.keep {
        std::fs::remove_dir_all(&folder).ok();
    }
    result
}

async fn in_folder(arguments: &Arguments, folder: &Path) -> anyhow::Result<()> {
    let flags = config::Flags {
        data: Some(folder.to_owned()),
        ..config::Flags::default()
    };
    let config = config::load(&flags)?;
    let program = wiring::program(
        &config,
        LockParams {
            memory_kib: 8 * 1024,
            passes: 1,
            lanes: 1,
        },
    )
    .await?;
    let team = people::found(&program.app).await?;
    // After a while without a change the store gives memory back.
    tokio::time::sleep(Duration::from_secs(8)).await;
    println!("memory at rest: {} MB", memory("VmRSS")?);

    // Begun anew, so that all of what was set up is in the database's own file when it is measured.
    program.app.store().quiesce().await;
    let program = wiring::program(&config, LockParams::default()).await?;
    let app = program.app.clone();

    let answers = account_of_2_kb(&app);
    println!(
        "\n{:<44} {:>10} {:>12}",
        "complete submissions", "a second", "failed"
    );
    let before = in_use(folder)?;
    let mut last = None;
    let all_sent = Arc::new(AtomicBool::new(false));
    let runner = tokio::spawn(work_off(app.clone(), Arc::clone(&all_sent)));
    for at_once in [1, 8, 64] {
        let count = if at_once == 1 {
            arguments.reports / 4
        } else {
            arguments.reports
        };
        let (took, failed, case) = submissions(&app, &answers, count, at_once).await?;
        println!(
            "{:<44} {:>10.0} {:>12}",
            format!("{at_once} at once, all sealing and words"),
            rate(count, took),
            failed
        );
        last = case.or(last);
    }
    let made = arguments.reports * 2 + arguments.reports / 4;
    all_sent.store(true, Ordering::Relaxed);
    runner.await??;
    app.store().quiesce().await;
    println!(
        "\non disk for each report of 2 KB: {} bytes, once its notices have gone",
        (in_use(folder)? - before) / u64::from(made)
    );

    let begun = Instant::now();
    let program = wiring::program(&config, LockParams::default()).await?;
    println!(
        "start with {made} cases: {:.1} ms",
        begun.elapsed().as_secs_f64() * 1e3
    );
    let app = program.app.clone();

    let case = last.context("no case was made")?;
    let lead = &team.lead.reader;
    let version = desk::find(&app, lead, case).await?.version;
    let begin = [("no_conflict".to_owned(), "yes".to_owned())];
    desk::act(
        &app,
        lead,
        case,
        safehold_core::case::Action::Begin,
        &begin,
        version,
    )
    .await?;
    for number in 0..50 {
        let text = format!("Message {number}. {}", "We are listening. ".repeat(20));
        desk::write(&app, lead, case, desk::new_message_id(), text, Vec::new()).await?;
    }
    let begun = Instant::now();
    for _ in 0..20 {
        desk::open(&app, lead, case).await?;
    }
    println!(
        "opening a case with 50 messages: {:.1} ms",
        begun.elapsed().as_secs_f64() * 1e3 / 20.0
    );

    if !arguments.no_files {
        let begun = Instant::now();
        upload(&app, 64, 20 * 1024 * 1024).await?;
        println!(
            "64 people sending 20 MB each: {:.1} s, memory at most {} MB",
            begun.elapsed().as_secs_f64(),
            memory("VmHWM")?
        );
    }
    app.store().quiesce().await;
    Ok(())
}

/// Takes notices from the queue as the runner does, but sends no mail.
async fn work_off(app: App, all_sent: Arc<AtomicBool>) -> anyhow::Result<()> {
    loop {
        let was_last = all_sent.load(Ordering::Relaxed);
        let errands = queue::take_due(&app).await?;
        if was_last && errands.is_empty() {
            return Ok(());
        }
        for errand in errands {
            queue::done(&app, errand.job).await?;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn account_of_2_kb(app: &App) -> Answers {
    let account = "They said it again in the break, and others heard it too. ".repeat(36);
    let fields = [
        ("danger", "no"),
        ("kind", "concern"),
        ("identity", "named"),
        ("name", "Wren Oakbarrow"),
        ("about_whom", "saw"),
        ("related", "yes"),
        ("under_18", "no"),
        ("team_involved", "none"),
        ("what_happened", account.as_str()),
        ("safe_now", "mostly"),
        ("contact", "messages"),
    ];
    safehold::demo::cases::fill_in(&app.form().form, &fields, &RunTimeOptions::default())
}

/// One person: begins, saves twice, sends.
async fn one(app: &App, answers: &Answers) -> anyhow::Result<CaseId> {
    let visit = Visit::begin();
    for _ in 0..2 {
        report::change(app, &visit, |draft| draft.answers = answers.clone()).await?;
    }
    Ok(report::submit(app, &visit).await?.case)
}

async fn submissions(
    app: &App,
    answers: &Answers,
    count: u32,
    at_once: u32,
) -> anyhow::Result<(Duration, u32, Option<CaseId>)> {
    let answers = Arc::new(answers.clone());
    let begun = Instant::now();
    let mut people = JoinSet::new();
    for _ in 0..at_once {
        let (app, answers) = (app.clone(), Arc::clone(&answers));
        people.spawn(async move {
            let mut failed = 0;
            let mut last = None;
            for _ in 0..count / at_once {
                match one(&app, &answers).await {
                    Ok(case) => last = Some(case),
                    Err(_) => failed += 1,
                }
            }
            (failed, last)
        });
    }
    let mut failed = 0;
    let mut last = None;
    while let Some(person) = people.join_next().await {
        let (more, case) = person?;
        failed += more;
        last = case.or(last);
    }
    Ok((begun.elapsed(), failed, last))
}

async fn upload(app: &App, people: u32, size: usize) -> anyhow::Result<()> {
    let mut uploads = JoinSet::new();
    for _ in 0..people {
        let app = app.clone();
        uploads.spawn(async move {
            let visit = Visit::begin();
            report::change(&app, &visit, |_| {}).await?;
            let mut upload = Upload::begin(&app, Owner::Draft(visit.id)).await?;
            let piece = [b'a'; 16 * 1024];
            for _ in 0..size / piece.len() {
                upload.push(&piece).await?;
            }
            upload.finish("notes.txt").await?;
            anyhow::Ok(())
        });
    }
    while let Some(done) = uploads.join_next().await {
        done??;
    }
    Ok(())
}

fn rate(count: u32, took: Duration) -> f64 {
    f64::from(count) / took.as_secs_f64()
}

/// Bytes in the pages that hold something, by the database file's own header: a page that was freed serves the
/// next report.
fn in_use(folder: &Path) -> anyhow::Result<u64> {
    let file = std::fs::read(folder.join("safehold.db"))?;
    let number = |at: usize| -> anyhow::Result<u64> {
        let bytes = file.get(at..at + 4).context("a short header")?;
        Ok(u64::from(u32::from_be_bytes(bytes.try_into()?)))
    };
    let page = file.get(16..18).context("a short header")?;
    let page_size = u64::from(u16::from_be_bytes(page.try_into()?));
    Ok((number(28)? - number(36)?) * page_size)
}

fn memory(what: &str) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find(|line| line.starts_with(what))
        .context("no such line")?;
    let kib: u64 = line.split_whitespace().nth(1).context("no number")?.parse()?;
    Ok(kib / 1024)
}

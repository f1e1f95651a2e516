//! What a flood does to somebody who reports: `cargo build --release -p safehold && cargo run --release -p safehold
//! --example flood` prints a table. It starts the real program with the demonstration in a temporary folder, floods it
//! over real sockets, and lets an honest person go through the whole form meanwhile.

use std::{
    io::{BufRead, BufReader},
    net::{IpAddr, Ipv4Addr},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use clap::Parser;
use safehold_testkit::{
    browser::Browser,
    flood::{Counts, Flood, Source},
};
use tokio::{net::TcpSocket, task::JoinSet};

/// What to measure with.
#[derive(Parser)]
struct Arguments {
    /// How many connections flood at the same time.
    #[arg(long, default_value_t = 200)]
    connections: usize,
    /// How many reports the honest person sends in each row, one after the other.
    #[arg(long, default_value_t = 5)]
    reports: usize,
    /// The program; without it, the one that was built beside this.
    #[arg(long)]
    program: Option<PathBuf>,
}

/// Where the flood comes from, and where the person does.
const FLOOD: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 73, 2, 201));
const PERSON: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 81, 3, 202));

/// What happens while the person reports.
#[derive(Clone, Copy)]
enum Meanwhile {
    Nothing,
    Flood(Source),
    /// So many connections on which nothing is ever said.
    Silence(usize),
}

struct Row {
    what: &'static str,
    meanwhile: Meanwhile,
    behind_proxy: bool,
    from: IpAddr,
}

const ROWS: [Row; 7] = [
    Row {
        what: "nothing else",
        meanwhile: Meanwhile::Nothing,
        behind_proxy: false,
        from: PERSON,
    },
    Row {
        what: "a flood from one address",
        meanwhile: Meanwhile::Flood(Source::One(FLOOD)),
        behind_proxy: false,
        from: PERSON,
    },
    Row {
        what: "a flood from 200 addresses",
        meanwhile: Meanwhile::Flood(Source::Many(200)),
        behind_proxy: false,
        from: PERSON,
    },
    Row {
        what: "a flood that makes up X-Forwarded-For",
        meanwhile: Meanwhile::Flood(Source::Forwarded(FLOOD)),
        behind_proxy: false,
        from: PERSON,
    },
    Row {
        what: "a flood that comes by our proxy",
        meanwhile: Meanwhile::Flood(Source::Forwarded(FLOOD)),
        behind_proxy: true,
        from: PERSON,
    },
    Row {
        what: "a flood from the person's own address",
        meanwhile: Meanwhile::Flood(Source::One(FLOOD)),
        behind_proxy: false,
        from: FLOOD,
    },
    Row {
        what: "6,000 silent connections from one address",
        meanwhile: Meanwhile::Silence(6_000),
        behind_proxy: false,
        from: PERSON,
    },
];

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    rlimit::increase_nofile_limit(20_000).context("not enough files can be open")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(measure(&arguments))
}

async fn measure(arguments: &Arguments) -> anyhow::Result<()> {
    let folder = std::env::current_dir()?
        .join("target")
        .join(format!("flood-{}", std::process::id()));
    let result = in_folder(arguments, &folder).await;
    std::fs::remove_dir_all(&folder).ok();
    result
}

async fn in_folder(arguments: &Arguments, folder: &Path) -> anyhow::Result<()> {
    println!(
        "{:<44} {:>14} {:>10} {:>10} {:>10} {:>10}",
        "meanwhile", "one report, s", "answered/s", "put off/s", "cut off", "memory, MB"
    );
    for (number, row) in ROWS.iter().enumerate() {
        let program = Running::start(arguments, &folder.join(number.to_string()), row.behind_proxy)?;
        one_row(arguments, row, &program).await?;
    }
    let program = Running::start(arguments, &folder.join("thirty"), false)?;
    thirty(&program).await
}

async fn one_row(arguments: &Arguments, row: &Row, program: &Running) -> anyhow::Result<()> {
    let mut silent = Vec::new();
    let mut flood = None;
    match row.meanwhile {
        Meanwhile::Nothing => {}
        Meanwhile::Flood(source) => {
            flood = Some(Flood::start(&program.address, source, arguments.connections));
            // Long enough to use up what costs nothing.
            tokio::time::sleep(Duration::from_secs(5)).await;
        }
        Meanwhile::Silence(count) => {
            for _ in 0..count {
                let socket = TcpSocket::new_v4()?;
                socket.bind((FLOOD, 0).into())?;
                silent.push(socket.connect(program.address.parse()?).await?);
            }
        }
    }
    let before = flood.as_ref().map(Flood::counts);
    let begun = Instant::now();
    let mut times = Vec::new();
    for number in 0..arguments.reports {
        let began = Instant::now();
        let mut browser = Browser::new(&program.address).from(row.from);
        if row.behind_proxy {
            browser = browser.with("X-Forwarded-For", "203.0.113.202");
        }
        browser
            .report(&format!("What honest person {number} saw."))
            .await?;
        times.push(began.elapsed());
    }
    let took = begun.elapsed();
    times.sort();
    let middle = times.get(times.len() / 2).context("no report was sent")?;
    let (answered, put_off, lost) = match (flood, before) {
        (Some(flood), Some(before)) => since(flood.stop().await, before, took),
        _ => ("-".to_owned(), "-".to_owned(), "-".to_owned()),
    };
    println!(
        "{:<44} {:>14.2} {answered:>10} {put_off:>10} {lost:>10} {:>10}",
        row.what,
        middle.as_secs_f64(),
        program.memory()?
    );
    Ok(())
}

fn since(now: Counts, before: Counts, took: Duration) -> (String, String, String) {
    let rate = |now: u64, before: u64| {
        #[expect(clippy::cast_precision_loss, reason = "a rate in a table")]
        let each = (now - before) as f64 / took.as_secs_f64();
        format!("{each:.0}")
    };
    (
        rate(now.answered, before.answered),
        rate(now.put_off, before.put_off),
        (now.lost - before.lost).to_string(),
    )
}

/// Thirty people behind one address, all at the same moment.
async fn thirty(program: &Running) -> anyhow::Result<()> {
    let begun = Instant::now();
    let mut people = JoinSet::new();
    for number in 0..30 {
        let address = program.address.clone();
        people.spawn(async move {
            let mut browser = Browser::new(&address).from(PERSON);
            browser.report(&format!("What number {number} saw.")).await
        });
    }
    let sent = people.join_all().await;
    let taken = sent.iter().filter(|sent| sent.is_ok()).count();
    println!(
        "\nthirty people behind one address, all at once: {taken} reports in {:.1} s, the last one included",
        begun.elapsed().as_secs_f64()
    );
    ensure!(taken == 30, "somebody was refused");
    Ok(())
}

/// The program; it ends with this.
struct Running {
    process: Child,
    address: String,
}

impl Running {
    fn start(arguments: &Arguments, data: &Path, behind_proxy: bool) -> anyhow::Result<Self> {
        std::fs::create_dir_all(data)?;
        let program = match &arguments.program {
            Some(program) => program.clone(),
            None => std::env::current_exe()?
                .parent()
                .and_then(Path::parent)
                .context("a place beside this")?
                .join("safehold"),
        };
        let mut process = Command::new(&program)
            .args(["demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .env("SAFEHOLD_BEHIND_PROXY", behind_proxy.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| {
                format!(
                    "{} cannot be started: cargo build --release -p safehold",
                    program.display()
                )
            })?;
        let mut lines = BufReader::new(process.stdout.take().context("its output")?).lines();
        let first = lines.next().context("a first line")??;
        let address = first
            .strip_prefix("Safehold answers at http://")
            .context("an address")?
            .to_owned();
        for line in lines {
            if line?.contains("SAFEHOLD-RECOVERY-1") {
                break;
            }
        }
        Ok(Self { process, address })
    }

    /// The most memory that it has had, in MB.
    fn memory(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status
            .lines()
            .find(|line| line.starts_with("VmHWM"))
            .context("its memory")?;
        let kib: u64 = line.split_whitespace().nth(1).context("a number")?.parse()?;
        Ok(kib / 1024)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

//! How many submissions a second become durable, and what one takes on disk, with sealing left out.
//!
//! `cargo run --release -p safehold-store --example commit_rate [FOLDER]`: the folder decides which disk.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program that measures")]

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use jiff::Timestamp;
use safehold_core::{
    case::State,
    id::{CaseId, JobId, UserId, VisitId},
    recipients::Standing,
    reference::Reference,
};
use safehold_seal::Sealed;
use safehold_store::{
    Store, StoreConfig, StoreError, Tx,
    cases::{self, CaseRow},
    jobs::{self, NewJob},
    reports::{self, ReportRow},
    trace,
    visits::{self, VisitRow},
    wraps::{self, Holder, WrapRow},
};

const SECONDS: u64 = 4;

/// A sealed body of a long report. One with an account of 2,000 bytes and few other answers has about 2,500.
const BODY: usize = 3_584;

/// Bytes as spread out as ids and ciphertext are. No randomness is needed to measure with.
struct Spread(u64);

impl Spread {
    fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(self.next().to_le_bytes().get(..chunk.len()).unwrap());
        }
        bytes
    }

    fn sealed(&mut self, length: usize) -> Sealed {
        let mut bytes = Vec::with_capacity(length + 8);
        while bytes.len() < length {
            bytes.extend(self.next().to_le_bytes());
        }
        bytes.truncate(length);
        Sealed::from_bytes(bytes)
    }
}

/// What one submission writes.
struct Submission {
    visit: VisitId,
    case: CaseRow,
    report: ReportRow,
    wraps: Vec<WrapRow>,
    leaf: String,
    jobs: Vec<NewJob>,
}

fn at(second: u64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + i64::try_from(second).unwrap()).unwrap()
}

fn visit(spread: &mut Spread) -> VisitRow {
    VisitRow {
        id: VisitId::from_random(spread.bytes()),
        lookup: Some(spread.bytes()),
        key_sealed: Some(spread.sealed(65)),
        words_sealed: None,
        draft_sealed: Some(spread.sealed(BODY)),
        form_digest: Some(format!("{:016x}", spread.next()).repeat(4)),
        version: 1,
        case_id: None,
        created_at: at(0),
        updated_at: at(0),
        expires_at: Some(at(1_000_000)),
        warned_at: None,
    }
}

fn submission(
    visit: &VisitRow,
    body: usize,
    number: u64,
    spread: &mut Spread,
    team: &[UserId],
) -> Submission {
    let id = CaseId::from_random(spread.bytes());
    let wrap = |spread: &mut Spread, holder, standing| WrapRow {
        case_id: id,
        epoch: 1,
        holder,
        standing,
        wrap_sealed: spread.sealed(1_170),
        since_at: at(number),
    };
    let job = |spread: &mut Spread, kind: &str| NewJob {
        id: JobId::from_random(spread.bytes()),
        kind: kind.to_owned(),
        payload: format!("{{\"case\":\"{id}\"}}"),
        body_sealed: None,
        dedupe: Some(format!("{kind}:{id}")),
        run_at: at(number),
        case_id: Some(id),
    };
    Submission {
        visit: visit.id,
        report: ReportRow {
            case_id: id,
            epoch: 1,
            body_sealed: spread.sealed(body),
            digest: spread.bytes(),
        },
        wraps: vec![
            wrap(spread, Holder::User(*team.first().unwrap()), Standing::Active),
            wrap(spread, Holder::User(*team.get(1).unwrap()), Standing::Standby),
            wrap(spread, Holder::User(*team.get(2).unwrap()), Standing::Standby),
            wrap(spread, Holder::Recovery, Standing::Standby),
        ],
        leaf: format!(
            "{{\"at\":\"{}\",\"case\":\"{id}\",\"what\":\"received\"}}",
            at(number)
        ),
        jobs: vec![job(spread, "tell-reader"), job(spread, "tell-reporter")],
        case: CaseRow {
            id,
            reference: Reference::from_random(spread.bytes()),
            state: State::Received,
            level: None,
            urgent: false,
            owner_id: None,
            asked_to_close_id: None,
            epoch: 1,
            form_digest: visit.form_digest.clone().unwrap(),
            received_at: at(number),
            opened_at: None,
            acknowledged_at: None,
            decided_at: None,
            paused_at: None,
            closed_at: None,
            due_open_at: Some(at(number + 7_200)),
            due_contact_at: Some(at(number + 86_400)),
            due_decision_at: Some(at(number + 172_800)),
            review_at: None,
            changed_at: at(number),
            version: 1,
        },
    }
}

async fn submit(tx: &mut Tx, given: &Submission) -> Result<(), StoreError> {
    let case = &given.case;
    cases::add(tx, case).await?;
    reports::add(tx, &given.report).await?;
    wraps::add_all(tx, &given.wraps).await?;
    visits::submit(tx, given.visit, 1, case.id, case.received_at).await?;
    trace::append(tx, case.received_at, Some(case.id), &given.leaf).await?;
    for job in &given.jobs {
        jobs::enqueue(tx, job).await?;
    }
    Ok(())
}

/// Every writer sends the next submission as soon as the one before is acknowledged. Drafts are there
/// beforehand.
async fn measure(folder: &Path, writers: u64) -> (f64, Vec<Duration>, u64) {
    let path = folder.join(format!("rate-{writers}.sqlite"));
    let store = Store::open(&StoreConfig::new(format!("sqlite://{}", path.display())))
        .await
        .unwrap();
    let drafts = drafts(&store, writers * 100 + 2_000).await;
    let team: Vec<_> = (0..3).map(|number| UserId::from_random([number; 16])).collect();
    let next = Arc::new(AtomicU64::new(0));
    let written = written();
    let began = Instant::now();
    let writers = (0..writers).map(|_| {
        let (store, drafts, team, next) = (store.clone(), drafts.clone(), team.clone(), next.clone());
        tokio::spawn(async move {
            let mut took = vec![];
            while began.elapsed() < Duration::from_secs(SECONDS) {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(draft) = drafts.get(usize::try_from(number).unwrap()) else {
                    break;
                };
                let given = submission(draft, BODY, number, &mut Spread(number << 20), &team);
                let sent = Instant::now();
                store
                    .write_with(given, |tx, given| Box::pin(submit(tx, given)))
                    .await
                    .unwrap();
                took.push(sent.elapsed());
            }
            took
        })
    });
    let mut took = vec![];
    for writer in writers.collect::<Vec<_>>() {
        took.extend(writer.await.unwrap());
    }
    let seconds = began.elapsed().as_secs_f64();
    store.quiesce().await;
    took.sort();
    #[expect(clippy::cast_precision_loss, reason = "a rate to print")]
    let rate = took.len() as f64 / seconds;
    let written = (self::written() - written) / u64::try_from(took.len()).unwrap();
    (rate, took, written)
}

/// How much this process has written to disks so far.
fn written() -> u64 {
    let io = std::fs::read_to_string("/proc/self/io").unwrap();
    let line = io.lines().find_map(|line| line.strip_prefix("write_bytes: "));
    line.unwrap().parse().unwrap()
}

async fn drafts(store: &Store, count: u64) -> Arc<Vec<VisitRow>> {
    let mut spread = Spread(1);
    let drafts: Vec<_> = (0..count).map(|_| visit(&mut spread)).collect();
    for some in drafts.chunks(500) {
        let some = some.to_vec();
        store
            .write_with(some, |tx, some| {
                Box::pin(async move {
                    for draft in some {
                        visits::add(tx, draft).await?;
                    }
                    Ok::<_, StoreError>(())
                })
            })
            .await
            .unwrap();
    }
    Arc::new(drafts)
}

/// What a submission takes on disk once its jobs are done and the write-ahead log is folded in.
async fn measure_size(folder: &Path, body: usize, count: u64) -> (u64, u64) {
    let path = folder.join(format!("size-{body}.sqlite"));
    let store = Store::open(&StoreConfig::new(format!("sqlite://{}", path.display())))
        .await
        .unwrap();
    let team: Vec<_> = (0..3).map(|number| UserId::from_random([number; 16])).collect();
    let mut spread = Spread(2);
    let submissions: Vec<_> = (0..count)
        .map(|number| {
            let draft = visit(&mut spread);
            let given = submission(&draft, body, number, &mut spread, &team);
            (draft, given)
        })
        .collect();
    for one in submissions {
        store
            .write_with(one, |tx, (draft, given)| {
                Box::pin(async move {
                    visits::add(tx, draft).await?;
                    submit(tx, given).await?;
                    for job in &given.jobs {
                        jobs::complete(tx, job.id).await?;
                    }
                    Ok::<_, StoreError>(())
                })
            })
            .await
            .unwrap();
    }
    let copy = folder.join(format!("copy-{body}.sqlite"));
    store.backup_to(&copy).await.unwrap();
    store.quiesce().await;
    (
        path.metadata().unwrap().len() / count,
        copy.metadata().unwrap().len() / count,
    )
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let place = std::env::args()
        .nth(1)
        .map_or_else(|| PathBuf::from("."), PathBuf::from);
    let folder = tempfile::tempdir_in(place).unwrap();
    println!("writers   submissions/s   middle ms   99th ms   KB written for each");
    for writers in [1, 8, 64, 256] {
        let (rate, took, written) = measure(folder.path(), writers).await;
        let place = |part: usize| {
            took.get((took.len() * part / 100).min(took.len() - 1))
                .unwrap()
                .as_secs_f64()
                * 1e3
        };
        println!(
            "{writers:>7}   {rate:>13.0}   {:>9.1}   {:>7.1}   {:>19}",
            place(50),
            place(99),
            written / 1024
        );
    }
    println!("\nsealed body   bytes on disk for each report   in a compact copy");
    for body in [2_500, BODY] {
        let (bytes, compact) = measure_size(folder.path(), body, 4_000).await;
        println!("{body:>11}   {bytes:>29}   {compact:>17}");
    }
}

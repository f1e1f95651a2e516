//! What no sequence of requests may lead to, whoever makes them in whatever order: a case that is closed, or erased, without
//! somebody who had no part in it; somebody who is excluded and learns of it; a case that nobody can act on; a key in the
//! hands of a role that reads nothing.
//!
//! What happens is drawn at random and made smaller when it fails. `SAFEHOLD_STORIES=2000` plays more of them.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod check;
mod deed;
mod deeds;
mod stage;

use std::sync::atomic::{AtomicU32, Ordering};

use proptest::{prelude::*, test_runner::TestRunner};

use crate::{
    deed::{Deed, Story, story},
    stage::{Stage, Template},
};

/// How often a case was closed, in all stories.
pub static CLOSED: AtomicU32 = AtomicU32::new(0);
/// How often one was erased.
pub static ERASED: AtomicU32 = AtomicU32::new(0);

#[test]
fn whatever_is_done_no_case_ends_unchecked_and_nobody_who_is_excluded_reads_it() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let template = runtime.block_on(Template::new());
    tell(48, |story| runtime.block_on(play(template.stage(), story)));
    // Stories in which nothing ends would say nothing of how it ends.
    let [closed, erased] = [&CLOSED, &ERASED].map(|count| count.load(Ordering::Relaxed));
    println!("{closed} times a case was closed, {erased} times one was erased");
    assert!(closed > 0, "no story came to its end");
}

/// Fewer stories: each needs a team of its own on the server.
#[test]
fn on_postgres_it_is_the_same() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    tell(6, |story| runtime.block_on(play(Stage::on_postgres(), story)));
}

/// Plays so many stories, or as many as the environment asks for.
#[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
fn tell(stories: u32, play: impl Fn(&Story)) {
    let cases = std::env::var("SAFEHOLD_STORIES")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(stories);
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    };
    let told = TestRunner::new(config).run(&story(), |story| {
        play(&story);
        Ok(())
    });
    if let Err(error) = told {
        panic!("{error}");
    }
}

async fn play(stage: impl Future<Output = Stage>, story: &Story) {
    let mut stage = stage.await;
    if !stage.report(story).await {
        return;
    }
    stage.check().await;
    for deed in &story.deeds {
        let before = stage.ended().await;
        let done = stage.carry_out(deed).await;
        stage.check_end(&before, deed, done).await;
        stage.check().await;
        if stage.is_gone() {
            return;
        }
    }
    stage.check_that_somebody_can_act().await;
}

//! What must hold after every step.

use std::sync::atomic::Ordering;

use safehold_app::{
    desk::{self, CaseFilter, DeskError},
    follow, report,
};
use safehold_core::{case::Action, retention::Step, roster::Role};

use crate::{
    CLOSED, Deed, ERASED,
    stage::{Ended, Stage},
};

impl Stage {
    /// A case that ended just now was ended by somebody who had no part in it.
    pub async fn check_end(&mut self, before: &Ended, deed: &Deed, by: Option<safehold_core::id::UserId>) {
        let now = self.ended().await;
        let was = |state: &str| before.state.as_deref() == Some(state);
        let is = |state: &str| now.state.as_deref() == Some(state);
        if is("closed") && !was("closed") && !was("retained") {
            let by = by.expect("somebody closed it");
            assert!(
                was("closing_review"),
                "closed without a check being asked for: {deed:?}"
            );
            assert!(
                matches!(
                    deed,
                    Deed::Act(_, Action::Close) | Deed::Offered(..) | Deed::Forward(..)
                ),
                "closed by {deed:?}"
            );
            assert!(
                !self.decided.contains(&by),
                "closed by who decided in it: {deed:?}"
            );
            assert_ne!(self.begun_by, Some(by), "closed by who answered for it: {deed:?}");
            assert_ne!(self.asked_by, Some(by), "closed by who asked for it");
            assert!(!self.excluded.contains(&by), "closed by who is excluded");
            CLOSED.fetch_add(1, Ordering::Relaxed);
        }
        if now.state.is_none() {
            let by = by.expect("somebody erased it");
            assert!(
                matches!(deed, Deed::Keep(_, Step::Erase) | Deed::Erase(_)),
                "erased by {deed:?}"
            );
            assert!(was("retained"), "erased without a proposal");
            assert!(self.proposed_by.is_some(), "nobody proposed it");
            assert_ne!(self.proposed_by, Some(by), "erased by who proposed it");
            assert!(!self.excluded.contains(&by), "erased by who is excluded");
            self.visit = None;
            ERASED.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Nobody who is excluded learns of it, and nobody holds a key who has none to hold.
    pub async fn check(&self) {
        let holders = self
            .column(&format!(
                "SELECT DISTINCT holder FROM key_wraps WHERE case_id = '{}'",
                self.case
            ))
            .await;
        let holds = |id: &str| holders.iter().any(|holder| holder == id);
        for id in &self.excluded {
            assert!(!holds(&id.to_string()), "somebody who is excluded holds a key");
            // What waited for them before may go, as with a case that is erased; nothing may come.
            let (jobs, told) = (self.jobs_to(*id).await, &self.told[id]);
            assert!(
                jobs.len() <= told.len() && jobs.iter().all(|job| told.contains(job)),
                "somebody who is excluded is told of it"
            );
        }
        for member in &self.team {
            let id = member.id;
            let given = match member.role {
                Role::Facilitator | Role::Group | Role::Administrator => false,
                Role::Caseworker | Role::DataProtection => self.shared.contains(&id),
                Role::Lead | Role::Alternate | Role::Sponsor | Role::University => true,
            };
            assert!(given || !holds(&id.to_string()), "{:?} holds a key", member.role);
            if self.excluded.contains(&id) {
                self.check_excluded(member).await;
            }
            if self.typed_by == Some(id) && !self.is_gone() {
                let written = report::written_down(&self.test.app, member).await.unwrap();
                assert_eq!(written.len(), usize::from(!self.excluded.contains(&id)));
            }
        }
    }

    async fn check_excluded(&self, member: &desk::Reader) {
        let opened = desk::open(&self.test.app, member, self.case).await;
        assert!(
            matches!(opened, Err(DeskError::NotFound)),
            "{:?} is excluded, and opens it",
            member.role
        );
        if safehold_core::access::may_enter(member.role, safehold_core::access::Area::Cases) {
            let listed = desk::list(&self.test.app, member, &CaseFilter::default(), None, 10)
                .await
                .unwrap();
            assert_eq!(
                listed.total, 0,
                "{:?} is excluded, and it is counted",
                member.role
            );
        }
    }

    /// Somebody can act, unless they were taken out with the key; the reporter always reads their side.
    pub async fn check_that_somebody_can_act(&self) {
        let visit = self.visit.as_ref().expect("a case that is there");
        let followed = follow::open(&self.test.app, visit).await.unwrap();
        assert!(followed.is_some(), "the reporter is shut out");
        if self.orphaned {
            return;
        }
        let mut able = 0;
        for member in self.team.iter().filter(|member| member.role.receives_reports()) {
            let opened = desk::open(&self.test.app, member, self.case).await;
            able += usize::from(opened.is_ok());
        }
        assert!(able > 0, "nobody can act");
    }
}

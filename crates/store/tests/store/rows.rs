//! Rows to begin with. Ids and times are made of small numbers.

use jiff::Timestamp;
use safehold_core::{
    case::State,
    id::{CaseId, FileId, JobId, UserId, VisitId},
    recipients::Standing,
    reference::Reference,
    roster::Role,
};
use safehold_seal::Sealed;
use safehold_store::{
    cases::CaseRow,
    files::FileRow,
    jobs::NewJob,
    reports::ReportRow,
    users::{UserRow, UserState},
    visits::VisitRow,
    wraps::{Holder, WrapRow},
};

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn sixteen(number: u32) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    bytes
}

pub fn user_id(number: u32) -> UserId {
    UserId::from_random(sixteen(number))
}

pub fn case_id(number: u32) -> CaseId {
    CaseId::from_random(sixteen(number))
}

pub fn visit_id(number: u32) -> VisitId {
    VisitId::from_random(sixteen(number))
}

pub fn file_id(number: u32) -> FileId {
    FileId::from_random(sixteen(number))
}

pub fn job_id(number: u32) -> JobId {
    JobId::from_random(sixteen(number))
}

pub fn sealed(text: &str) -> Sealed {
    Sealed::from_bytes(text.as_bytes().to_vec())
}

pub fn hash(number: u8) -> [u8; 32] {
    [number; 32]
}

pub fn user(number: u32) -> UserRow {
    UserRow {
        id: user_id(number),
        role: Role::Lead,
        name: format!("Robin {number}"),
        email: format!("robin{number}@example.org"),
        phone: String::new(),
        public_key: Some(vec![1, 2, 3]),
        lock_sealed: Some(sealed("lock")),
        totp_last_step: None,
        state: UserState::Active,
        invited_by_id: None,
        created_at: at(0),
    }
}

pub fn case(number: u32) -> CaseRow {
    let [a, b, c, d] = number.to_be_bytes();
    CaseRow {
        id: case_id(number),
        reference: Reference::from_random([7, a, b, c, d]),
        state: State::Received,
        level: None,
        urgent: false,
        owner_id: None,
        asked_to_close_id: None,
        epoch: 1,
        form_digest: "form".to_owned(),
        received_at: at(i64::from(number)),
        opened_at: None,
        acknowledged_at: None,
        decided_at: None,
        paused_at: None,
        closed_at: None,
        due_open_at: Some(at(1_000)),
        due_contact_at: Some(at(2_000)),
        due_decision_at: Some(at(3_000)),
        review_at: None,
        changed_at: at(i64::from(number)),
        version: 1,
    }
}

pub fn wrap(case: u32, holder: Holder, standing: Standing) -> WrapRow {
    WrapRow {
        case_id: case_id(case),
        epoch: 1,
        holder,
        standing,
        wrap_sealed: sealed("wrap"),
        since_at: at(0),
    }
}

pub fn report(case: u32) -> ReportRow {
    ReportRow {
        case_id: case_id(case),
        epoch: 1,
        body_sealed: sealed("body"),
        digest: hash(9),
    }
}

pub fn visit(number: u32) -> VisitRow {
    VisitRow {
        id: visit_id(number),
        lookup: None,
        key_sealed: None,
        words_sealed: None,
        draft_sealed: Some(sealed("draft")),
        form_digest: Some("form".to_owned()),
        version: 1,
        case_id: None,
        created_at: at(0),
        updated_at: at(0),
        expires_at: Some(at(100)),
        warned_at: None,
    }
}

pub fn file(number: u32, visit: Option<u32>, case: Option<u32>) -> FileRow {
    FileRow {
        id: file_id(number),
        visit_id: visit.map(visit_id),
        case_id: case.map(case_id),
        size_bytes: 0,
        attached: false,
        created_at: at(i64::from(number)),
    }
}

pub fn job(number: u32) -> NewJob {
    NewJob {
        id: job_id(number),
        kind: "mail".to_owned(),
        payload: "{}".to_owned(),
        body_sealed: None,
        dedupe: None,
        run_at: at(0),
        case_id: None,
    }
}

-- Ids are 32 hexadecimal digits, times are milliseconds since 1970 in UTC, flags are 0 or 1.
-- Columns that end in _sealed hold ciphertext only. STRICT makes SQLite refuse what PostgreSQL would.

CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    public_key BLOB,
    lock_sealed BLOB,
    totp_last_step INTEGER,
    state TEXT NOT NULL CHECK (state IN ('invited', 'joined', 'active', 'left')),
    invited_by_id TEXT REFERENCES users (id) ON DELETE SET NULL,
    created_at INTEGER NOT NULL,
    -- Whoever left or is invited anew holds nothing.
    CHECK (state IN ('joined', 'active') OR (public_key IS NULL AND lock_sealed IS NULL))
) STRICT;

-- Two members who sign in do not share an address.
CREATE UNIQUE INDEX users_email_key ON users (LOWER(email)) WHERE state <> 'left';

CREATE TABLE invitations (
    token_hash BLOB NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX invitations_user_id ON invitations (user_id);

CREATE TABLE absences (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    from_on TEXT NOT NULL,
    until_on TEXT NOT NULL
) STRICT;
CREATE INDEX absences_user_id ON absences (user_id);

CREATE TABLE sessions (
    id_hash BLOB NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key_sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    proven_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_user_id ON sessions (user_id);
CREATE INDEX sessions_expires_at ON sessions (expires_at);

CREATE TABLE forms (
    digest TEXT NOT NULL PRIMARY KEY,
    version TEXT NOT NULL,
    schema TEXT NOT NULL,
    words TEXT,
    first_used_at INTEGER NOT NULL
) STRICT;

CREATE TABLE statements (
    version INTEGER NOT NULL PRIMARY KEY,
    published_on TEXT NOT NULL,
    title TEXT NOT NULL,
    markdown TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE cases (
    id TEXT NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    level INTEGER,
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    owner_id TEXT REFERENCES users (id) ON DELETE SET NULL,
    asked_to_close_id TEXT REFERENCES users (id) ON DELETE SET NULL,
    epoch INTEGER NOT NULL,
    form_digest TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    opened_at INTEGER,
    acknowledged_at INTEGER,
    decided_at INTEGER,
    paused_at INTEGER,
    closed_at INTEGER,
    due_open_at INTEGER,
    due_contact_at INTEGER,
    due_decision_at INTEGER,
    review_at INTEGER,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
-- The reconciling jobs look at these every minute: only what still waits is in them.
CREATE INDEX cases_unopened ON cases (due_open_at) WHERE opened_at IS NULL AND closed_at IS NULL;
CREATE INDEX cases_unanswered ON cases (due_contact_at) WHERE acknowledged_at IS NULL AND closed_at IS NULL;
CREATE INDEX cases_undecided ON cases (due_decision_at) WHERE decided_at IS NULL AND closed_at IS NULL;
CREATE INDEX cases_to_review ON cases (review_at) WHERE review_at IS NOT NULL AND closed_at IS NULL;
CREATE INDEX cases_closed ON cases (closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE reports (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES cases (id) ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    body_sealed BLOB NOT NULL,
    digest BLOB NOT NULL
) STRICT;

-- The holder is a user's id, 'reporter' or 'recovery'.
CREATE TABLE key_wraps (
    case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    holder TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('active', 'standby')),
    wrap_sealed BLOB NOT NULL,
    since_at INTEGER NOT NULL,
    PRIMARY KEY (case_id, epoch, holder)
) STRICT;
-- With the epoch, so that a list of cases needs only this and never the wraps, which are long.
CREATE INDEX key_wraps_holder ON key_wraps (holder, case_id, epoch) WHERE standing = 'active';

CREATE TABLE visits (
    id TEXT NOT NULL PRIMARY KEY,
    lookup BLOB UNIQUE,
    key_sealed BLOB,
    words_sealed BLOB,
    form_digest TEXT,
    version INTEGER NOT NULL,
    case_id TEXT UNIQUE REFERENCES cases (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER,
    warned_at INTEGER
) STRICT;
CREATE INDEX visits_expires_at ON visits (expires_at) WHERE expires_at IS NOT NULL;

-- Apart from the visit: they come and go, and the place of one that was sent serves the next.
CREATE TABLE drafts (
    visit_id TEXT NOT NULL PRIMARY KEY REFERENCES visits (id) ON DELETE CASCADE,
    body_sealed BLOB NOT NULL
) STRICT;

-- The number counts within a case: a millisecond is long enough for two entries, and their order matters.
CREATE TABLE events (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor_id TEXT REFERENCES users (id) ON DELETE SET NULL,
    kind TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    body_sealed BLOB
) STRICT;
CREATE INDEX events_case_id ON events (case_id, number);

CREATE TABLE messages (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    sender TEXT NOT NULL CHECK (sender IN ('reporter', 'desk')),
    author_id TEXT REFERENCES users (id) ON DELETE SET NULL,
    epoch INTEGER NOT NULL,
    body_sealed BLOB NOT NULL,
    seen_at INTEGER
) STRICT;
CREATE INDEX messages_case_id ON messages (case_id, number);

CREATE TABLE files (
    id TEXT NOT NULL PRIMARY KEY,
    visit_id TEXT REFERENCES visits (id) ON DELETE CASCADE,
    case_id TEXT REFERENCES cases (id) ON DELETE CASCADE,
    size_bytes INTEGER NOT NULL,
    attached INTEGER NOT NULL CHECK (attached IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX files_visit_id ON files (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX files_case_id ON files (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX files_unattached ON files (created_at) WHERE attached = 0;

CREATE TABLE file_chunks (
    file_id TEXT NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    chunk_sealed BLOB NOT NULL,
    PRIMARY KEY (file_id, number)
) STRICT;

-- No foreign key: what was done stays recorded when a case is deleted.
CREATE TABLE trace_entries (
    seq INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    case_id TEXT,
    leaf TEXT NOT NULL,
    leaf_hash BLOB NOT NULL
) STRICT;
CREATE INDEX trace_entries_case_id ON trace_entries (case_id, seq) WHERE case_id IS NOT NULL;
-- For the list of changes of the team.
CREATE INDEX trace_entries_no_case ON trace_entries (seq) WHERE case_id IS NULL;

CREATE TABLE trace_frontier (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL,
    hashes BLOB NOT NULL
) STRICT;
INSERT INTO trace_frontier (id, size, hashes) VALUES (1, 0, x'');

CREATE TABLE trace_heads (
    size INTEGER NOT NULL PRIMARY KEY,
    root BLOB NOT NULL,
    signed_at INTEGER NOT NULL,
    signature BLOB NOT NULL
) STRICT;

CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    body_sealed BLOB,
    dedupe TEXT UNIQUE,
    run_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'failed')),
    locked_until INTEGER,
    last_error TEXT,
    case_id TEXT REFERENCES cases (id) ON DELETE CASCADE
) STRICT;
-- There are few jobs at a time, so those of a case are found without an index.
CREATE INDEX jobs_due ON jobs (state, run_at);

-- A reminder goes out once: the duty and the time that it was due name it.
CREATE TABLE reminders (
    case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    duty TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    PRIMARY KEY (case_id, duty)
) STRICT;

-- What is due by the record of a case, so that it is reminded of without anybody signed in. Of what kind it is stands
-- in the sealed entry only.
CREATE TABLE case_dues (
    entry_id TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    owner_id TEXT REFERENCES users (id) ON DELETE SET NULL,
    reminded_at INTEGER,
    PRIMARY KEY (entry_id, due_at)
) STRICT;
CREATE INDEX case_dues_case_id ON case_dues (case_id, due_at);
CREATE INDEX case_dues_owner ON case_dues (owner_id, due_at) WHERE owner_id IS NOT NULL;
CREATE INDEX case_dues_due ON case_dues (due_at) WHERE reminded_at IS NULL;

-- What was erased, by random ids alone. No foreign key: the cases are gone, and if a copy that is put back brings one
-- again, this is how it is known.
CREATE TABLE erased_cases (
    case_id TEXT NOT NULL PRIMARY KEY
) STRICT;

-- How many were erased, of which sort. Nothing says which case is in which count.
CREATE TABLE erased_counts (
    month TEXT NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL,
    level INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (month, kind, outcome, level)
) STRICT;

-- When bodies outside are to be told or to be asked again. Which body it is stands in the sealed entry only.
CREATE TABLE duty_dues (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    set_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL
) STRICT;
CREATE INDEX duty_dues_case_id ON duty_dues (case_id, due_at);
CREATE INDEX duty_dues_due ON duty_dues (due_at);

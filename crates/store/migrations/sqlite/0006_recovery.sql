-- Getting in again, the shares of the recovery key, and emergency access.

-- Who asks for a new pass phrase, with the keys that they would have: nothing is theirs until it is granted.
CREATE TABLE recovery_asks (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    public_key BLOB NOT NULL,
    lock_sealed BLOB NOT NULL,
    asked_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX recovery_asks_user_id ON recovery_asks (user_id);

-- What somebody held before their key was lost, so that recovery gives back that and no more.
CREATE TABLE recovery_held (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    standing TEXT NOT NULL CHECK (standing IN ('active', 'standby')),
    PRIMARY KEY (user_id, case_id)
) STRICT;
CREATE INDEX recovery_held_case_id ON recovery_held (case_id);

-- A change of the recovery key under way: the key of before is sealed to the new one, so that a change which was
-- interrupted goes on with the new one alone. There is one at most.
CREATE TABLE recovery_changes (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    public_key BLOB NOT NULL,
    holders TEXT NOT NULL,
    before_sealed BLOB NOT NULL,
    begun_at INTEGER NOT NULL,
    switched_at INTEGER
) STRICT;

-- What each of those who are told has not seen yet. Why it was done is sealed to each of them.
CREATE TABLE recovery_notes (
    id TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    by_id TEXT REFERENCES users (id) ON DELETE SET NULL,
    about_id TEXT REFERENCES users (id) ON DELETE SET NULL,
    case_id TEXT REFERENCES cases (id) ON DELETE CASCADE,
    until_at INTEGER,
    key_sealed BLOB NOT NULL,
    why_sealed BLOB NOT NULL,
    PRIMARY KEY (id, user_id)
) STRICT;
CREATE INDEX recovery_notes_user_id ON recovery_notes (user_id, at);
CREATE INDEX recovery_notes_case_id ON recovery_notes (case_id) WHERE case_id IS NOT NULL;

-- Emergency access: when it ends, and whether the case has had a new key since.
CREATE TABLE emergency_grants (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    had_standby INTEGER NOT NULL CHECK (had_standby IN (0, 1)),
    ended_at INTEGER,
    renewed_at INTEGER
) STRICT;
CREATE INDEX emergency_grants_open ON emergency_grants (until_at) WHERE ended_at IS NULL;
CREATE INDEX emergency_grants_case_id ON emergency_grants (case_id);

-- The passkeys of members of the team: credential, name and days are sealed under a key of the member's own, which only
-- their pass phrase opens. What is in clear says how many somebody has.
CREATE TABLE passkeys (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    body_sealed BLOB NOT NULL
) STRICT;
CREATE INDEX passkeys_user_id ON passkeys (user_id);

-- A passkey was asked for, and the answer is awaited: good once, for minutes. Sealed under a key that only the page
-- which asks has.
CREATE TABLE passkey_attempts (
    id_hash BLOB NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    body_sealed BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX passkey_attempts_expires ON passkey_attempts (expires_at);

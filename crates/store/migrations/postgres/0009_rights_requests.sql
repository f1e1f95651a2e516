-- Requests of people about what is kept of them. In clear is only when one is due, so that it can be reminded of; who
-- asks, about whom and what was done lies in the entries, sealed under a key of the request's own.
CREATE TABLE rights_requests (
    id TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    due_at BIGINT,
    remind_at BIGINT,
    ended_at BIGINT
);
CREATE INDEX rights_requests_remind ON rights_requests (remind_at) WHERE remind_at IS NOT NULL;

-- Who can open a request.
CREATE TABLE rights_keys (
    request_id TEXT NOT NULL REFERENCES rights_requests (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key_sealed BYTEA NOT NULL,
    PRIMARY KEY (request_id, user_id)
);
CREATE INDEX rights_keys_user_id ON rights_keys (user_id);

-- What was taken down and done, only ever added.
CREATE TABLE rights_entries (
    id TEXT NOT NULL PRIMARY KEY,
    request_id TEXT NOT NULL REFERENCES rights_requests (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    UNIQUE (request_id, number)
);

-- What each of them found in the cases that they can open: sealed to themselves alone, so that nobody learns from it
-- which cases others have. In clear is whether they are done.
CREATE TABLE rights_looks (
    request_id TEXT NOT NULL REFERENCES rights_requests (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    done_at BIGINT,
    key_sealed BYTEA NOT NULL,
    body_sealed BYTEA NOT NULL,
    PRIMARY KEY (request_id, user_id)
);
CREATE INDEX rights_looks_user_id ON rights_looks (user_id);

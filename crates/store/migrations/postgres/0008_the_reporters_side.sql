-- What people say at the end is kept apart from their cases (decision 0029). This notes that it was said, once for a
-- case: neither when nor what, and nothing joins it to what was said.
CREATE TABLE case_ends (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES cases (id) ON DELETE CASCADE
);

-- Answers that wait for others. In the order of random ids, under the installation's own key.
CREATE TABLE end_waiting (
    id TEXT NOT NULL PRIMARY KEY,
    body_sealed BYTEA NOT NULL
);

-- Sums of five people or more. The number of people stands beside the question `people`.
CREATE TABLE end_counts (
    quarter TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (quarter, question, answer)
);

-- Reviews that people asked for. Those who decided know of one if told is 1.
CREATE TABLE reviews (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    reviewer_id TEXT REFERENCES users (id) ON DELETE SET NULL,
    told BIGINT NOT NULL CHECK (told IN (0, 1)),
    asked_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    reminded_at BIGINT,
    answered_at BIGINT,
    epoch BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL
);
CREATE INDEX reviews_case_id ON reviews (case_id, asked_at);
CREATE INDEX reviews_open ON reviews (due_at) WHERE answered_at IS NULL;

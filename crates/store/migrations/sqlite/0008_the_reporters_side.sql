-- What people say at the end is kept apart from their cases (decision 0029). This notes that it was said, once for a
-- case: neither when nor what, and nothing joins it to what was said.
CREATE TABLE case_ends (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES cases (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Answers that wait for others. In the order of random ids, under the installation's own key.
CREATE TABLE end_waiting (
    id TEXT NOT NULL PRIMARY KEY,
    body_sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Sums of five people or more. The number of people stands beside the question `people`.
CREATE TABLE end_counts (
    quarter TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (quarter, question, answer)
) STRICT;

-- Reviews that people asked for. Those who decided know of one if told is 1.
CREATE TABLE reviews (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    reviewer_id TEXT REFERENCES users (id) ON DELETE SET NULL,
    told INTEGER NOT NULL CHECK (told IN (0, 1)),
    asked_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    reminded_at INTEGER,
    answered_at INTEGER,
    epoch INTEGER NOT NULL,
    body_sealed BLOB NOT NULL
) STRICT;
CREATE INDEX reviews_case_id ON reviews (case_id, asked_at);
CREATE INDEX reviews_open ON reviews (due_at) WHERE answered_at IS NULL;

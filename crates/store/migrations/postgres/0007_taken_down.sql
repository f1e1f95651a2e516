-- Reports that somebody wrote down for somebody else: they see how far each is, and have no key to it. The row goes when
-- they are excluded from the case, as if they had never written it down. The trace has said who it was from the first.
CREATE TABLE taken_down (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES cases (id) ON DELETE CASCADE,
    by_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    sent_at BIGINT NOT NULL
);
CREATE INDEX taken_down_by ON taken_down (by_id, sent_at);

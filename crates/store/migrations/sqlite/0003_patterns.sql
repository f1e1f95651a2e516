-- Halves of links between cases. A place is derived from the key of a case, so nothing here tells to which case a row
-- belongs, how many a case has, or which two belong together; without a rowid, not even in which order they came.
CREATE TABLE pattern_halves (
    place BLOB NOT NULL PRIMARY KEY,
    half_sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

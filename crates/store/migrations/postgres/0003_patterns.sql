-- Halves of links between cases. A place is derived from the key of a case, so nothing here tells to which case a row
-- belongs, how many a case has, or which two belong together.
CREATE TABLE pattern_halves (
    place BYTEA NOT NULL PRIMARY KEY,
    half_sealed BYTEA NOT NULL
);

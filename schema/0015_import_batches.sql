-- What became of the rows of a file, for later: the day, which of them became activities, and why others did not.
ALTER TABLE import_batch ADD COLUMN imported_on TEXT;
ALTER TABLE import_row ADD COLUMN made INTEGER NOT NULL DEFAULT 1;

CREATE TABLE import_left (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id     INTEGER NOT NULL REFERENCES import_batch ON DELETE CASCADE,
  line         INTEGER,
  state        TEXT NOT NULL,
  title        TEXT,
  done_on      TEXT,
  credit       INTEGER,
  credit_unit  TEXT,
  activity_id  INTEGER,               -- what it looks like, or is
  why          TEXT
) STRICT;
CREATE INDEX import_left_by_batch ON import_left (batch_id);

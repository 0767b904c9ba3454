-- What a board asks of an activity's provider and place, and files that activities came from.
ALTER TABLE activity ADD COLUMN provider_id TEXT;
ALTER TABLE activity ADD COLUMN place TEXT;

CREATE TABLE import_batch (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  name            TEXT NOT NULL,      -- of the file, without its folder
  layout          TEXT NOT NULL,
  layout_version  TEXT NOT NULL
) STRICT;

-- Why a row of a file is known when the file comes again, also after its activity was edited or removed. The number of
-- the activity is no reference: one that is gone is the answer "removed by you", and one that comes back by undo is
-- known again.
CREATE TABLE import_row (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id     INTEGER NOT NULL REFERENCES import_batch ON DELETE CASCADE,
  line         INTEGER,
  source_id    TEXT,                  -- what names it in its file for good
  key          TEXT NOT NULL,         -- of what it says: daemon/record/import_key.c
  activity_id  INTEGER NOT NULL
) STRICT;
CREATE INDEX import_row_by_batch ON import_row (batch_id);
CREATE INDEX import_row_by_key ON import_row (key);
CREATE INDEX import_row_by_source ON import_row (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX import_row_by_activity ON import_row (activity_id);

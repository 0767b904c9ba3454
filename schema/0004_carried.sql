-- Hours that serve another cycle than the one they were done in, in the unit of that cycle's rules. `part` is the
-- topic of a part that was split off. 'carried' came from the cycle before, as hours without a topic where
-- `general` is 1; 'late' was done in the days of grace after the cycle, which has it and the next one has not.
CREATE TABLE carried (
  cycle_id     INTEGER NOT NULL REFERENCES cycle ON DELETE CASCADE,
  activity_id  INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
  part         TEXT NOT NULL DEFAULT '',
  origin       TEXT NOT NULL,
  credit       INTEGER NOT NULL,
  general      INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (cycle_id, activity_id, part),
  CONSTRAINT "origin: carried or late" CHECK (origin IN ('carried', 'late')),
  CONSTRAINT "credit: credit must be more than zero" CHECK (credit > 0),
  CONSTRAINT "general: yes or no" CHECK (general IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX carried_by_activity ON carried (activity_id);

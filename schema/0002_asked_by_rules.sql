-- What rules ask of an activity beyond its kind and topics.

-- The same course taken twice may count once: the name or number that tells courses apart.
ALTER TABLE activity ADD COLUMN course TEXT;

-- Whether the board approved the activity or its provider; unknown where nothing is said.
ALTER TABLE activity ADD COLUMN approval TEXT
  CONSTRAINT "approval: an activity is approved, pending or refused"
  CHECK (approval IN ('approved', 'pending', 'refused'));

-- Hours of one activity that belong to one topic alone. Its other topics are those of all its hours.
CREATE TABLE activity_part (
  activity_id  INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
  topic        TEXT NOT NULL,
  credit       INTEGER NOT NULL,
  PRIMARY KEY (activity_id, topic),
  CONSTRAINT "split: each part is more than zero" CHECK (credit > 0)
) STRICT, WITHOUT ROWID;

-- What boards have of activities: sent in, posted, or posted with another credit.
CREATE TABLE standing (
  activity_id    INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
  credential_id  INTEGER NOT NULL REFERENCES credential ON DELETE CASCADE,
  state          TEXT NOT NULL CHECK (state IN ('submitted', 'posted', 'differs')),
  told_on        TEXT NOT NULL,
  credit         INTEGER,             -- the board's, where it differs
  credit_unit    TEXT,
  PRIMARY KEY (activity_id, credential_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX standing_by_credential ON standing (credential_id);

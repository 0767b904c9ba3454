-- The ladder of a credential that has not the usual one: days before and after the day that matters, as "90 30 1" and
-- "1 7", and the minute of the day at which its reminders speak.
CREATE TABLE reminder_policy (
  credential_id  INTEGER PRIMARY KEY REFERENCES credential ON DELETE CASCADE,
  lead           TEXT NOT NULL,
  after          TEXT NOT NULL,
  minute         INTEGER NOT NULL,
  CONSTRAINT "at: a time of the day" CHECK (minute BETWEEN 0 AND 1439)
) STRICT;

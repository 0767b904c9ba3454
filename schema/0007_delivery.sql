-- How reminders reach the person. What is NULL, or not here at all, is as usual.
CREATE TABLE channel (
  name     TEXT PRIMARY KEY,
  off      INTEGER NOT NULL DEFAULT 0,
  address  TEXT,     -- of mail: to whom
  program  TEXT,     -- of mail and command: a path and words, separated by spaces
  file     TEXT,     -- of calendar: the file that is kept fresh
  seconds  INTEGER,  -- after which it is given up
  CONSTRAINT "channel: desktop, mail, command or calendar"
    CHECK (name IN ('desktop', 'mail', 'command', 'calendar')),
  CONSTRAINT "seconds: 1 to 600" CHECK (seconds IS NULL OR seconds BETWEEN 1 AND 600)
) STRICT, WITHOUT ROWID;

-- That a reminder was taken from the plan, and what became of it on each channel. Without it a reminder would speak
-- again, so it outlives the credential, which undo may bring back. `until` is the day it was put off to, or ''; `channel`
-- is '' for one that is not sent at all. No history is kept of this.
CREATE TABLE delivery (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  credential_id  INTEGER NOT NULL,
  item_id        INTEGER NOT NULL,
  day            TEXT NOT NULL,
  rung           INTEGER NOT NULL,
  until          TEXT NOT NULL,
  channel        TEXT NOT NULL,
  state          TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'failed', 'superseded', 'answered')),
  tries          INTEGER NOT NULL DEFAULT 0,
  next_at        INTEGER,           -- of the next try; NULL while one is under way, and once it is over
  taken_at       INTEGER NOT NULL,
  UNIQUE (credential_id, item_id, day, rung, until, channel)
) STRICT;
CREATE INDEX delivery_pending ON delivery (state) WHERE state = 'pending';

-- Each try, and what the person said: for pdh remind log. delivery_id is NULL for tests and answers; outcome is NULL while
-- it waits (begun 0) or is under way.
CREATE TABLE reminder_log (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  delivery_id  INTEGER,
  reminder     TEXT NOT NULL,
  channel      TEXT NOT NULL,
  at           INTEGER NOT NULL,
  begun        INTEGER NOT NULL DEFAULT 0,
  outcome      TEXT,
  took_ms      INTEGER,
  text         TEXT
) STRICT;
CREATE INDEX reminder_log_open ON reminder_log (id) WHERE outcome IS NULL;

-- What is NULL is as in reminder_usual, then as the rules pack says, then as usual.
CREATE TABLE reminder_policy_new (
  credential_id  INTEGER PRIMARY KEY REFERENCES credential ON DELETE CASCADE,
  lead           TEXT,
  after          TEXT,
  minute         INTEGER,
  channels       TEXT,  -- "desktop", "mail@30": from 30 days before; separated by newlines
  quiet          TEXT,  -- "18:00-07:30"
  skip           TEXT,  -- "weekends", days and ranges of days, separated by commas
  CONSTRAINT "at: a time of the day" CHECK (minute BETWEEN 0 AND 1439)
) STRICT;
INSERT INTO reminder_policy_new (credential_id, lead, after, minute)
SELECT credential_id, lead, after, minute FROM reminder_policy;
DROP TABLE reminder_policy;
ALTER TABLE reminder_policy_new RENAME TO reminder_policy;

-- The policy of every credential that says nothing else: one row, or none.
CREATE TABLE reminder_usual (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  lead      TEXT,
  after     TEXT,
  minute    INTEGER,
  channels  TEXT,
  quiet     TEXT,
  skip      TEXT,
  CONSTRAINT "at: a time of the day" CHECK (minute BETWEEN 0 AND 1439)
) STRICT;

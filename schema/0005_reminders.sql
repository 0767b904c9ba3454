-- What a person said about a reminder. Reminders themselves are derived from the days that matter: `day` is one of
-- them, of an item or, where item_id is 0, the last day of the credential's cycle; `rung` is how many days before it
-- the reminder speaks, negative after it. A day that changes has reminders of its own, so nothing is to be moved here.
CREATE TABLE reminder (
  credential_id  INTEGER NOT NULL REFERENCES credential ON DELETE CASCADE,
  item_id        INTEGER NOT NULL DEFAULT 0,
  day            TEXT NOT NULL,
  rung           INTEGER NOT NULL,
  acked_at       INTEGER,
  snoozed_until  TEXT,
  PRIMARY KEY (credential_id, item_id, day, rung),
  CONSTRAINT "day: not a date" CHECK (day IS date(day)),
  CONSTRAINT "until: not a date" CHECK (snoozed_until IS NULL OR snoozed_until IS date(snoozed_until))
) STRICT, WITHOUT ROWID;

-- Reminders that were shown at a terminal, which is told once. No history is kept of that.
CREATE TABLE reminder_shown (
  credential_id  INTEGER NOT NULL REFERENCES credential ON DELETE CASCADE,
  item_id        INTEGER NOT NULL DEFAULT 0,
  day            TEXT NOT NULL,
  rung           INTEGER NOT NULL,
  shown_at       INTEGER NOT NULL,
  PRIMARY KEY (credential_id, item_id, day, rung)
) STRICT, WITHOUT ROWID;

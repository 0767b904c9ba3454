CREATE TABLE activity (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  title        TEXT NOT NULL,
  title_key    TEXT NOT NULL,
  done_on      TEXT NOT NULL,
  begun_on     TEXT,
  credit       INTEGER NOT NULL,
  credit_unit  TEXT NOT NULL,
  kind         TEXT,
  format       TEXT,
  role         TEXT,
  provider     TEXT,
  note         TEXT,
  planned      INTEGER NOT NULL DEFAULT 0,
  duty         INTEGER NOT NULL DEFAULT 0,
  scope        TEXT NOT NULL DEFAULT 'all', course TEXT, approval TEXT
  CONSTRAINT "approval: an activity is approved, pending or refused"
  CHECK (approval IN ('approved', 'pending', 'refused')), provider_id TEXT, place TEXT, uid TEXT CHECK (length(uid) = 32),
  CONSTRAINT "title: say what you did" CHECK (title <> ''),
  CONSTRAINT "done_on: not a date" CHECK (done_on IS date(done_on)),
  CONSTRAINT "from: not a date" CHECK (begun_on IS NULL OR begun_on IS date(begun_on)),
  CONSTRAINT "from: the first day is not after the last" CHECK (begun_on IS NULL OR begun_on <= done_on),
  CONSTRAINT "credit: credit must be more than zero" CHECK (credit > 0),
  CONSTRAINT "planned: yes or no" CHECK (planned IN (0, 1)),
  CONSTRAINT "duty: yes or no" CHECK (duty IN (0, 1)),
  CONSTRAINT "only: all, only or except" CHECK (scope IN ('all', 'only', 'except'))
) STRICT;
CREATE INDEX activity_by_day ON activity (done_on);
CREATE INDEX activity_by_exception ON activity (done_on) WHERE scope = 'except';
CREATE INDEX activity_by_kind ON activity (kind) WHERE kind IS NOT NULL;
CREATE INDEX activity_by_plan ON activity (done_on) WHERE planned = 1;
CREATE INDEX activity_by_provider ON activity (provider) WHERE provider IS NOT NULL;
CREATE INDEX activity_by_title ON activity (title_key, done_on);
CREATE UNIQUE INDEX activity_by_uid ON activity (uid);
CREATE TABLE activity_part (
  activity_id  INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
  topic        TEXT NOT NULL,
  credit       INTEGER NOT NULL,
  PRIMARY KEY (activity_id, topic),
  CONSTRAINT "split: each part is more than zero" CHECK (credit > 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE "activity_scope" (
  activity_id    INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
  credential_id  INTEGER NOT NULL,
  PRIMARY KEY (activity_id, credential_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_scope_by_credential ON activity_scope (credential_id);
CREATE TABLE activity_sum (
  month        TEXT NOT NULL,
  planned      INTEGER NOT NULL,
  credit_unit  TEXT NOT NULL,
  credit       INTEGER NOT NULL,
  entries      INTEGER NOT NULL,
  PRIMARY KEY (month, planned, credit_unit)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER activity_sum_delete AFTER DELETE ON activity BEGIN
  UPDATE activity_sum SET credit = credit - old.credit, entries = entries - 1
   WHERE month = substr(old.done_on, 1, 7) AND planned = old.planned AND credit_unit = old.credit_unit;
  DELETE FROM activity_sum
   WHERE month = substr(old.done_on, 1, 7) AND planned = old.planned AND credit_unit = old.credit_unit
     AND entries = 0;
END;
CREATE TRIGGER activity_sum_insert AFTER INSERT ON activity BEGIN
  INSERT INTO activity_sum VALUES (substr(new.done_on, 1, 7), new.planned, new.credit_unit, new.credit, 1)
  ON CONFLICT DO UPDATE SET credit = credit + excluded.credit, entries = entries + 1;
END;
CREATE TRIGGER activity_sum_update AFTER UPDATE OF done_on, planned, credit_unit, credit ON activity BEGIN
  UPDATE activity_sum SET credit = credit - old.credit, entries = entries - 1
   WHERE month = substr(old.done_on, 1, 7) AND planned = old.planned AND credit_unit = old.credit_unit;
  DELETE FROM activity_sum
   WHERE month = substr(old.done_on, 1, 7) AND planned = old.planned AND credit_unit = old.credit_unit
     AND entries = 0;
  INSERT INTO activity_sum VALUES (substr(new.done_on, 1, 7), new.planned, new.credit_unit, new.credit, 1)
  ON CONFLICT DO UPDATE SET credit = credit + excluded.credit, entries = entries + 1;
END;
CREATE TABLE activity_topic (
  activity_id  INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
  topic        TEXT NOT NULL,
  PRIMARY KEY (activity_id, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_topic_by_topic ON activity_topic (topic, activity_id);
CREATE TRIGGER activity_uid AFTER INSERT ON activity WHEN new.uid IS NULL BEGIN
  UPDATE activity SET uid = lower(hex(randomblob(16))) WHERE id = new.id;
END;
CREATE TABLE answered (
  id      INTEGER PRIMARY KEY,
  once    TEXT NOT NULL UNIQUE,
  at      INTEGER NOT NULL,
  asked   INTEGER NOT NULL,
  op      INTEGER,
  answer  BLOB
) STRICT;
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
CREATE TABLE change (
  id         INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  who        TEXT NOT NULL,
  method     TEXT NOT NULL,
  what       TEXT NOT NULL,
  changeset  BLOB NOT NULL,
  undoes     INTEGER REFERENCES change DEFERRABLE INITIALLY DEFERRED,
  undone_by  INTEGER REFERENCES change DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX change_by_undoes ON change (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX change_by_undone_by ON change (undone_by) WHERE undone_by IS NOT NULL;
CREATE INDEX change_first_hand ON change (id) WHERE undoes IS NULL;
CREATE INDEX change_stands ON change (id) WHERE undoes IS NULL AND undone_by IS NULL;
CREATE INDEX change_undone ON change (undone_by) WHERE undoes IS NULL AND undone_by IS NOT NULL;
CREATE TABLE channel (
  name     TEXT PRIMARY KEY,
  off      INTEGER NOT NULL DEFAULT 0,
  address  TEXT,
  program  TEXT,
  file     TEXT,
  seconds  INTEGER,
  CONSTRAINT "channel: desktop, mail, command or calendar"
    CHECK (name IN ('desktop', 'mail', 'command', 'calendar')),
  CONSTRAINT "seconds: 1 to 600" CHECK (seconds IS NULL OR seconds BETWEEN 1 AND 600)
) STRICT, WITHOUT ROWID;
CREATE TABLE credential (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  alias         TEXT NOT NULL,
  title         TEXT NOT NULL,
  jurisdiction  TEXT,
  level         TEXT,
  number        TEXT,
  issued        TEXT,
  retired_on    TEXT,
  note          TEXT,
  UNIQUE (alias),
  CONSTRAINT "title: a credential needs a title" CHECK (title <> ''),
  CONSTRAINT "issued: not a date" CHECK (issued IS NULL OR issued IS date(issued)),
  CONSTRAINT "on: not a date" CHECK (retired_on IS NULL OR retired_on IS date(retired_on))
) STRICT;
CREATE TABLE credential_endorsement (
  credential_id  INTEGER NOT NULL REFERENCES credential ON DELETE CASCADE,
  endorsement    TEXT NOT NULL,
  PRIMARY KEY (credential_id, endorsement)
) STRICT, WITHOUT ROWID;
CREATE TABLE "credential_fact" (
  credential_id  INTEGER NOT NULL REFERENCES credential ON DELETE CASCADE,
  name           TEXT NOT NULL,
  begins         TEXT NOT NULL DEFAULT '',
  value          TEXT NOT NULL,
  PRIMARY KEY (credential_id, name, begins),
  CONSTRAINT "from: not a date" CHECK (begins = '' OR begins IS date(begins))
) STRICT, WITHOUT ROWID;
CREATE TABLE credential_state (
  credential_id  INTEGER PRIMARY KEY,
  state          TEXT NOT NULL
) STRICT;
CREATE TABLE cycle (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  credential_id  INTEGER NOT NULL REFERENCES credential ON DELETE CASCADE,
  rule_set_id    INTEGER NOT NULL REFERENCES rule_set,
  begins         TEXT,
  ends           TEXT,
  required       INTEGER,
  closed_on      TEXT, told INTEGER NOT NULL DEFAULT 0
  CONSTRAINT "told: yes or no" CHECK (told IN (0, 1)),
  CONSTRAINT "begins: not a date" CHECK (begins IS NULL OR begins IS date(begins)),
  CONSTRAINT "expires: not a date" CHECK (ends IS NULL OR ends IS date(ends)),
  CONSTRAINT "begins: a cycle begins before it ends" CHECK (begins IS NULL OR ends IS NULL OR begins < ends),
  CONSTRAINT "required: hours must be more than zero" CHECK (required > 0)
) STRICT;
CREATE INDEX cycle_by_credential ON cycle (credential_id, begins);
CREATE INDEX cycle_by_rule_set ON cycle (rule_set_id);
CREATE UNIQUE INDEX cycle_open ON cycle (credential_id) WHERE closed_on IS NULL;
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
  next_at        INTEGER,
  taken_at       INTEGER NOT NULL,
  UNIQUE (credential_id, item_id, day, rung, until, channel)
) STRICT;
CREATE INDEX delivery_by_taken ON delivery (taken_at);
CREATE INDEX delivery_pending ON delivery (state) WHERE state = 'pending';
CREATE TABLE event (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  at          INTEGER NOT NULL,
  event       TEXT NOT NULL,
  credential  TEXT,
  subject     TEXT,
  text        TEXT
) STRICT;
CREATE TABLE evidence (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256       TEXT NOT NULL,
  size         INTEGER NOT NULL,
  media_type   TEXT NOT NULL,
  name         TEXT NOT NULL,
  received_on  TEXT NOT NULL,
  note         TEXT,
  UNIQUE (sha256),
  CONSTRAINT "sha256: 64 hexadecimal digits" CHECK (length(sha256) = 64),
  CONSTRAINT "name: a proof has a name" CHECK (name <> ''),
  CONSTRAINT "received_on: not a date" CHECK (received_on IS date(received_on))
) STRICT;
CREATE TABLE evidence_of (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  activity_id    INTEGER REFERENCES activity ON DELETE CASCADE,
  item_id        INTEGER REFERENCES item ON DELETE CASCADE,
  credential_id  INTEGER REFERENCES credential ON DELETE CASCADE,
  evidence_id    INTEGER NOT NULL REFERENCES evidence ON DELETE CASCADE,
  CONSTRAINT "a proof is of one thing"
    CHECK ((activity_id IS NULL) + (item_id IS NULL) + (credential_id IS NULL) = 2)
) STRICT;
CREATE UNIQUE INDEX evidence_of_activity ON evidence_of (activity_id, evidence_id) WHERE activity_id IS NOT NULL;
CREATE UNIQUE INDEX evidence_of_credential ON evidence_of (credential_id, evidence_id) WHERE credential_id IS NOT NULL;
CREATE INDEX evidence_of_evidence ON evidence_of (evidence_id);
CREATE UNIQUE INDEX evidence_of_item ON evidence_of (item_id, evidence_id) WHERE item_id IS NOT NULL;
CREATE TABLE have (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  uid           TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (length(uid) = 32),
  kind          TEXT NOT NULL,
  title         TEXT NOT NULL,
  code          TEXT,
  score         INTEGER,
  credit        INTEGER,
  credit_unit   TEXT,
  level         TEXT,
  place         TEXT,
  begun_on      TEXT,
  done_on       TEXT,
  expires       TEXT,
  note          TEXT,
  UNIQUE (uid),
  CONSTRAINT "kind: degree, program, credits, experience, exam, clearance, portfolio, course, paper or recommendation"
    CHECK (kind IN ('degree', 'program', 'credits', 'experience', 'exam', 'clearance', 'portfolio', 'course', 'paper',
                    'recommendation')),
  CONSTRAINT "title: say what it is" CHECK (title <> ''),
  CONSTRAINT "score: is 0 or more" CHECK (score >= 0),
  CONSTRAINT "credit: credit must be more than zero" CHECK (credit > 0),
  CONSTRAINT "on: not a date" CHECK (done_on IS NULL OR done_on IS date(done_on)),
  CONSTRAINT "during: the first day is not after the last" CHECK (begun_on IS NULL OR done_on IS NULL OR begun_on <= done_on),
  CONSTRAINT "expires: not a date" CHECK (expires IS NULL OR expires IS date(expires))
) STRICT;
CREATE TABLE import_batch (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  name            TEXT NOT NULL,
  layout          TEXT NOT NULL,
  layout_version  TEXT NOT NULL
, imported_on TEXT) STRICT;
CREATE TABLE import_file (
  batch_id     INTEGER PRIMARY KEY REFERENCES import_batch ON DELETE CASCADE,
  evidence_id  INTEGER NOT NULL REFERENCES evidence ON DELETE CASCADE
) STRICT;
CREATE INDEX import_file_by_evidence ON import_file (evidence_id);
CREATE TABLE import_left (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id     INTEGER NOT NULL REFERENCES import_batch ON DELETE CASCADE,
  line         INTEGER,
  state        TEXT NOT NULL,
  title        TEXT,
  done_on      TEXT,
  credit       INTEGER,
  credit_unit  TEXT,
  activity_id  INTEGER,
  why          TEXT
) STRICT;
CREATE INDEX import_left_by_batch ON import_left (batch_id);
CREATE TABLE import_row (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id     INTEGER NOT NULL REFERENCES import_batch ON DELETE CASCADE,
  line         INTEGER,
  source_id    TEXT,
  key          TEXT NOT NULL,
  activity_id  INTEGER NOT NULL
, made INTEGER NOT NULL DEFAULT 1) STRICT;
CREATE INDEX import_row_by_activity ON import_row (activity_id);
CREATE INDEX import_row_by_batch ON import_row (batch_id);
CREATE INDEX import_row_by_key ON import_row (key);
CREATE INDEX import_row_by_source ON import_row (source_id) WHERE source_id IS NOT NULL;
CREATE TABLE item (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  credential_id  INTEGER NOT NULL REFERENCES credential ON DELETE CASCADE,
  title          TEXT NOT NULL,
  kind           TEXT NOT NULL,
  due            TEXT,
  expires        TEXT,
  done_on        TEXT,
  note           TEXT, rule TEXT, cycle_id INTEGER REFERENCES cycle, rule_due TEXT
  CONSTRAINT "due: not a date" CHECK (rule_due IS NULL OR rule_due IS date(rule_due)), every INTEGER,
  CONSTRAINT "title: an item needs a title" CHECK (title <> ''),
  CONSTRAINT "kind: an item is a clearance, exam, fee, course or other"
    CHECK (kind IN ('clearance', 'exam', 'fee', 'course', 'other')),
  CONSTRAINT "due: not a date" CHECK (due IS NULL OR due IS date(due)),
  CONSTRAINT "expires: not a date" CHECK (expires IS NULL OR expires IS date(expires)),
  CONSTRAINT "done_on: not a date" CHECK (done_on IS NULL OR done_on IS date(done_on))
) STRICT;
CREATE INDEX item_by_credential ON item (credential_id);
CREATE UNIQUE INDEX item_of_rule ON item (cycle_id, rule);
CREATE TABLE pause (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  credential_id  INTEGER NOT NULL REFERENCES credential ON DELETE CASCADE,
  begins         TEXT NOT NULL,
  ends           TEXT,
  why            TEXT,
  CONSTRAINT "from: not a date" CHECK (begins IS date(begins)),
  CONSTRAINT "until: not a date" CHECK (ends IS NULL OR ends IS date(ends)),
  CONSTRAINT "until: a pause ends on or after the day it begins" CHECK (ends IS NULL OR begins <= ends)
) STRICT;
CREATE INDEX pause_by_credential ON pause (credential_id, begins);
CREATE TABLE person (
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  name  TEXT
) STRICT;
CREATE TABLE pursuit (
  credential_id  INTEGER PRIMARY KEY REFERENCES credential ON DELETE CASCADE,
  pack           TEXT NOT NULL,
  path           TEXT NOT NULL
) STRICT;
CREATE TABLE pursuit_step (
  item_id  INTEGER PRIMARY KEY REFERENCES item ON DELETE CASCADE,
  step     TEXT NOT NULL
) STRICT;
CREATE TABLE record (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  uid  TEXT NOT NULL CHECK (length(uid) = 32)
) STRICT;
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
CREATE INDEX reminder_log_by_delivery ON reminder_log (delivery_id) WHERE delivery_id IS NOT NULL;
CREATE INDEX reminder_log_open ON reminder_log (id) WHERE outcome IS NULL;
CREATE TABLE "reminder_policy" (
  credential_id  INTEGER PRIMARY KEY REFERENCES credential ON DELETE CASCADE,
  lead           TEXT,
  after          TEXT,
  minute         INTEGER,
  channels       TEXT,
  quiet          TEXT,
  skip           TEXT,
  CONSTRAINT "at: a time of the day" CHECK (minute BETWEEN 0 AND 1439)
) STRICT;
CREATE TABLE reminder_shown (
  credential_id  INTEGER NOT NULL REFERENCES credential ON DELETE CASCADE,
  item_id        INTEGER NOT NULL DEFAULT 0,
  day            TEXT NOT NULL,
  rung           INTEGER NOT NULL,
  shown_at       INTEGER NOT NULL,
  PRIMARY KEY (credential_id, item_id, day, rung)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE rule_set (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  pack     TEXT NOT NULL,
  version  TEXT NOT NULL,
  body     TEXT NOT NULL,
  UNIQUE (pack, version)
) STRICT;
CREATE TABLE running (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  began_at  INTEGER NOT NULL,
  steady    INTEGER NOT NULL,
  title     TEXT,
  kind      TEXT,
  provider  TEXT
) STRICT;
CREATE TABLE running_topic (
  running_id  INTEGER NOT NULL REFERENCES running ON DELETE CASCADE,
  topic       TEXT NOT NULL,
  PRIMARY KEY (running_id, topic)
) STRICT, WITHOUT ROWID;
CREATE TABLE seal (
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  mark  BLOB NOT NULL
) STRICT;
CREATE TABLE standing (
  activity_id    INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
  credential_id  INTEGER NOT NULL REFERENCES credential ON DELETE CASCADE,
  state          TEXT NOT NULL CHECK (state IN ('submitted', 'posted', 'differs')),
  told_on        TEXT NOT NULL,
  credit         INTEGER,
  credit_unit    TEXT,
  PRIMARY KEY (activity_id, credential_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX standing_by_credential ON standing (credential_id);

-- The first schema. Never edited after release: later changes are later files.
--
-- Conventions
--   Dates are ISO text (2026-03-13): civil days, comparable as text. Instants are epoch seconds.
--   Credit is an integer in 1/3,600,000 of the unit beside it.
--   CHECK constraints are named with the sentence the user should read, after the field and a colon;
--   daemon/store/db.c takes both from there. SQLite does not tell the name of a UNIQUE constraint: their
--   sentences are in daemon/store/db.c.
--   Every table of content has a primary key, without which the session extension cannot record it.

CREATE TABLE person (
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  name  TEXT
) STRICT;

-- The exact text of the pack version a cycle was begun under: the rules stay readable when files change.
-- Never updated, deleted or undone.
CREATE TABLE rule_set (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  pack     TEXT NOT NULL,
  version  TEXT NOT NULL,
  body     TEXT NOT NULL,
  UNIQUE (pack, version)
) STRICT;

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

CREATE TABLE credential_fact (
  credential_id  INTEGER NOT NULL REFERENCES credential ON DELETE CASCADE,
  name           TEXT NOT NULL,
  value          TEXT NOT NULL,
  PRIMARY KEY (credential_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE cycle (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  credential_id  INTEGER NOT NULL REFERENCES credential ON DELETE CASCADE,
  rule_set_id    INTEGER NOT NULL REFERENCES rule_set,
  begins         TEXT,
  ends           TEXT,
  required       INTEGER,          -- instead of the pack's total; NULL: the pack's
  closed_on      TEXT,
  CONSTRAINT "begins: not a date" CHECK (begins IS NULL OR begins IS date(begins)),
  CONSTRAINT "expires: not a date" CHECK (ends IS NULL OR ends IS date(ends)),
  CONSTRAINT "begins: a cycle begins before it ends" CHECK (begins IS NULL OR ends IS NULL OR begins < ends),
  CONSTRAINT "required: hours must be more than zero" CHECK (required > 0)
) STRICT;
CREATE INDEX cycle_by_credential ON cycle (credential_id, begins);
CREATE INDEX cycle_by_rule_set ON cycle (rule_set_id);
CREATE UNIQUE INDEX cycle_open ON cycle (credential_id) WHERE closed_on IS NULL;

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

CREATE TABLE item (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  credential_id  INTEGER NOT NULL REFERENCES credential ON DELETE CASCADE,
  title          TEXT NOT NULL,
  kind           TEXT NOT NULL,
  due            TEXT,
  expires        TEXT,
  done_on        TEXT,
  note           TEXT,
  CONSTRAINT "title: an item needs a title" CHECK (title <> ''),
  CONSTRAINT "kind: an item is a clearance, exam, fee, course or other"
    CHECK (kind IN ('clearance', 'exam', 'fee', 'course', 'other')),
  CONSTRAINT "due: not a date" CHECK (due IS NULL OR due IS date(due)),
  CONSTRAINT "expires: not a date" CHECK (expires IS NULL OR expires IS date(expires)),
  CONSTRAINT "done_on: not a date" CHECK (done_on IS NULL OR done_on IS date(done_on))
) STRICT;
CREATE INDEX item_by_credential ON item (credential_id);

CREATE TABLE activity (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  title        TEXT NOT NULL,
  title_key    TEXT NOT NULL,      -- the title folded, to find similar ones
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
  scope        TEXT NOT NULL DEFAULT 'all',   -- which credentials it may count for, see activity_scope
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
CREATE INDEX activity_by_title ON activity (title_key, done_on);
CREATE INDEX activity_by_provider ON activity (provider) WHERE provider IS NOT NULL;
CREATE INDEX activity_by_kind ON activity (kind) WHERE kind IS NOT NULL;

CREATE TABLE activity_topic (
  activity_id  INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
  topic        TEXT NOT NULL,
  PRIMARY KEY (activity_id, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_topic_by_topic ON activity_topic (topic, activity_id);

-- The credentials that an activity's scope names: the only ones it counts for, or the ones it does not
-- count for. An activity tied to a credential that is gone counts for nothing, not for everything.
CREATE TABLE activity_scope (
  activity_id    INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
  credential_id  INTEGER NOT NULL REFERENCES credential ON DELETE CASCADE,
  PRIMARY KEY (activity_id, credential_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_scope_by_credential ON activity_scope (credential_id);

-- History. Not content: never recorded in itself, never undone.
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

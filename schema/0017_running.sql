-- What the person is doing now: pdh start.
CREATE TABLE running (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  began_at  INTEGER NOT NULL,         -- epoch seconds
  steady    INTEGER NOT NULL,         -- seconds since the machine began, then: a clock that was set since is seen by it
  title     TEXT,
  kind      TEXT,
  provider  TEXT
) STRICT;

CREATE TABLE running_topic (
  running_id  INTEGER NOT NULL REFERENCES running ON DELETE CASCADE,
  topic       TEXT NOT NULL,
  PRIMARY KEY (running_id, topic)
) STRICT, WITHOUT ROWID;

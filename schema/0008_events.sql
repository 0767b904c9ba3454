-- What happened, for whoever watches: a number that only grows, also over restarts. Not content: never recorded in
-- history and never undone; taking a change back is an event of its own. The oldest go, see event_trim.
CREATE TABLE event (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  at          INTEGER NOT NULL,
  event       TEXT NOT NULL,      -- activity.added
  credential  TEXT,               -- its alias then; it may be gone
  subject     TEXT,               -- #214, fp/30d
  text        TEXT
) STRICT;

-- The state of each credential that was told last. Not content either. It names a credential without depending on it,
-- so that taking back the change that added one meets nothing that hangs on it.
CREATE TABLE credential_state (
  credential_id  INTEGER PRIMARY KEY,
  state          TEXT NOT NULL
) STRICT;

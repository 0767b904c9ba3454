-- Proofs: certificates and the like. Their bytes lie beside the database, by their digest (daemon/evidence/store.h).
CREATE TABLE evidence (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256       TEXT NOT NULL,
  size         INTEGER NOT NULL,
  media_type   TEXT NOT NULL,
  name         TEXT NOT NULL,         -- of the file, as it came, without its folder
  received_on  TEXT NOT NULL,
  note         TEXT,
  UNIQUE (sha256),
  CONSTRAINT "sha256: 64 hexadecimal digits" CHECK (length(sha256) = 64),
  CONSTRAINT "name: a proof has a name" CHECK (name <> ''),
  CONSTRAINT "received_on: not a date" CHECK (received_on IS date(received_on))
) STRICT;

-- What it proves: one of the three. One certificate may prove several entries, a clearance, or the licence itself.
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
CREATE UNIQUE INDEX evidence_of_item ON evidence_of (item_id, evidence_id) WHERE item_id IS NOT NULL;
CREATE UNIQUE INDEX evidence_of_credential ON evidence_of (credential_id, evidence_id) WHERE credential_id IS NOT NULL;
CREATE INDEX evidence_of_evidence ON evidence_of (evidence_id);

-- A license that is not held yet: whose path it is on, until it is issued.
CREATE TABLE pursuit (
  credential_id  INTEGER PRIMARY KEY REFERENCES credential ON DELETE CASCADE,
  pack           TEXT NOT NULL,
  path           TEXT NOT NULL
) STRICT;

-- The items that are steps of it.
CREATE TABLE pursuit_step (
  item_id  INTEGER PRIMARY KEY REFERENCES item ON DELETE CASCADE,
  step     TEXT NOT NULL
) STRICT;

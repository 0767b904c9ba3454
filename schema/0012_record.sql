-- What tells this record from every other, made once and never changed, also where the file is copied or moved. Not
-- content: nobody says it, and nothing takes it back.
CREATE TABLE record (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  uid  TEXT NOT NULL CHECK (length(uid) = 32)  -- 16 random bytes
) STRICT;
INSERT INTO record (id, uid) VALUES (1, lower(hex(randomblob(16))));

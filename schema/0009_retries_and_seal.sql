-- What writes that carried an identity were answered, so that one that comes again is answered with the same and not
-- done again. Not content: no history is kept of it. The oldest go, see answered_trim.
CREATE TABLE answered (
  id      INTEGER PRIMARY KEY,
  once    TEXT NOT NULL UNIQUE,  -- the identity that the caller made up
  at      INTEGER NOT NULL,
  asked   INTEGER NOT NULL,      -- a digest of method and parameters
  op      INTEGER,               -- the change that was stored; NULL: none
  answer  BLOB                   -- the result in msgpack; NULL: it was too large to keep
) STRICT;

-- To which state of the file the write-ahead log beside it belongs: daemon/store/db_seal.h. Not content either.
CREATE TABLE seal (
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  mark  BLOB NOT NULL
) STRICT;

-- What a person has beside hours and credentials: degrees, scores, years of work. Entered once, for every license that asks.
CREATE TABLE have (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  uid           TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (length(uid) = 32),
  kind          TEXT NOT NULL,
  title         TEXT NOT NULL,
  code          TEXT,                 -- of an exam, as 5312
  score         INTEGER,
  credit        INTEGER,              -- as of activities
  credit_unit   TEXT,
  level         TEXT,                 -- of a degree or a paper: master, initial
  place         TEXT,                 -- school, state or agency
  begun_on      TEXT,
  done_on       TEXT,                 -- its day, or the last one; NULL while it goes on
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

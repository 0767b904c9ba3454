-- What fills the views of pdh query (common/views.def has their columns and what they are), each under its name: the
-- rows from the records, and where they go in a database in memory that has nothing else. The rows of accepted, needs and
-- limits come from the rules, their amounts as exact integers: daemon/query/judged.c.

-- name: entries_table
CREATE TABLE entries (
  id INTEGER,
  day TEXT,
  first_day TEXT,
  title TEXT,
  hours REAL,
  amount REAL,
  unit TEXT,
  exact INTEGER,
  topic TEXT,
  kind TEXT,
  format TEXT,
  role TEXT,
  provider TEXT,
  provider_id TEXT,
  place TEXT,
  approval TEXT,
  course TEXT,
  note TEXT,
  planned INTEGER,
  duty INTEGER,
  scope TEXT,
  uid TEXT
) STRICT;

-- name: entries_rows
SELECT a.id, a.done_on, a.begun_on, a.title, CASE a.credit_unit WHEN 'hour' THEN a.credit / 3600000.0 END,
       a.credit / 3600000.0, a.credit_unit, a.credit,
       (SELECT group_concat(topic, ',') FROM (SELECT topic FROM activity_topic WHERE activity_id = a.id ORDER BY topic)),
       a.kind, a.format, a.role, a.provider, a.provider_id, a.place, a.approval, a.course, a.note, a.planned, a.duty,
       a.scope, a.uid
  FROM activity AS a
 ORDER BY a.id;

-- name: entries_insert
INSERT INTO entries VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22);

-- name: topics_table
CREATE TABLE topics (
  id INTEGER,
  name TEXT
) STRICT;

-- name: topics_rows
SELECT activity_id, topic FROM activity_topic ORDER BY activity_id, topic;

-- name: topics_insert
INSERT INTO topics VALUES (?1, ?2);

-- name: credentials_table
CREATE TABLE credentials (
  credential TEXT,
  title TEXT,
  jurisdiction TEXT,
  level TEXT,
  issued TEXT,
  expires TEXT,
  retired_on TEXT,
  pack TEXT,
  version TEXT,
  note TEXT
) STRICT;

-- name: credentials_rows
SELECT c.alias, c.title, c.jurisdiction, c.level, c.issued, y.ends, c.retired_on, r.pack, r.version, c.note
  FROM credential AS c
  LEFT JOIN cycle AS y ON y.credential_id = c.id AND y.closed_on IS NULL
  LEFT JOIN rule_set AS r ON r.id = y.rule_set_id
 ORDER BY c.alias;

-- name: credentials_insert
INSERT INTO credentials VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: cycles_table
CREATE TABLE cycles (
  credential TEXT,
  first_day TEXT,
  last_day TEXT,
  hours REAL,
  exact INTEGER,
  closed_on TEXT,
  pack TEXT,
  version TEXT
) STRICT;

-- name: cycles_rows
SELECT c.alias, y.begins, y.ends, y.required / 3600000.0, y.required, y.closed_on, r.pack, r.version
  FROM cycle AS y
  JOIN credential AS c ON c.id = y.credential_id
  JOIN rule_set AS r ON r.id = y.rule_set_id
 ORDER BY c.alias, y.begins, y.id;

-- name: cycles_insert
INSERT INTO cycles VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: items_table
CREATE TABLE items (
  id INTEGER,
  credential TEXT,
  title TEXT,
  kind TEXT,
  due TEXT,
  expires TEXT,
  done_on TEXT,
  months INTEGER,
  rule TEXT,
  note TEXT
) STRICT;

-- name: items_rows
SELECT i.id, c.alias, i.title, i.kind, i.due, i.expires, i.done_on, i.every, i.rule, i.note
  FROM item AS i
  JOIN credential AS c ON c.id = i.credential_id
 ORDER BY i.id;

-- name: items_insert
INSERT INTO items VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: have_table
CREATE TABLE have (
  id INTEGER,
  kind TEXT,
  title TEXT,
  code TEXT,
  score INTEGER,
  amount REAL,
  unit TEXT,
  exact INTEGER,
  level TEXT,
  place TEXT,
  first_day TEXT,
  day TEXT,
  expires TEXT,
  note TEXT,
  uid TEXT
) STRICT;

-- name: have_rows
SELECT id, kind, title, code, score, credit / 3600000.0, credit_unit, credit, level, place, begun_on, done_on, expires, note, uid
  FROM have
 ORDER BY id;

-- name: have_insert
INSERT INTO have VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15);

-- name: pursued_table
CREATE TABLE pursued (
  credential TEXT,
  pack TEXT,
  path TEXT,
  step TEXT,
  item INTEGER,
  title TEXT,
  kind TEXT,
  due TEXT,
  expires TEXT,
  done_on TEXT
) STRICT;

-- name: pursued_rows
SELECT c.alias, p.pack, p.path, s.step, i.id, i.title, i.kind, i.due, i.expires, i.done_on
  FROM pursuit AS p
  JOIN credential AS c ON c.id = p.credential_id
  JOIN item AS i ON i.credential_id = p.credential_id
  JOIN pursuit_step AS s ON s.item_id = i.id
 ORDER BY c.alias, i.id;

-- name: pursued_insert
INSERT INTO pursued VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: imports_table
CREATE TABLE imports (
  batch INTEGER,
  file TEXT,
  layout TEXT,
  version TEXT,
  line INTEGER,
  source_id TEXT,
  id INTEGER,
  removed INTEGER,
  day TEXT
) STRICT;

-- name: imports_rows
SELECT b.id, b.name, b.layout, b.layout_version, r.line, r.source_id, r.activity_id,
       NOT EXISTS (SELECT 1 FROM activity WHERE id = r.activity_id), b.imported_on
  FROM import_batch AS b
  JOIN import_row AS r ON r.batch_id = b.id
 ORDER BY r.id;

-- name: imports_insert
INSERT INTO imports VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: evidence_table
CREATE TABLE evidence (
  sha256 TEXT,
  file TEXT,
  size INTEGER,
  media_type TEXT,
  received_on TEXT,
  note TEXT,
  id INTEGER,
  item INTEGER,
  credential TEXT
) STRICT;

-- name: evidence_rows
SELECT e.sha256, e.name, e.size, e.media_type, e.received_on, e.note, o.activity_id, o.item_id, c.alias
  FROM evidence AS e
  LEFT JOIN evidence_of AS o ON o.evidence_id = e.id
  LEFT JOIN credential AS c ON c.id = o.credential_id
 ORDER BY e.id, o.id;

-- name: evidence_insert
INSERT INTO evidence VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: standing_table
CREATE TABLE standing (
  id INTEGER,
  credential TEXT,
  state TEXT,
  day TEXT,
  unit TEXT,
  hours REAL,
  exact INTEGER
) STRICT;

-- name: standing_rows
SELECT s.activity_id, c.alias, s.state, s.told_on, s.credit_unit, s.credit / 3600000.0, s.credit
  FROM standing AS s
  JOIN credential AS c ON c.id = s.credential_id
 ORDER BY s.activity_id, c.alias;

-- name: standing_insert
INSERT INTO standing VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: accepted_table
CREATE TABLE accepted (
  id INTEGER,
  credential TEXT,
  unit TEXT,
  hours REAL,
  exact INTEGER,
  cut REAL,
  cut_exact INTEGER,
  rule TEXT,
  why TEXT
) STRICT;

-- name: accepted_insert
INSERT INTO accepted VALUES (?1, ?2, ?3, ?4 / 3600000.0, ?4, ?5 / 3600000.0, ?5, ?6, ?7);

-- name: needs_table
CREATE TABLE needs (
  credential TEXT,
  rule TEXT,
  title TEXT,
  state TEXT,
  unit TEXT,
  hours REAL,
  exact INTEGER,
  required REAL,
  required_exact INTEGER,
  missing REAL,
  missing_exact INTEGER,
  first_day TEXT,
  last_day TEXT
) STRICT;

-- name: needs_insert
INSERT INTO needs VALUES (?1, ?2, ?3, ?4, ?5, ?6 / 3600000.0, ?6, ?7 / 3600000.0, ?7, ?8 / 3600000.0, ?8, ?9, ?10);

-- name: limits_table
CREATE TABLE limits (
  credential TEXT,
  rule TEXT,
  title TEXT,
  unit TEXT,
  hours REAL,
  exact INTEGER,
  at_most REAL,
  at_most_exact INTEGER,
  cut REAL,
  cut_exact INTEGER,
  first_day TEXT,
  last_day TEXT
) STRICT;

-- name: limits_insert
INSERT INTO limits VALUES (?1, ?2, ?3, ?4, ?5 / 3600000.0, ?5, ?6 / 3600000.0, ?6, ?7 / 3600000.0, ?7, ?8, ?9);

-- Every statement of the daemon but the migrations, each under its name. daemon/store/db.h makes Q_<name> of it.

-- ---- writes that come again -----------------------------------------------------------------------

-- name: answered_get
SELECT asked, op, answer FROM answered WHERE once = :once;

-- name: answered_insert
INSERT INTO answered (once, at, asked, op, answer) VALUES (:once, :at, :asked, :op, :answer);

-- name: answered_trim
DELETE FROM answered WHERE id <= (SELECT max(id) FROM answered) - :kept OR at < :since;

-- ---- the log beside the database -------------------------------------------------------------------

-- name: seal_get
SELECT mark FROM seal;

-- name: seal_set
INSERT INTO seal (id, mark) VALUES (1, :mark) ON CONFLICT (id) DO UPDATE SET mark = excluded.mark;

-- ---- history --------------------------------------------------------------------------------------

-- name: change_next
SELECT coalesce(max(id), 0) + 1 FROM change;

-- name: change_insert
INSERT INTO change (id, at, who, method, what, changeset, undoes)
VALUES (:id, :at, :who, :method, :what, :changeset, :undoes);

-- name: change_get
SELECT what, changeset, undoes, undone_by FROM change WHERE id = :id;

-- What undoing it will have to do, in bytes.
-- name: change_size
SELECT length(changeset) FROM change WHERE id = :id;

-- name: change_mark
UPDATE change SET undone_by = :undone_by WHERE id = :id;

-- The newest change that stands and takes nothing back.
-- name: change_last
SELECT id FROM change INDEXED BY change_stands
 WHERE undone_by IS NULL AND undoes IS NULL ORDER BY id DESC LIMIT 1;

-- The newest undo that stands, unless something else was written after it. An undo is a change that takes
-- back one that takes nothing back itself, and the one it took back says by which.
-- name: change_last_undone
SELECT undone_by FROM change INDEXED BY change_undone
 WHERE undoes IS NULL AND undone_by > (SELECT id FROM change INDEXED BY change_first_hand
                                        WHERE undoes IS NULL ORDER BY id DESC LIMIT 1)
 ORDER BY undone_by DESC LIMIT 1;

-- name: change_later
SELECT id, changeset FROM change WHERE id > :id AND undone_by IS NULL ORDER BY id DESC LIMIT 1000;

-- Later changes by methods that are about rows which pdh also writes by itself.
-- name: change_later_by_hand
SELECT changeset FROM change
 WHERE id > :id AND undone_by IS NULL AND (method LIKE 'item.%' OR method = 'credential.remove');

-- What was carried over from or to what is gone.
-- name: carried_orphans_clear
DELETE FROM carried
 WHERE cycle_id NOT IN (SELECT id FROM cycle) OR activity_id NOT IN (SELECT id FROM activity);

-- What the rules of a cycle asked for that is gone.
-- name: item_orphans
SELECT id FROM item WHERE cycle_id IS NOT NULL AND cycle_id NOT IN (SELECT id FROM cycle);

-- The columns of each foreign key.
-- name: table_parents
SELECT t.name, f.id, f."table", c.cid, f.on_delete = 'CASCADE'
  FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS f, pragma_table_info(t.name) AS c
 WHERE t.schema = 'main' AND c.name = f."from"
 ORDER BY t.name, f.id, f.seq;

-- The place of each column of a table in its key, or 0.
-- name: table_keys
SELECT pk FROM pragma_table_info(:name) ORDER BY cid;

-- name: credential_alias
SELECT alias FROM credential WHERE id = :id;

-- name: history_page
SELECT id AS op, at, who, method, what, undoes, undone_by FROM change
 WHERE :before IS NULL OR id < :before
 ORDER BY id DESC LIMIT :limit;

-- name: record_uid
SELECT uid FROM record WHERE id = 1;

-- ---- the person -----------------------------------------------------------------------------------

-- name: person_get
SELECT name FROM person WHERE id = 1;

-- name: person_set
INSERT INTO person (id, name) VALUES (1, :name)
ON CONFLICT (id) DO UPDATE SET name = excluded.name;

-- ---- rule sets: packs as they were when a cycle began ----------------------------------------------

-- name: rule_set_find
SELECT id, body FROM rule_set WHERE pack = :pack AND version = :version;

-- name: rule_set_versions
SELECT version FROM rule_set WHERE pack = :pack ORDER BY id;

-- name: rule_set_insert
INSERT INTO rule_set (pack, version, body) VALUES (:pack, :version, :body);

-- ---- credentials and the cycle they are judged in -------------------------------------------------

-- The cycle that the day :day lies in (the newest that has begun; else the oldest), or the open one
-- where :day is NULL.
-- name: held_all
SELECT c.id, c.alias, c.title, c.jurisdiction, c.level, c.number, c.issued, c.retired_on, c.note,
       y.id, y.begins, y.ends, y.required, y.closed_on, y.told, r.id, r.pack, r.version, r.body,
       EXISTS (SELECT 1 FROM pursuit AS p WHERE p.credential_id = c.id)
  FROM credential AS c
  JOIN cycle AS y ON y.id = CASE
         WHEN :day IS NULL THEN (SELECT id FROM cycle
                                  WHERE credential_id = c.id AND closed_on IS NULL)
         ELSE (SELECT id FROM cycle WHERE credential_id = c.id
                ORDER BY coalesce(begins, '') <= :day DESC,
                         CASE WHEN coalesce(begins, '') <= :day THEN begins END DESC, begins
                LIMIT 1)
       END
  JOIN rule_set AS r ON r.id = y.rule_set_id
 ORDER BY c.alias;

-- name: cycle_all
SELECT y.id, y.begins, y.ends, y.required, y.closed_on, y.told, r.id, r.pack, r.version, r.body
  FROM cycle AS y
  JOIN rule_set AS r ON r.id = y.rule_set_id
 WHERE y.credential_id = :credential_id
 ORDER BY y.closed_on IS NULL DESC, y.begins DESC, y.id DESC;

-- Those that ended before one that begins on :begins; none where that has no first day.
-- name: cycle_earlier
SELECT begins, ends FROM cycle
 WHERE credential_id = :credential_id AND coalesce(begins, '') < :begins
 ORDER BY begins;

-- name: credential_insert
INSERT INTO credential (alias, title, jurisdiction, level, number, issued, note)
VALUES (:alias, :title, :jurisdiction, :level, :number, :issued, :note);

-- name: credential_update
UPDATE credential
   SET alias = :alias, title = :title, jurisdiction = :jurisdiction, level = :level, number = :number,
       issued = :issued, note = :note
 WHERE id = :id;

-- name: credential_retire
UPDATE credential SET retired_on = :on WHERE id = :id;

-- name: credential_delete
DELETE FROM credential WHERE id = :id;

-- name: credential_aliases
SELECT alias FROM credential ORDER BY alias;

-- name: credential_has_history
SELECT (SELECT count(*) FROM cycle WHERE credential_id = :id AND closed_on IS NOT NULL)
     + (SELECT count(*) FROM item WHERE credential_id = :id)
     + (SELECT count(*) FROM activity_scope WHERE credential_id = :id);

-- name: endorsement_all
SELECT endorsement FROM credential_endorsement WHERE credential_id = :credential_id ORDER BY endorsement;

-- name: endorsement_insert
INSERT INTO credential_endorsement (credential_id, endorsement) VALUES (:credential_id, :endorsement)
ON CONFLICT DO NOTHING;

-- name: endorsement_clear
DELETE FROM credential_endorsement WHERE credential_id = :credential_id;

-- name: fact_all
SELECT name, value, nullif(begins, '') AS "from" FROM credential_fact WHERE credential_id = :credential_id
 ORDER BY name, begins;

-- name: fact_set
INSERT INTO credential_fact (credential_id, name, begins, value)
VALUES (:credential_id, :name, coalesce(:from, ''), :value)
ON CONFLICT (credential_id, name, begins) DO UPDATE SET value = excluded.value;

-- Every value from the day :since on, or of all days, where :from is NULL.
-- name: fact_clear
DELETE FROM credential_fact
 WHERE credential_id = :credential_id AND pdh_fold(name) = pdh_fold(:name) AND ((:from IS NULL AND begins >= coalesce(:since, '')) OR begins = :from);

-- name: cycle_insert
INSERT INTO cycle (credential_id, rule_set_id, begins, ends, required)
VALUES (:credential_id, :rule_set_id, :begins, :ends, :required);

-- One that was over before pdh kept the record.
-- name: cycle_enter
INSERT INTO cycle (credential_id, rule_set_id, begins, ends, required, closed_on, told)
VALUES (:credential_id, :rule_set_id, :begins, :ends, :required, :ends, 1);

-- name: cycle_update
UPDATE cycle SET begins = :begins, ends = :ends, required = :required WHERE id = :id;

-- name: cycle_adopt
UPDATE cycle SET rule_set_id = :rule_set_id WHERE id = :id;

-- name: cycle_close
UPDATE cycle SET closed_on = :closed_on WHERE id = :id;

-- What lies in some days and may count for every credential, with the words that rules ask about.
-- name: entries_common
SELECT id, done_on, credit, credit_unit, planned, kind, format, role, provider, duty,
       (SELECT group_concat(topic, char(31)) FROM (SELECT topic FROM activity_topic AS t
                                                     WHERE t.activity_id = a.id ORDER BY topic)),
       course, approval,
       (SELECT group_concat(topic || char(30) || credit, char(31))
          FROM (SELECT topic, credit FROM activity_part AS p WHERE p.activity_id = a.id ORDER BY topic)),
       scope = 'only'
  FROM activity AS a
 WHERE done_on >= :begins AND done_on <= :ends AND scope = 'all'
 ORDER BY done_on, id;

-- The same of what names credentials and may count for this one: those that name it, and those that name others as
-- the ones they do not count for.
-- name: entries_named
SELECT id, done_on, credit, credit_unit, planned, kind, format, role, provider, duty,
       (SELECT group_concat(topic, char(31)) FROM (SELECT topic FROM activity_topic AS t
                                                     WHERE t.activity_id = a.id ORDER BY topic)),
       course, approval,
       (SELECT group_concat(topic || char(30) || credit, char(31))
          FROM (SELECT topic, credit FROM activity_part AS p WHERE p.activity_id = a.id ORDER BY topic)),
       scope = 'only'
  FROM activity AS a
 WHERE id IN (SELECT activity_id FROM activity_scope WHERE credential_id = :credential_id
              UNION ALL
              SELECT id FROM activity WHERE scope = 'except' AND done_on >= :begins AND done_on <= :ends)
   AND done_on >= :begins AND done_on <= :ends AND scope <> 'all'
   AND (scope = 'only') = EXISTS (SELECT 1 FROM activity_scope AS s
                                   WHERE s.activity_id = a.id AND s.credential_id = :credential_id);

-- name: activity_is_carried
SELECT 1 FROM carried WHERE activity_id = :activity_id LIMIT 1;

-- What serves a cycle though it was done in another one.
-- name: cycle_carried
SELECT c.activity_id, c.part, c.origin, c.credit, c.general, a.kind, a.format, a.role, a.provider, a.duty,
       (SELECT group_concat(topic, char(31)) FROM (SELECT topic FROM activity_topic AS t
                                                     WHERE t.activity_id = a.id ORDER BY topic)),
       a.course, a.approval,
       (SELECT group_concat(topic || char(30) || credit, char(31))
          FROM (SELECT topic, credit FROM activity_part AS p WHERE p.activity_id = a.id ORDER BY topic))
  FROM carried AS c JOIN activity AS a ON a.id = c.activity_id
 WHERE c.cycle_id = :cycle_id
 ORDER BY c.activity_id, c.part;

-- What lies in a cycle and serves the one before.
-- name: cycle_held_back
SELECT c.activity_id, sum(c.credit)
  FROM carried AS c JOIN cycle AS y ON y.id = c.cycle_id
 WHERE y.credential_id = :credential_id AND y.id <> :cycle_id AND c.origin = 'late'
 GROUP BY c.activity_id ORDER BY c.activity_id;

-- name: carried_insert
INSERT INTO carried (cycle_id, activity_id, part, origin, credit, general)
VALUES (:cycle_id, :activity_id, :part, :origin, :credit, :general)
ON CONFLICT (cycle_id, activity_id, part) DO UPDATE SET credit = credit + excluded.credit;

-- name: carried_clear
DELETE FROM carried WHERE cycle_id = :cycle_id AND origin = :origin;

-- What days of grace gave to a cycle that is open.
-- name: carried_late_clear
DELETE FROM carried WHERE origin = 'late' AND cycle_id IN (SELECT id FROM cycle WHERE closed_on IS NULL);

-- name: carried_sum
SELECT coalesce(sum(credit), 0) FROM carried WHERE cycle_id = :cycle_id AND origin = 'carried';

-- Whether something done on a day or later may belong to a closed cycle.
-- name: cycle_touched
SELECT 1 FROM cycle WHERE max(coalesce(ends, ''), closed_on) >= :day LIMIT 1;

-- What no cycle of a credential counts: planned, tied to others or kept from it in its days, and what lies in no
-- cycle of it. :unnamed says whether it takes what names no credential.
-- name: left_out
SELECT id FROM (
  SELECT a.id, a.done_on, a.planned,
         (scope = 'only' OR :unnamed)
         AND (scope = 'all' OR (scope = 'only') = EXISTS (SELECT 1 FROM activity_scope AS s
                                                           WHERE s.activity_id = a.id
                                                             AND s.credential_id = :credential_id)) AS may
    FROM activity AS a)
 WHERE (planned OR done_on <= :day)
   AND CASE WHEN done_on >= coalesce(:begins, '') AND done_on <= coalesce(:ends, '9999') THEN planned OR NOT may
       ELSE may AND NOT EXISTS (SELECT 1 FROM cycle AS y
                                 WHERE y.credential_id = :credential_id
                                   AND coalesce(y.begins, '') <= done_on AND coalesce(y.ends, '9999') >= done_on)
       END
 ORDER BY done_on, id;

-- Changes when another connection changed the database.
-- name: data_version
PRAGMA data_version;

-- name: pause_all
SELECT begins AS "from", ends AS "to", why FROM pause WHERE credential_id = :credential_id ORDER BY begins;

-- name: pause_insert
INSERT INTO pause (credential_id, begins, ends, why) VALUES (:credential_id, :begins, :ends, :why);

-- name: pause_overlapping
SELECT id, begins, ends FROM pause
 WHERE credential_id = :credential_id AND begins <= coalesce(:ends, '9999')
   AND coalesce(ends, '9999') >= :begins
 ORDER BY begins LIMIT 1;

-- name: pause_end
UPDATE pause SET ends = :ends WHERE id = :id;

-- name: pause_delete
DELETE FROM pause WHERE id = :id;

-- ---- items ----------------------------------------------------------------------------------------

-- name: item_all
SELECT i.cycle_id, i.id, c.alias AS credential, i.title, i.kind, i.due, i.expires, i.done_on, i.note, i.every,
       i.rule, iif(i.due IS NULL AND i.done_on IS NULL, i.rule_due, NULL) AS was_due
  FROM item AS i JOIN credential AS c ON c.id = i.credential_id
 WHERE i.credential_id = :credential_id
 ORDER BY coalesce(i.due, i.expires, '9999'), i.id;

-- name: item_get
SELECT i.cycle_id, i.rule_due, i.id, c.alias AS credential, i.title, i.kind, i.due, i.expires, i.done_on, i.note,
       i.every, i.rule, iif(i.due IS NULL AND i.done_on IS NULL, i.rule_due, NULL) AS was_due
  FROM item AS i JOIN credential AS c ON c.id = i.credential_id
 WHERE i.id = :id;

-- Those that rules ask for.
-- name: item_made
SELECT id, rule, cycle_id, due, rule_due, done_on, every FROM item
 WHERE credential_id = :credential_id AND rule IS NOT NULL
 ORDER BY id;

-- name: item_make
INSERT INTO item (credential_id, title, kind, due, rule, cycle_id, rule_due, every)
VALUES (:credential_id, :title, :kind, :due, :rule, :cycle_id, :rule_due, :every);

-- name: item_remake
UPDATE item SET cycle_id = :cycle_id, due = :due, rule_due = :rule_due, every = :every WHERE id = :id;

-- name: item_unmake
DELETE FROM item WHERE cycle_id = :cycle_id AND rule = :rule AND done_on IS NULL;

-- name: item_insert
INSERT INTO item (credential_id, title, kind, due, expires, done_on, note)
VALUES (:credential_id, :title, :kind, :due, :expires, :done_on, :note);

-- name: item_update
UPDATE item SET title = :title, kind = :kind, due = :due, expires = :expires, done_on = :done_on,
                note = :note
 WHERE id = :id;

-- name: item_delete
DELETE FROM item WHERE id = :id;

-- ---- what a person has ----------------------------------------------------------------------------

-- name: have_all
SELECT id, kind, title, code, score, credit, credit_unit, level, place, begun_on AS "from", done_on AS "on", expires, note
  FROM have
 WHERE :kind IS NULL OR kind = :kind
 ORDER BY kind, coalesce(done_on, '9999'), id;

-- name: have_get
SELECT id, kind, title, code, score, credit, credit_unit, level, place, begun_on AS "from", done_on AS "on", expires, note
  FROM have
 WHERE id = :id;

-- name: have_insert
INSERT INTO have (kind, title, code, score, credit, credit_unit, level, place, begun_on, done_on, expires, note)
VALUES (:kind, :title, :code, :score, :credit, :credit_unit, :level, :place, :from, :on, :expires, :note);

-- name: have_update
UPDATE have SET kind = :kind, title = :title, code = :code, score = :score, credit = :credit,
                credit_unit = :credit_unit, level = :level, place = :place, begun_on = :from, done_on = :on,
                expires = :expires, note = :note
 WHERE id = :id;

-- name: have_delete
DELETE FROM have WHERE id = :id;

-- Items that are done, as if they had been entered.
-- name: have_items
SELECT CASE kind WHEN 'other' THEN 'course' ELSE kind END AS kind, title, done_on AS "on", expires
  FROM item WHERE done_on IS NOT NULL AND kind IN ('clearance', 'exam', 'course', 'other')
 ORDER BY id;

-- Credits of college that were logged: what they are of is their topics and their title.
-- name: have_logged
SELECT 'credits' AS kind, title || coalesce(', ' || (SELECT group_concat(topic, ', ') FROM activity_topic AS t
                                                      WHERE t.activity_id = a.id), '') AS title,
       credit, credit_unit, done_on AS "on"
  FROM activity AS a
 WHERE planned = 0 AND credit_unit IN ('semester hour', 'quarter hour') ORDER BY id;

-- name: have_in_use
SELECT id AS value, kind || ': ' || title AS about FROM have ORDER BY id DESC LIMIT 100;

-- name: event_have
SELECT kind || ' ' || title FROM have WHERE id = :id;

-- name: export_have
SELECT id, json_object('id', id, 'uid', uid, 'kind', kind, 'title', title, 'code', code, 'score', score,
         'credit', iif(credit IS NULL, NULL, json_object('exact', credit, 'unit', credit_unit)), 'level', level,
         'place', place, 'from', begun_on, 'on', done_on, 'expires', expires, 'note', note)
  FROM have
 WHERE id > :after ORDER BY id LIMIT :limit;

-- name: load_have
INSERT INTO have (id, uid, kind, title, code, score, credit, credit_unit, level, place, begun_on, done_on, expires, note)
VALUES (:id, :uid, :kind, :title, :code, :score, :credit, :credit_unit, :level, :place, :from, :on, :expires, :note)
ON CONFLICT (uid) DO NOTHING;

-- ---- what is pursued -------------------------------------------------------------------------------

-- name: pursuit_get
SELECT pack, path FROM pursuit WHERE credential_id = :credential_id;

-- name: pursuit_all
SELECT credential_id, pack, path FROM pursuit ORDER BY credential_id;

-- name: pursuit_insert
INSERT INTO pursuit (credential_id, pack, path) VALUES (:credential_id, :pack, :path);

-- name: pursuit_steps
SELECT step FROM pursuit_step AS p JOIN item AS i ON i.id = p.item_id WHERE i.credential_id = :credential_id ORDER BY i.id;

-- name: pursuit_done
SELECT step FROM pursuit_step AS p JOIN item AS i ON i.id = p.item_id
 WHERE i.credential_id = :credential_id AND i.done_on IS NOT NULL ORDER BY i.id;

-- name: pursuit_open
SELECT i.title FROM pursuit_step AS p JOIN item AS i ON i.id = p.item_id
 WHERE i.credential_id = :credential_id AND i.done_on IS NULL AND i.due IS NULL ORDER BY i.id;

-- name: pursuit_step_insert
INSERT INTO pursuit_step (item_id, step) VALUES (:item_id, :step);

-- name: pursuit_mark
UPDATE item SET done_on = coalesce(done_on, :on), expires = coalesce(:expires, expires)
 WHERE credential_id = :credential_id AND (done_on IS NULL OR (:expires IS NOT NULL AND expires IS NOT :expires))
   AND id IN (SELECT item_id FROM pursuit_step WHERE step = :step);

-- name: pursuit_drop
DELETE FROM item
 WHERE credential_id = :credential_id AND done_on IS NULL AND id IN (SELECT item_id FROM pursuit_step WHERE step = :step);

-- name: pursuit_later
UPDATE item SET due = :due
 WHERE credential_id = :credential_id AND done_on IS NULL AND id IN (SELECT item_id FROM pursuit_step WHERE step = :step);

-- What was not done, and is not due later.
-- name: pursuit_leave
DELETE FROM item
 WHERE credential_id = :credential_id AND done_on IS NULL AND due IS NULL AND id IN (SELECT item_id FROM pursuit_step);

-- name: pursuit_end
DELETE FROM pursuit WHERE credential_id = :credential_id;

-- name: export_pursuits
SELECT credential_id, json_object('credential', credential_id, 'pack', pack, 'path', path)
  FROM pursuit
 WHERE credential_id > :after AND (:credential IS NULL OR credential_id = :credential)
 ORDER BY credential_id LIMIT :limit;

-- name: load_pursuits
INSERT INTO pursuit (credential_id, pack, path) VALUES (:credential, :pack, :path) ON CONFLICT DO NOTHING;

-- name: export_pursuit_steps
SELECT item_id, json_object('item', item_id, 'step', step)
  FROM pursuit_step AS p JOIN item AS i ON i.id = p.item_id
 WHERE item_id > :after AND (:credential IS NULL OR i.credential_id = :credential)
 ORDER BY item_id LIMIT :limit;

-- name: load_pursuit_steps
INSERT INTO pursuit_step (item_id, step) VALUES (:item, :step) ON CONFLICT DO NOTHING;

-- ---- activities -----------------------------------------------------------------------------------

-- name: activity_insert
INSERT INTO activity (title, title_key, done_on, begun_on, credit, credit_unit, kind, format, role, provider,
                      note, planned, duty, scope, course, approval, provider_id, place, uid)
VALUES (:title, :title_key, :done_on, :from, :credit, :credit_unit, :kind, :format, :role, :provider,
        :note, :planned, :duty, :scope, :course, :approval, :provider_id, :place, lower(hex(randomblob(16))));

-- name: activity_update
UPDATE activity
   SET title = :title, title_key = :title_key, done_on = :done_on, begun_on = :from, credit = :credit,
       credit_unit = :credit_unit, kind = :kind, format = :format, role = :role,
       provider = :provider, note = :note, planned = :planned, duty = :duty, scope = :scope,
       course = :course, approval = :approval, provider_id = :provider_id, place = :place
 WHERE id = :id;

-- name: activity_day
SELECT done_on FROM activity WHERE id = :id;

-- Planned for a day that is over, the latest first.
-- name: activity_overdue
SELECT id, title, done_on FROM activity WHERE planned = 1 AND done_on < :today ORDER BY done_on DESC, id DESC;

-- name: activity_delete
DELETE FROM activity WHERE id = :id;

-- name: activity_get
SELECT id, title, done_on, begun_on AS "from", credit, credit_unit, kind, format, role, provider, note,
       planned, duty, scope, course, approval, provider_id, place
  FROM activity WHERE id = :id;

-- name: activity_title
SELECT title FROM activity WHERE id = :id;

-- name: activity_similar
SELECT id FROM activity WHERE title_key = :title_key AND done_on = :done_on AND id IS NOT :except LIMIT 1;

-- ---- proofs ----------------------------------------------------------------------------------------

-- name: evidence_get
SELECT id, sha256, size, media_type, name, received_on, note FROM evidence WHERE id = :id;

-- name: evidence_find
SELECT id, sha256, size, media_type, name, received_on, note FROM evidence WHERE sha256 = :sha256;

-- name: evidence_insert
INSERT INTO evidence (sha256, size, media_type, name, received_on, note)
VALUES (:sha256, :size, :media_type, :name, :received_on, :note);

-- name: evidence_set_note
UPDATE evidence SET note = :note WHERE id = :id;

-- name: evidence_delete
DELETE FROM evidence WHERE id = :id;

-- Oldest first, those after :after. Words are looked for in name, note, and what it proves.
-- name: evidence_page
SELECT id, sha256, size, media_type, name, received_on, note FROM evidence AS e
 WHERE id > :after
   AND (:text IS NULL
        OR pdh_finds(:text, name, note,
                     (SELECT group_concat(a.title, char(10)) FROM evidence_of AS o JOIN activity AS a ON a.id = o.activity_id
                       WHERE o.evidence_id = e.id),
                     (SELECT group_concat(i.title, char(10)) FROM evidence_of AS o JOIN item AS i ON i.id = o.item_id
                       WHERE o.evidence_id = e.id)))
 ORDER BY id;

-- name: evidence_next
SELECT id, sha256, size, media_type, name, received_on, note FROM evidence WHERE id > :after ORDER BY id LIMIT 1;

-- name: evidence_links
SELECT o.activity_id AS activity, o.item_id AS item, c.alias AS credential, coalesce(a.title, i.title, c.title) AS title,
       coalesce(a.done_on, i.done_on, i.due) AS day, NULL AS import
  FROM evidence_of AS o
  LEFT JOIN activity AS a ON a.id = o.activity_id
  LEFT JOIN item AS i ON i.id = o.item_id
  LEFT JOIN credential AS c ON c.id = coalesce(o.credential_id, i.credential_id)
 WHERE o.evidence_id = :evidence_id
UNION ALL
SELECT NULL, NULL, NULL, b.name, b.imported_on, b.id
  FROM import_file AS f JOIN import_batch AS b ON b.id = f.batch_id
 WHERE f.evidence_id = :evidence_id;

-- name: evidence_link
INSERT INTO evidence_of (evidence_id, activity_id, item_id, credential_id)
VALUES (:evidence_id, :activity_id, :item_id, :credential_id);

-- name: evidence_unlink
DELETE FROM evidence_of
 WHERE evidence_id = :evidence_id AND activity_id IS :activity_id AND item_id IS :item_id
   AND credential_id IS :credential_id;

-- name: evidence_is_linked
SELECT 1 FROM evidence_of
 WHERE evidence_id = :evidence_id AND activity_id IS :activity_id AND item_id IS :item_id
   AND credential_id IS :credential_id;

-- name: evidence_of_activity
SELECT e.id || ' ' || e.name FROM evidence_of AS o JOIN evidence AS e ON e.id = o.evidence_id
 WHERE o.activity_id = :activity_id ORDER BY e.id;

-- name: evidence_activities
SELECT DISTINCT activity_id FROM evidence_of WHERE activity_id IS NOT NULL ORDER BY activity_id;

-- name: proof_entry
SELECT title, kind FROM activity WHERE id = :id;

-- Whether what an activity says of credentials lets it count for this one.
-- name: proof_scope
SELECT 1 FROM activity AS a
 WHERE id = :activity_id
   AND (scope = 'all' OR (scope = 'only') = EXISTS (SELECT 1 FROM activity_scope AS s
                                                     WHERE s.activity_id = a.id AND s.credential_id = :credential_id));

-- Whether an entry that came from an import may count for this credential, of the days of a cycle.
-- name: evidence_import_counts
SELECT 1 FROM import_row AS r JOIN activity AS a ON a.id = r.activity_id
 WHERE r.batch_id = :import
   AND (:begins IS NULL OR a.done_on >= :begins) AND (:ends IS NULL OR a.done_on <= :ends)
   AND (scope = 'all' OR (scope = 'only') = EXISTS (SELECT 1 FROM activity_scope AS s
                                                     WHERE s.activity_id = a.id AND s.credential_id = :credential_id))
 LIMIT 1;

-- A file that was kept with its import alone is no proof.
-- name: evidence_any
SELECT 1 FROM evidence AS e
 WHERE NOT EXISTS (SELECT 1 FROM import_file WHERE evidence_id = e.id)
    OR EXISTS (SELECT 1 FROM evidence_of WHERE evidence_id = e.id) LIMIT 1;

-- name: evidence_sums
SELECT count(*), coalesce(sum(size), 0) FROM evidence;

-- Whether a change that somebody may still want to take back speaks of it.
-- name: evidence_changed
SELECT 1 FROM change WHERE at > :since AND instr(changeset, CAST(:sha256 AS BLOB)) > 0 LIMIT 1;

-- name: event_evidence
SELECT e.name || coalesce(' of ' || (
         SELECT group_concat(what, ', ')
           FROM (SELECT CASE WHEN o.activity_id IS NOT NULL THEN '#' || o.activity_id
                             WHEN o.item_id IS NOT NULL THEN 'item ' || o.item_id
                             ELSE c.alias END AS what
                   FROM evidence_of AS o LEFT JOIN credential AS c ON c.id = o.credential_id
                  WHERE o.evidence_id = e.id
                 UNION ALL
                 SELECT 'import ' || batch_id FROM import_file WHERE evidence_id = e.id)), '')
  FROM evidence AS e WHERE e.id = :id;

-- ---- files that activities came from -------------------------------------------------------------------

-- name: import_batch_insert
INSERT INTO import_batch (name, layout, layout_version, imported_on)
VALUES (:name, :layout, :layout_version, :imported_on);
-- name: import_left_insert
INSERT INTO import_left (batch_id, line, state, title, done_on, credit, credit_unit, activity_id, why)
VALUES (:batch_id, :line, :state, :title, :done_on, :credit, :credit_unit, :activity_id, :why);
-- name: import_batches
SELECT b.id AS batch, b.name AS file, b.layout, b.layout_version AS version, b.imported_on AS "on",
       (SELECT count(*) FROM import_row AS r WHERE r.batch_id = b.id AND r.made = 1) AS created,
       (SELECT count(*) FROM import_row AS r JOIN activity AS a ON a.id = r.activity_id
         WHERE r.batch_id = b.id AND r.made = 1) AS there,
       (SELECT count(*) FROM import_left AS l WHERE l.batch_id = b.id) AS left_out,
       (SELECT evidence_id FROM import_file AS f WHERE f.batch_id = b.id) AS evidence
  FROM import_batch AS b WHERE :before IS NULL OR b.id < :before ORDER BY b.id DESC LIMIT :limit;
-- name: import_batch_get
SELECT id, name, layout, layout_version, imported_on, f.evidence_id
  FROM import_batch LEFT JOIN import_file AS f ON f.batch_id = id WHERE id = :id;

-- name: import_file_insert
INSERT INTO import_file (batch_id, evidence_id) VALUES (:batch_id, :evidence_id);

-- The import that a file with these bytes was kept with, the last of several.
-- name: import_file_find
SELECT f.batch_id, e.id FROM evidence AS e JOIN import_file AS f ON f.evidence_id = e.id
 WHERE e.sha256 = :sha256 ORDER BY f.batch_id DESC LIMIT 1;

-- Where an activity came from, and the proof that the file is kept as.
-- name: import_origins
SELECT b.id, b.name, r.line, f.evidence_id
  FROM import_row AS r JOIN import_batch AS b ON b.id = r.batch_id LEFT JOIN import_file AS f ON f.batch_id = b.id
 WHERE r.activity_id = :activity_id ORDER BY b.id, r.id;
-- name: import_batch_rows
SELECT line, state, title, done_on, credit, credit_unit, id, why FROM (
  SELECT r.line, CASE WHEN r.made = 1 THEN 'new' ELSE 'have' END AS state, a.title, a.done_on, a.credit, a.credit_unit,
         r.activity_id AS id, CASE WHEN a.id IS NULL THEN 'it was removed since' END AS why, 2 * r.id AS nth
    FROM import_row AS r LEFT JOIN activity AS a ON a.id = r.activity_id WHERE r.batch_id = :batch_id
  UNION ALL
  SELECT line, state, title, done_on, credit, credit_unit, activity_id, why, 2 * id + 1
    FROM import_left WHERE batch_id = :batch_id)
 ORDER BY line IS NULL, line, nth LIMIT :limit OFFSET :skip;

-- name: import_row_insert
INSERT INTO import_row (batch_id, line, source_id, key, activity_id, made)
VALUES (:batch_id, :line, :source_id, :key, :activity_id, :made);

-- name: import_row_has
SELECT 1 FROM import_row WHERE activity_id = :activity_id AND key = :key LIMIT 1;

-- Rows of earlier files under one name of their source, the newest first, and whether their activity is still there.
-- name: import_rows_of_source
SELECT r.activity_id, r.key, a.id IS NOT NULL
  FROM import_row AS r JOIN import_batch AS b ON b.id = r.batch_id LEFT JOIN activity AS a ON a.id = r.activity_id
 WHERE r.source_id = :source_id AND b.layout = :layout
 ORDER BY a.id IS NULL, r.id DESC;

-- name: import_uid_keep
UPDATE activity SET uid = :uid WHERE id = :id AND NOT EXISTS (SELECT 1 FROM activity WHERE uid = :uid);
-- name: import_entry_of_uid
SELECT id FROM activity WHERE uid = :uid;

-- Rows of earlier files that said the same, those whose activity is there first.
-- name: import_rows_of_key
SELECT DISTINCT r.activity_id, a.id IS NOT NULL AS there
  FROM import_row AS r LEFT JOIN activity AS a ON a.id = r.activity_id
 WHERE r.key = :key
 ORDER BY there DESC, r.activity_id;

-- name: import_entries
SELECT id, title, title_key, done_on, credit, credit_unit, provider, course, planned
  FROM activity WHERE (done_on, id) > (:since, :after) AND done_on <= :until ORDER BY done_on, id LIMIT :limit;
-- Opening balances of one credential alone.
-- name: opening_clear
DELETE FROM activity
 WHERE kind = 'opening' AND scope = 'only' AND done_on >= :since AND done_on <= :until
   AND id IN (SELECT activity_id FROM activity_scope WHERE credential_id = :credential_id)
   AND (SELECT count(*) FROM activity_scope AS s WHERE s.activity_id = activity.id) = 1;
-- name: import_openings
SELECT a.id, a.done_on, a.credit, a.credit_unit, s.credential_id
  FROM activity AS a JOIN activity_scope AS s ON s.activity_id = a.id
 WHERE a.kind = 'opening' AND a.scope = 'only' AND a.planned = 0 AND a.done_on >= :since
 ORDER BY s.credential_id, a.done_on, a.id;

-- ---- listings -------------------------------------------------------------------------------------
-- A listing walks through the days from the newest on, which is best where much is found; or it takes what an index
-- knows of one filter (found_…, one of :by_topic, :by_kind, :by_plan and :by_provider), which is best where that is little.
-- daemon/record/activity_filter.c chooses.

-- Newest first; a page begins after (:after_day, :after_id).
-- name: activity_page
SELECT id, title, done_on, begun_on AS "from", credit, credit_unit, kind, format, role, provider, note,
       planned, duty, scope, course, approval, provider_id, place
  FROM activity AS a
 WHERE done_on >= :since AND done_on <= :until
   AND (:after_day IS NULL OR done_on < :after_day OR (done_on = :after_day AND id < :after_id))
   AND (:planned IS NULL OR planned = :planned)
   AND (:kind IS NULL OR kind IN (SELECT value FROM json_each(:kind)))
   AND (:provider IS NULL OR instr(pdh_fold(provider), :provider) > 0)
   AND (:unsubmitted IS NULL
        OR (planned = 0 AND coalesce(kind, '') <> 'opening'
            AND (scope = 'all'
                 OR (scope = 'only') = EXISTS (SELECT 1 FROM activity_scope AS c
                                                WHERE c.activity_id = a.id AND c.credential_id = :unsubmitted))
            AND NOT EXISTS (SELECT 1 FROM standing AS b WHERE b.activity_id = a.id
                               AND b.credential_id = :unsubmitted AND b.state <> 'differs')))
   AND (:topic IS NULL OR EXISTS (SELECT 1 FROM activity_topic AS t
                                   WHERE t.activity_id = a.id AND t.topic IN (SELECT value FROM json_each(:topic))))
 ORDER BY done_on DESC, id DESC
 LIMIT :limit;

-- name: found_page
SELECT id, title, done_on, begun_on AS "from", credit, credit_unit, kind, format, role, provider, note,
       planned, duty, scope, course, approval, provider_id, place
  FROM (SELECT activity_id AS id FROM activity_topic WHERE topic IN (SELECT value FROM json_each(:by_topic))
        UNION ALL
        SELECT id FROM activity WHERE kind IN (SELECT value FROM json_each(:by_kind))
        UNION ALL
        SELECT id FROM activity WHERE planned = 1 AND :by_plan
        UNION ALL
        SELECT id FROM activity WHERE provider IN (
          WITH RECURSIVE seen (value) AS (
            SELECT min(provider) FROM activity WHERE provider IS NOT NULL AND :by_provider IS NOT NULL
            UNION ALL
            SELECT (SELECT min(provider) FROM activity WHERE provider > seen.value) FROM seen
             WHERE seen.value IS NOT NULL
          )
          SELECT value FROM seen WHERE instr(pdh_fold(value), :by_provider) > 0)) AS f
  CROSS JOIN activity AS a USING (id)
 WHERE done_on >= :since AND done_on <= :until
   AND (:after_day IS NULL OR done_on < :after_day OR (done_on = :after_day AND id < :after_id))
   AND (:planned IS NULL OR planned = :planned)
   AND (:kind IS NULL OR kind IN (SELECT value FROM json_each(:kind)))
   AND (:provider IS NULL OR instr(pdh_fold(provider), :provider) > 0)
   AND (:unsubmitted IS NULL
        OR (planned = 0 AND coalesce(kind, '') <> 'opening'
            AND (scope = 'all'
                 OR (scope = 'only') = EXISTS (SELECT 1 FROM activity_scope AS c
                                                WHERE c.activity_id = a.id AND c.credential_id = :unsubmitted))
            AND NOT EXISTS (SELECT 1 FROM standing AS b WHERE b.activity_id = a.id
                               AND b.credential_id = :unsubmitted AND b.state <> 'differs')))
   AND (:topic IS NULL OR EXISTS (SELECT 1 FROM activity_topic AS t
                                   WHERE t.activity_id = a.id AND t.topic IN (SELECT value FROM json_each(:topic))))
 ORDER BY done_on DESC, id DESC
 LIMIT :limit;

-- name: activity_totals
SELECT credit_unit, sum(credit), count(*)
  FROM activity AS a
 WHERE done_on >= :since AND done_on <= :until AND planned = coalesce(:planned, 0)
   AND (:kind IS NULL OR kind IN (SELECT value FROM json_each(:kind)))
   AND (:provider IS NULL OR instr(pdh_fold(provider), :provider) > 0)
   AND (:unsubmitted IS NULL
        OR (planned = 0 AND coalesce(kind, '') <> 'opening'
            AND (scope = 'all'
                 OR (scope = 'only') = EXISTS (SELECT 1 FROM activity_scope AS c
                                                WHERE c.activity_id = a.id AND c.credential_id = :unsubmitted))
            AND NOT EXISTS (SELECT 1 FROM standing AS b WHERE b.activity_id = a.id
                               AND b.credential_id = :unsubmitted AND b.state <> 'differs')))
   AND (:topic IS NULL OR EXISTS (SELECT 1 FROM activity_topic AS t
                                   WHERE t.activity_id = a.id AND t.topic IN (SELECT value FROM json_each(:topic))))
 GROUP BY credit_unit
 ORDER BY credit_unit;

-- name: found_totals
SELECT credit_unit, sum(credit), count(*)
  FROM (SELECT activity_id AS id FROM activity_topic WHERE topic IN (SELECT value FROM json_each(:by_topic))
        UNION ALL
        SELECT id FROM activity WHERE kind IN (SELECT value FROM json_each(:by_kind))
        UNION ALL
        SELECT id FROM activity WHERE planned = 1 AND :by_plan
        UNION ALL
        SELECT id FROM activity WHERE provider IN (
          WITH RECURSIVE seen (value) AS (
            SELECT min(provider) FROM activity WHERE provider IS NOT NULL AND :by_provider IS NOT NULL
            UNION ALL
            SELECT (SELECT min(provider) FROM activity WHERE provider > seen.value) FROM seen
             WHERE seen.value IS NOT NULL
          )
          SELECT value FROM seen WHERE instr(pdh_fold(value), :by_provider) > 0)) AS f
  CROSS JOIN activity AS a USING (id)
 WHERE done_on >= :since AND done_on <= :until AND planned = coalesce(:planned, 0)
   AND (:kind IS NULL OR kind IN (SELECT value FROM json_each(:kind)))
   AND (:provider IS NULL OR instr(pdh_fold(provider), :provider) > 0)
   AND (:unsubmitted IS NULL
        OR (planned = 0 AND coalesce(kind, '') <> 'opening'
            AND (scope = 'all'
                 OR (scope = 'only') = EXISTS (SELECT 1 FROM activity_scope AS c
                                                WHERE c.activity_id = a.id AND c.credential_id = :unsubmitted))
            AND NOT EXISTS (SELECT 1 FROM standing AS b WHERE b.activity_id = a.id
                               AND b.credential_id = :unsubmitted AND b.state <> 'differs')))
   AND (:topic IS NULL OR EXISTS (SELECT 1 FROM activity_topic AS t
                                   WHERE t.activity_id = a.id AND t.topic IN (SELECT value FROM json_each(:topic))))
 GROUP BY credit_unit
 ORDER BY credit_unit;

-- The same of all that was done in some days: whole months as they were added up, and the days of the months at both
-- ends.
-- name: month_totals
SELECT credit_unit, sum(credit), sum(entries) FROM (
  SELECT credit_unit, credit, entries FROM activity_sum
   WHERE month > substr(:since, 1, 7) AND month < substr(:until, 1, 7) AND planned = coalesce(:planned, 0)
  UNION ALL
  SELECT credit_unit, credit, 1 FROM activity
   WHERE done_on >= :since AND done_on <= min(:until, substr(:since, 1, 7) || '-31')
     AND planned = coalesce(:planned, 0)
  UNION ALL
  SELECT credit_unit, credit, 1 FROM activity
   WHERE done_on >= substr(:until, 1, 7) AND done_on <= :until AND substr(:until, 1, 7) > substr(:since, 1, 7)
     AND planned = coalesce(:planned, 0))
 GROUP BY credit_unit
 ORDER BY credit_unit;

-- How many entries the months of some days have.
-- name: month_entries
SELECT coalesce(sum(entries), 0) FROM activity_sum
 WHERE month >= substr(:since, 1, 7) AND month <= substr(:until, 1, 7);

-- The topics, or the kinds, that are stored and read like a folded one, as a list of JSON.
-- name: topics_alike
WITH RECURSIVE seen (value) AS (
  SELECT min(topic) FROM activity_topic
  UNION ALL
  SELECT (SELECT min(topic) FROM activity_topic WHERE topic > seen.value) FROM seen
   WHERE seen.value IS NOT NULL
)
SELECT json_group_array(value) FROM seen WHERE pdh_fold(value) = :folded;

-- name: kinds_alike
WITH RECURSIVE seen (value) AS (
  SELECT min(kind) FROM activity WHERE kind IS NOT NULL
  UNION ALL
  SELECT (SELECT min(kind) FROM activity WHERE kind > seen.value) FROM seen
   WHERE seen.value IS NOT NULL
)
SELECT json_group_array(value) FROM seen WHERE pdh_fold(value) = :folded;

-- How many entries an index knows of a filter, counted up to :most.
-- name: found_by_topic
SELECT count(*) FROM (SELECT 1 FROM activity_topic WHERE topic IN (SELECT value FROM json_each(:value)) LIMIT :most);

-- name: found_by_plan
SELECT count(*) FROM (SELECT 1 FROM activity WHERE planned = 1 AND :value LIMIT :most);

-- name: found_by_kind
SELECT count(*) FROM (SELECT 1 FROM activity WHERE kind IN (SELECT value FROM json_each(:value)) LIMIT :most);

-- name: found_by_provider
SELECT count(*) FROM (
  SELECT 1 FROM activity WHERE provider IN (
    WITH RECURSIVE seen (value) AS (
      SELECT min(provider) FROM activity WHERE provider IS NOT NULL
      UNION ALL
      SELECT (SELECT min(provider) FROM activity WHERE provider > seen.value) FROM seen
       WHERE seen.value IS NOT NULL
    )
    SELECT value FROM seen WHERE instr(pdh_fold(value), :value) > 0)
   LIMIT :most);

-- What filters look at.
-- name: texts_all
SELECT id, done_on, credit, credit_unit, planned, duty, title, provider, note, kind, format, role, place, course, approval,
       provider_id,
       (SELECT group_concat(topic, char(10)) FROM activity_topic WHERE activity_id = a.id) AS topics
  FROM activity AS a;

-- name: texts_newest
SELECT id, done_on, credit, credit_unit, planned, duty, title, provider, note, kind, format, role, place, course, approval,
       provider_id,
       (SELECT group_concat(topic, char(10)) FROM activity_topic WHERE activity_id = a.id) AS topics
  FROM activity AS a
 ORDER BY done_on DESC, id DESC;

-- The entries that have a proof, those that do not count for a credential, and those that its board has or was sent.
-- name: ids_with_proof
SELECT DISTINCT activity_id FROM evidence_of WHERE activity_id IS NOT NULL ORDER BY 1;

-- name: ids_not_counting
SELECT id FROM activity AS a
 WHERE scope <> 'all'
   AND (scope = 'only') <> EXISTS (SELECT 1 FROM activity_scope AS c
                                    WHERE c.activity_id = a.id AND c.credential_id = :credential)
 ORDER BY id;

-- name: ids_not_to_submit
SELECT id FROM activity AS a
 WHERE scope <> 'all'
   AND (scope = 'only') <> EXISTS (SELECT 1 FROM activity_scope AS c
                                    WHERE c.activity_id = a.id AND c.credential_id = :credential)
UNION
SELECT activity_id FROM standing WHERE credential_id = :credential AND state <> 'differs'
 ORDER BY 1;

-- ---- reports --------------------------------------------------------------------------------------
-- What was done in some days, by a word of it and by unit; opening balances are summed by themselves.

-- name: hours_by_month
SELECT substr(done_on, 1, 7), credit_unit, sum(credit), count(*) FROM activity
 WHERE done_on >= :since AND done_on <= :until AND planned = 0 AND kind IS NOT 'opening'
 GROUP BY 1, 2 ORDER BY 1, 2;

-- name: hours_by_kind
SELECT kind, credit_unit, sum(credit), count(*) FROM activity
 WHERE done_on >= :since AND done_on <= :until AND planned = 0 AND kind IS NOT 'opening'
 GROUP BY 1, 2 ORDER BY 1, 2;

-- name: hours_by_provider
SELECT provider, credit_unit, sum(credit), count(*) FROM activity
 WHERE done_on >= :since AND done_on <= :until AND planned = 0 AND kind IS NOT 'opening'
 GROUP BY 1, 2 ORDER BY 1, 2;

-- name: hours_by_topic
SELECT t.topic, a.credit_unit, sum(a.credit), count(*)
  FROM activity AS a LEFT JOIN activity_topic AS t ON t.activity_id = a.id
 WHERE a.done_on >= :since AND a.done_on <= :until AND a.planned = 0 AND a.kind IS NOT 'opening'
 GROUP BY 1, 2 ORDER BY 1, 2;

-- name: hours_of_all
SELECT NULL, credit_unit, sum(credit), count(*) FROM activity
 WHERE done_on >= :since AND done_on <= :until AND planned = 0 AND kind IS NOT 'opening'
 GROUP BY 2 ORDER BY 2;

-- name: hours_of_openings
SELECT NULL, credit_unit, sum(credit), count(*) FROM activity
 WHERE done_on >= :since AND done_on <= :until AND planned = 0 AND kind = 'opening'
 GROUP BY 2 ORDER BY 2;

-- ---- what hangs on an activity --------------------------------------------------------------------

-- name: part_all
SELECT topic, credit FROM activity_part WHERE activity_id = :activity_id ORDER BY topic;

-- name: part_insert
INSERT INTO activity_part (activity_id, topic, credit) VALUES (:activity_id, :topic, :credit);

-- name: part_clear
DELETE FROM activity_part WHERE activity_id = :activity_id;

-- name: topic_all
SELECT topic FROM activity_topic WHERE activity_id = :activity_id ORDER BY topic;

-- name: topic_insert
INSERT INTO activity_topic (activity_id, topic) VALUES (:activity_id, :topic) ON CONFLICT DO NOTHING;

-- name: topic_clear
DELETE FROM activity_topic WHERE activity_id = :activity_id;

-- name: topic_used_twice
SELECT count(*) FROM (SELECT 1 FROM activity_topic WHERE topic = :topic LIMIT 2);

-- name: topic_count
SELECT count(*) FROM activity_topic WHERE topic = :topic;

-- name: scope_all
SELECT c.alias FROM activity_scope AS s JOIN credential AS c ON c.id = s.credential_id
 WHERE s.activity_id = :activity_id
 ORDER BY c.alias;

-- name: scope_insert
INSERT INTO activity_scope (activity_id, credential_id) VALUES (:activity_id, :credential_id)
ON CONFLICT DO NOTHING;

-- name: scope_clear
DELETE FROM activity_scope WHERE activity_id = :activity_id;

-- ---- everything, as lines of JSON --------------------------------------------------------------------
-- daemon/transfer/parts.def. The first column is the place after the line: an id, or how many lines went before. Keys
-- are those of that list, in its order.

-- name: export_person
SELECT id, json_object('name', name) FROM person WHERE id > :after LIMIT :limit;

-- Those that cycles are pinned to, whatever else was known once.
-- name: export_rules
SELECT NULL, json_object('pack', pack, 'version', version, 'body', body)
  FROM rule_set AS r
 WHERE EXISTS (SELECT 1 FROM cycle WHERE rule_set_id = r.id AND (:credential IS NULL OR credential_id = :credential))
 ORDER BY pack, version LIMIT :limit OFFSET :after;

-- name: export_credentials
SELECT id, json_object('id', id, 'alias', alias, 'title', title, 'jurisdiction', jurisdiction, 'level', level,
         'number', number, 'issued', issued, 'retired_on', retired_on, 'note', note,
         'endorsements', (SELECT json_group_array(endorsement) FROM (SELECT endorsement FROM credential_endorsement
                                                                      WHERE credential_id = c.id ORDER BY endorsement)))
  FROM credential AS c
 WHERE id > :after AND (:credential IS NULL OR id = :credential)
 ORDER BY id LIMIT :limit;

-- name: export_facts
SELECT NULL, json_object('credential', credential_id, 'name', name, 'from', nullif(begins, ''), 'value', value)
  FROM credential_fact
 WHERE :credential IS NULL OR credential_id = :credential
 ORDER BY credential_id, name, begins LIMIT :limit OFFSET :after;

-- name: export_cycles
SELECT y.id, json_object('id', y.id, 'credential', credential_id, 'pack', pack, 'version', version, 'begins', begins,
         'ends', ends, 'required', required, 'closed_on', closed_on, 'told', iif(told, json('true'), NULL))
  FROM cycle AS y JOIN rule_set AS r ON r.id = y.rule_set_id
 WHERE y.id > :after AND (:credential IS NULL OR credential_id = :credential)
 ORDER BY y.id LIMIT :limit;

-- name: export_pauses
SELECT id, json_object('id', id, 'credential', credential_id, 'from', begins, 'to', ends, 'why', why)
  FROM pause
 WHERE id > :after AND (:credential IS NULL OR credential_id = :credential)
 ORDER BY id LIMIT :limit;

-- name: export_items
SELECT id, json_object('id', id, 'credential', credential_id, 'cycle', cycle_id, 'rule', rule, 'title', title,
         'kind', kind, 'due', due, 'rule_due', rule_due, 'expires', expires, 'done_on', done_on, 'every', every,
         'note', note)
  FROM item
 WHERE id > :after AND (:credential IS NULL OR credential_id = :credential)
 ORDER BY id LIMIT :limit;

-- name: export_activities
SELECT id, json_object('id', id, 'uid', uid, 'title', title, 'done_on', done_on, 'from', begun_on,
         'credit', json_object('exact', credit, 'unit', credit_unit), 'kind', kind, 'format', format, 'role', role,
         'topics', (SELECT json_group_array(topic) FROM (SELECT topic FROM activity_topic
                                                          WHERE activity_id = a.id ORDER BY topic)),
         'provider', provider, 'provider_id', provider_id, 'place', place, 'approval', approval, 'course', course,
         'split', (SELECT json_group_array(json_object('topic', topic, 'exact', credit))
                     FROM (SELECT topic, credit FROM activity_part WHERE activity_id = a.id ORDER BY topic)),
         'note', note, 'planned', json(iif(planned, 'true', 'false')), 'duty', json(iif(duty, 'true', 'false')),
         'scope', scope,
         'credentials', (SELECT json_group_array(credential_id)
                           FROM (SELECT credential_id FROM activity_scope
                                  WHERE activity_id = a.id ORDER BY credential_id)))
  FROM activity AS a
 WHERE id > :after AND (:from IS NULL OR done_on >= :from) AND (:to IS NULL OR done_on <= :to) AND (:ids IS NULL OR a.id IN (SELECT value FROM json_each(:ids)))
   AND (:credential IS NULL OR scope = 'all'
        OR (scope = 'only') = EXISTS (SELECT 1 FROM activity_scope
                                       WHERE activity_id = a.id AND credential_id = :credential))
 ORDER BY id LIMIT :limit;

-- name: export_carried
SELECT NULL, json_object('cycle', cycle_id, 'activity', activity_id, 'part', part, 'origin', origin, 'credit', c.credit,
         'general', json(iif(general, 'true', 'false')))
  FROM carried AS c JOIN cycle AS y ON y.id = c.cycle_id JOIN activity AS a ON a.id = c.activity_id
 WHERE (:credential IS NULL OR y.credential_id = :credential)
   AND (:from IS NULL OR done_on >= :from) AND (:to IS NULL OR done_on <= :to) AND (:ids IS NULL OR a.id IN (SELECT value FROM json_each(:ids)))
 ORDER BY cycle_id, activity_id, part LIMIT :limit OFFSET :after;

-- name: export_usual
SELECT id, json_object('lead', lead, 'after', after, 'minute', minute, 'channels', channels, 'quiet', quiet, 'skip', skip)
  FROM reminder_usual WHERE id > :after LIMIT :limit;

-- name: export_policies
SELECT credential_id, json_object('credential', credential_id, 'lead', lead, 'after', after, 'minute', minute,
         'channels', channels, 'quiet', quiet, 'skip', skip)
  FROM reminder_policy
 WHERE credential_id > :after AND (:credential IS NULL OR credential_id = :credential)
 ORDER BY credential_id LIMIT :limit;

-- name: export_answers
SELECT NULL, json_object('credential', credential_id, 'item', nullif(item_id, 0), 'day', day, 'rung', rung,
         'acked_at', acked_at, 'snoozed_until', snoozed_until)
  FROM reminder
 WHERE :credential IS NULL OR credential_id = :credential
 ORDER BY credential_id, item_id, day, rung LIMIT :limit OFFSET :after;

-- name: export_imports
SELECT id, json_object('id', id, 'name', name, 'layout', layout, 'version', layout_version, 'imported_on', imported_on)
  FROM import_batch AS b
 WHERE id > :after
   AND ((:credential IS NULL AND :from IS NULL AND :to IS NULL AND :ids IS NULL)
        OR EXISTS (SELECT 1 FROM import_row AS r JOIN activity AS a ON a.id = r.activity_id
                    WHERE r.batch_id = b.id AND (:from IS NULL OR done_on >= :from) AND (:to IS NULL OR done_on <= :to) AND (:ids IS NULL OR a.id IN (SELECT value FROM json_each(:ids)))
                      AND (:credential IS NULL OR scope = 'all'
                           OR (scope = 'only') = EXISTS (SELECT 1 FROM activity_scope AS s
                                                          WHERE s.activity_id = a.id AND s.credential_id = :credential))))
 ORDER BY id LIMIT :limit;

-- name: export_import_rows
SELECT id, json_object('id', id, 'import', batch_id, 'line', line, 'source_id', source_id, 'key', key,
         'activity', activity_id, 'made', json(iif(made, 'true', 'false')))
  FROM import_row AS r
 WHERE id > :after
   AND ((:credential IS NULL AND :from IS NULL AND :to IS NULL AND :ids IS NULL)
        OR EXISTS (SELECT 1 FROM activity AS a
                    WHERE a.id = r.activity_id AND (:from IS NULL OR done_on >= :from) AND (:to IS NULL OR done_on <= :to) AND (:ids IS NULL OR a.id IN (SELECT value FROM json_each(:ids)))
                      AND (:credential IS NULL OR scope = 'all'
                           OR (scope = 'only') = EXISTS (SELECT 1 FROM activity_scope AS s
                                                          WHERE s.activity_id = a.id AND s.credential_id = :credential))))
 ORDER BY id LIMIT :limit;

-- name: export_standing
SELECT NULL, json_object('activity', s.activity_id, 'credential', s.credential_id, 'state', state, 'told_on', told_on,
         'credit', json(iif(s.credit IS NULL, NULL, json_object('exact', s.credit, 'unit', s.credit_unit))))
  FROM standing AS s JOIN activity AS a ON a.id = s.activity_id
 WHERE (:credential IS NULL OR s.credential_id = :credential)
   AND (:from IS NULL OR done_on >= :from) AND (:to IS NULL OR done_on <= :to) AND (:ids IS NULL OR a.id IN (SELECT value FROM json_each(:ids)))
 ORDER BY s.activity_id, s.credential_id LIMIT :limit OFFSET :after;

-- name: export_import_left
SELECT id, json_object('id', id, 'import', batch_id, 'line', line, 'state', state, 'title', title, 'done_on', done_on,
         'credit', json(iif(credit IS NULL, NULL, json_object('exact', credit, 'unit', credit_unit))),
         'activity', activity_id, 'why', why)
  FROM import_left
 WHERE id > :after AND :credential IS NULL AND :from IS NULL AND :to IS NULL AND :ids IS NULL
 ORDER BY id LIMIT :limit;

-- A line is stored under its own id where nothing is stored, and under a new one elsewhere: :id is NULL then.

-- name: load_person
INSERT INTO person (id, name) VALUES (1, :name) ON CONFLICT (id) DO UPDATE SET name = excluded.name;

-- name: load_rules
INSERT INTO rule_set (pack, version, body) VALUES (:pack, :version, :body) ON CONFLICT DO NOTHING;

-- name: load_credentials
INSERT INTO credential (id, alias, title, jurisdiction, level, number, issued, retired_on, note)
VALUES (:id, :alias, :title, :jurisdiction, :level, :number, :issued, :retired_on, :note);

-- name: load_facts
INSERT INTO credential_fact (credential_id, name, begins, value)
VALUES (:credential, :name, coalesce(:from, ''), :value);

-- name: load_cycles
INSERT INTO cycle (id, credential_id, rule_set_id, begins, ends, required, closed_on, told)
VALUES (:id, :credential, (SELECT id FROM rule_set WHERE pack = :pack AND version = :version), :begins, :ends, :required,
        :closed_on, coalesce(:told, 0));

-- name: load_pauses
INSERT INTO pause (id, credential_id, begins, ends, why) VALUES (:id, :credential, :from, :to, :why);

-- name: load_items
INSERT INTO item (id, credential_id, cycle_id, rule, title, kind, due, rule_due, expires, done_on, every, note)
VALUES (:id, :credential, :cycle, :rule, :title, :kind, :due, :rule_due, :expires, :done_on, :every, :note);

-- name: load_activities
INSERT INTO activity (id, uid, title, title_key, done_on, begun_on, credit, credit_unit, kind, format, role, provider,
                      provider_id, place, approval, course, note, planned, duty, scope)
VALUES (:id, :uid, :title, :title_key, :done_on, :from, :credit, :credit_unit, :kind, :format, :role, :provider,
        :provider_id, :place, :approval, :course, :note, :planned, :duty, :scope)
ON CONFLICT (uid) DO UPDATE
   SET title = excluded.title, title_key = excluded.title_key, done_on = excluded.done_on, begun_on = excluded.begun_on,
       credit = excluded.credit, credit_unit = excluded.credit_unit, kind = excluded.kind, format = excluded.format,
       role = excluded.role, provider = excluded.provider, provider_id = excluded.provider_id, place = excluded.place,
       approval = excluded.approval, course = excluded.course, note = excluded.note, planned = excluded.planned,
       duty = excluded.duty, scope = excluded.scope;

-- name: load_carried
INSERT INTO carried (cycle_id, activity_id, part, origin, credit, general)
VALUES (:cycle, :activity, :part, :origin, :credit, :general);

-- name: load_usual
INSERT INTO reminder_usual (id, lead, after, minute, channels, quiet, skip)
VALUES (1, :lead, :after, :minute, :channels, :quiet, :skip);

-- name: load_policies
INSERT INTO reminder_policy (credential_id, lead, after, minute, channels, quiet, skip)
VALUES (:credential, :lead, :after, :minute, :channels, :quiet, :skip);

-- name: load_answers
INSERT INTO reminder (credential_id, item_id, day, rung, acked_at, snoozed_until)
VALUES (:credential, coalesce(:item, 0), :day, :rung, :acked_at, :snoozed_until);

-- name: load_imports
INSERT INTO import_batch (id, name, layout, layout_version, imported_on)
VALUES (:id, :name, :layout, :version, :imported_on);

-- name: load_import_rows
INSERT INTO import_row (id, batch_id, line, source_id, key, activity_id, made)
VALUES (:id, :import, :line, :source_id, :key, :activity, :made);

-- name: load_import_left
INSERT INTO import_left (id, batch_id, line, state, title, done_on, credit, credit_unit, activity_id, why)
VALUES (:id, :import, :line, :state, :title, :done_on, :credit, :credit_unit, :activity, :why);

-- name: load_standing
INSERT INTO standing (activity_id, credential_id, state, told_on, credit, credit_unit)
VALUES (:activity, :credential, :state, :told_on, :credit, :credit_unit) ON CONFLICT DO NOTHING;

-- name: load_evidence
INSERT INTO evidence (id, sha256, size, media_type, name, received_on, note)
VALUES (:id, :sha256, :size, :media_type, :name, :received_on, :note);

-- name: load_evidence_of
INSERT INTO evidence_of (id, evidence_id, activity_id, item_id, credential_id)
VALUES (:id, :evidence, :activity, :item, :credential) ON CONFLICT DO NOTHING;

-- name: load_import_files
INSERT INTO import_file (batch_id, evidence_id) VALUES (:import, :evidence) ON CONFLICT DO NOTHING;

-- name: load_sha256
SELECT id FROM evidence WHERE sha256 = :sha256;

-- Whether nothing is stored that an export has, but for the person's name.
-- name: load_begins
SELECT NOT EXISTS (SELECT 1 FROM credential) AND NOT EXISTS (SELECT 1 FROM activity)
   AND NOT EXISTS (SELECT 1 FROM import_batch) AND NOT EXISTS (SELECT 1 FROM reminder_usual)
   AND NOT EXISTS (SELECT 1 FROM have);

-- name: load_uid
SELECT id FROM activity WHERE uid = :uid;

-- name: load_alias
SELECT id FROM credential WHERE alias = :alias;

-- name: load_has_usual
SELECT 1 FROM reminder_usual;

-- name: load_rule_set
SELECT 1 FROM rule_set WHERE pack = :pack AND version = :version;

-- A credential that nothing could be asked about.
-- name: load_unfit
SELECT alias FROM credential AS c
 WHERE NOT EXISTS (SELECT 1 FROM cycle WHERE credential_id = c.id AND closed_on IS NULL) LIMIT 1;

-- Numbers that rows name which are gone are not given again: what named the one would name the other.
-- name: load_begin_sequence
INSERT INTO sqlite_sequence (name, seq)
SELECT :name, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name);

-- name: load_keep_credentials
UPDATE sqlite_sequence SET seq = max(seq, (SELECT coalesce(max(credential_id), 0) FROM activity_scope))
 WHERE name = 'credential';

-- name: load_keep_activities
UPDATE sqlite_sequence SET seq = max(seq, (SELECT coalesce(max(activity_id), 0) FROM import_row)) WHERE name = 'activity';

-- name: load_keep_items
UPDATE sqlite_sequence SET seq = max(seq, (SELECT coalesce(max(item_id), 0) FROM reminder)) WHERE name = 'item';
-- What a part of the records proves: of the activities, items and credentials that are in it.
-- name: export_evidence
SELECT id, json_object('id', id, 'sha256', sha256, 'size', size, 'media_type', media_type, 'name', name,
         'received_on', received_on, 'note', note)
  FROM evidence AS e
 WHERE id > :after
   AND ((:credential IS NULL AND :from IS NULL AND :to IS NULL AND :ids IS NULL)
        OR EXISTS (SELECT 1 FROM evidence_of AS o
                     LEFT JOIN activity AS a ON a.id = o.activity_id
                     LEFT JOIN item AS i ON i.id = o.item_id
                    WHERE o.evidence_id = e.id
                      AND CASE WHEN o.activity_id IS NULL
                               THEN :credential IS NULL OR coalesce(o.credential_id, i.credential_id) = :credential
                               ELSE (:from IS NULL OR a.done_on >= :from) AND (:to IS NULL OR a.done_on <= :to) AND (:ids IS NULL OR a.id IN (SELECT value FROM json_each(:ids)))
                                    AND (:credential IS NULL OR a.scope = 'all'
                                         OR (a.scope = 'only') = EXISTS (SELECT 1 FROM activity_scope AS s
                                                                          WHERE s.activity_id = a.id
                                                                            AND s.credential_id = :credential))
                          END)
        OR EXISTS (SELECT 1 FROM import_file AS f JOIN import_row AS r ON r.batch_id = f.batch_id
                     JOIN activity AS a ON a.id = r.activity_id
                    WHERE f.evidence_id = e.id AND (:from IS NULL OR a.done_on >= :from) AND (:to IS NULL OR a.done_on <= :to) AND (:ids IS NULL OR a.id IN (SELECT value FROM json_each(:ids)))
                      AND (:credential IS NULL OR a.scope = 'all'
                           OR (a.scope = 'only') = EXISTS (SELECT 1 FROM activity_scope AS s
                                                            WHERE s.activity_id = a.id AND s.credential_id = :credential))))
 ORDER BY id LIMIT :limit;

-- Where the import is in it, so is its file.
-- name: export_import_files
SELECT batch_id, json_object('import', batch_id, 'evidence', evidence_id)
  FROM import_file AS f
 WHERE batch_id > :after
   AND ((:credential IS NULL AND :from IS NULL AND :to IS NULL AND :ids IS NULL)
        OR EXISTS (SELECT 1 FROM import_row AS r JOIN activity AS a ON a.id = r.activity_id
                    WHERE r.batch_id = f.batch_id AND (:from IS NULL OR a.done_on >= :from) AND (:to IS NULL OR a.done_on <= :to) AND (:ids IS NULL OR a.id IN (SELECT value FROM json_each(:ids)))
                      AND (:credential IS NULL OR a.scope = 'all'
                           OR (a.scope = 'only') = EXISTS (SELECT 1 FROM activity_scope AS s
                                                            WHERE s.activity_id = a.id AND s.credential_id = :credential))))
 ORDER BY batch_id LIMIT :limit;

-- name: export_evidence_of
SELECT o.id, json_object('id', o.id, 'evidence', evidence_id, 'activity', activity_id, 'item', item_id,
         'credential', o.credential_id)
  FROM evidence_of AS o
  LEFT JOIN activity AS a ON a.id = o.activity_id
  LEFT JOIN item AS i ON i.id = o.item_id
 WHERE o.id > :after
   AND CASE WHEN o.activity_id IS NULL
            THEN :credential IS NULL OR coalesce(o.credential_id, i.credential_id) = :credential
            ELSE (:from IS NULL OR a.done_on >= :from) AND (:to IS NULL OR a.done_on <= :to) AND (:ids IS NULL OR a.id IN (SELECT value FROM json_each(:ids)))
                 AND (:credential IS NULL OR a.scope = 'all'
                      OR (a.scope = 'only') = EXISTS (SELECT 1 FROM activity_scope AS s
                                                       WHERE s.activity_id = a.id AND s.credential_id = :credential))
       END
 ORDER BY o.id LIMIT :limit;

-- The last change, which says whether two pages are of one state.
-- name: export_at
SELECT coalesce(max(id), 0) FROM change;

-- ---- values in use, for completion and for slips ---------------------------------------------------
-- Each walks an index from value to value, so the cost follows the number of values, not of rows.

-- name: topics_in_use
WITH RECURSIVE seen (value) AS (
  SELECT min(topic) FROM activity_topic
  UNION ALL
  SELECT (SELECT min(topic) FROM activity_topic WHERE topic > seen.value) FROM seen
   WHERE seen.value IS NOT NULL
)
SELECT value FROM seen WHERE value IS NOT NULL LIMIT 1000;

-- name: providers_in_use
WITH RECURSIVE seen (value) AS (
  SELECT min(provider) FROM activity WHERE provider IS NOT NULL
  UNION ALL
  SELECT (SELECT min(provider) FROM activity WHERE provider > seen.value) FROM seen
   WHERE seen.value IS NOT NULL
)
SELECT value FROM seen WHERE value IS NOT NULL LIMIT 1000;

-- name: kinds_in_use
WITH RECURSIVE seen (value) AS (
  SELECT min(kind) FROM activity WHERE kind IS NOT NULL
  UNION ALL
  SELECT (SELECT min(kind) FROM activity WHERE kind > seen.value) FROM seen
   WHERE seen.value IS NOT NULL
)
SELECT value FROM seen WHERE value IS NOT NULL LIMIT 1000;

-- name: formats_in_use
SELECT DISTINCT format AS value FROM activity WHERE format IS NOT NULL ORDER BY format LIMIT 1000;

-- name: roles_in_use
SELECT DISTINCT role AS value FROM activity WHERE role IS NOT NULL ORDER BY role LIMIT 1000;

-- name: places_in_use
SELECT DISTINCT place AS value FROM activity WHERE place IS NOT NULL ORDER BY place LIMIT 1000;

-- name: courses_in_use
SELECT DISTINCT course AS value FROM activity WHERE course IS NOT NULL ORDER BY course LIMIT 1000;

-- name: provider_ids_in_use
SELECT DISTINCT provider_id AS value FROM activity WHERE provider_id IS NOT NULL ORDER BY provider_id LIMIT 1000;

-- name: imports_recent
SELECT id AS value, name AS about FROM import_batch ORDER BY id DESC LIMIT 50;

-- name: activities_recent
SELECT id AS value, title AS about FROM activity ORDER BY id DESC LIMIT 50;

-- name: changes_recent
SELECT id AS value, what AS about FROM change ORDER BY id DESC LIMIT 50;

-- name: subjects_in_use
SELECT * FROM (SELECT alias AS value, title AS about FROM credential ORDER BY alias)
UNION ALL
SELECT * FROM (SELECT id, title FROM activity ORDER BY id DESC LIMIT 50);

-- name: proofs_in_use
SELECT id AS value, name AS about FROM evidence ORDER BY id DESC LIMIT 100;

-- name: items_in_use
SELECT i.id AS value, c.alias || ': ' || i.title AS about
  FROM item AS i JOIN credential AS c ON c.id = i.credential_id
 ORDER BY i.id DESC LIMIT 100;

-- name: aliases_in_use
SELECT alias AS value, title AS about FROM credential ORDER BY alias;

-- ---- reminders ------------------------------------------------------------------------------------

-- name: reminder_said
SELECT item_id, day, rung, acked_at, snoozed_until, NULL FROM reminder WHERE credential_id = :credential_id
UNION ALL
SELECT item_id, day, rung, NULL, NULL, shown_at FROM reminder_shown WHERE credential_id = :credential_id;

-- name: reminder_ack
INSERT INTO reminder (credential_id, item_id, day, rung, acked_at) VALUES (:credential_id, :item_id, :day, :rung, :at)
ON CONFLICT DO UPDATE SET acked_at = excluded.acked_at, snoozed_until = NULL;

-- name: reminder_snooze
INSERT INTO reminder (credential_id, item_id, day, rung, snoozed_until)
VALUES (:credential_id, :item_id, :day, :rung, :until)
ON CONFLICT DO UPDATE SET snoozed_until = excluded.snoozed_until, acked_at = NULL;

-- name: reminder_show
INSERT INTO reminder_shown (credential_id, item_id, day, rung, shown_at)
VALUES (:credential_id, :item_id, :day, :rung, :at)
ON CONFLICT DO UPDATE SET shown_at = excluded.shown_at;

-- name: reminder_policy_get
SELECT p.lead, p.after, p.minute, p.channels, p.quiet, p.skip, u.lead, u.after, u.minute, u.channels, u.quiet, u.skip
FROM (SELECT 1) LEFT JOIN reminder_policy AS p ON p.credential_id = :credential_id
LEFT JOIN reminder_usual AS u ON u.id = 1;

-- name: reminder_policy_set
INSERT INTO reminder_policy (credential_id, lead, after, minute, channels, quiet, skip)
VALUES (:credential_id, :lead, :after, :minute, :channels, :quiet, :skip)
ON CONFLICT DO UPDATE SET lead = excluded.lead, after = excluded.after, minute = excluded.minute,
  channels = excluded.channels, quiet = excluded.quiet, skip = excluded.skip;

-- name: reminder_policy_unset
DELETE FROM reminder_policy WHERE credential_id = :credential_id;

-- name: reminder_usual_set
INSERT INTO reminder_usual (id, lead, after, minute, channels, quiet, skip)
VALUES (1, :lead, :after, :minute, :channels, :quiet, :skip)
ON CONFLICT DO UPDATE SET lead = excluded.lead, after = excluded.after, minute = excluded.minute,
  channels = excluded.channels, quiet = excluded.quiet, skip = excluded.skip;

-- name: reminder_usual_unset
DELETE FROM reminder_usual;

-- ---- deliveries -----------------------------------------------------------------------------------

-- name: channel_list
SELECT name, off, address, program, file, seconds FROM channel;

-- name: channel_set
INSERT INTO channel (name, off, address, program, file, seconds)
VALUES (:name, :off, :address, :program, :file, :seconds)
ON CONFLICT DO UPDATE SET off = excluded.off, address = excluded.address, program = excluded.program,
  file = excluded.file, seconds = excluded.seconds;

-- name: delivery_of_day
SELECT id, rung, until, channel, state FROM delivery
WHERE credential_id = :credential_id AND item_id = :item_id AND day = :day;

-- name: delivery_pending
SELECT id, credential_id, item_id, day, rung, until, channel, tries, next_at, state FROM delivery
WHERE state = 'pending' ORDER BY id;

-- name: delivery_get
SELECT id, credential_id, item_id, day, rung, until, channel, tries, next_at, state FROM delivery WHERE id = :id;

-- name: delivery_add
INSERT INTO delivery (credential_id, item_id, day, rung, until, channel, state, next_at, taken_at)
VALUES (:credential_id, :item_id, :day, :rung, :until, :channel, :state, :next_at, :now)
ON CONFLICT DO NOTHING;

-- name: delivery_set
UPDATE delivery SET state = :state, next_at = :next_at WHERE id = :id;

-- name: delivery_begin
UPDATE delivery SET tries = tries + 1, next_at = NULL WHERE id = :id;

-- name: delivery_forget_future
DELETE FROM delivery WHERE taken_at > :limit;

-- name: delivery_recover
UPDATE delivery SET next_at = :now WHERE state = 'pending' AND next_at IS NULL;

-- name: delivery_failed
SELECT l.reminder, l.channel, l.text FROM delivery AS d JOIN reminder_log AS l ON l.delivery_id = d.id
WHERE d.state = 'failed' AND d.taken_at > :since ORDER BY l.id DESC LIMIT 1;

-- name: reminder_log_add
INSERT INTO reminder_log (delivery_id, reminder, channel, at, outcome, text)
VALUES (:delivery_id, :reminder, :channel, :at, :outcome, :text);

-- name: reminder_log_recover
UPDATE reminder_log SET outcome = 'interrupted', text = 'the daemon ended before it was known; it is sent again'
WHERE outcome IS NULL;

-- name: reminder_log_trim
DELETE FROM reminder_log WHERE id <= (SELECT max(id) FROM reminder_log) - 10000;

-- name: reminder_log_waiting
SELECT id, delivery_id, reminder, channel FROM reminder_log WHERE outcome IS NULL AND begun = 0 ORDER BY id;

-- name: reminder_log_begin
UPDATE reminder_log SET begun = 1 WHERE id = :id;

-- name: reminder_log_end
UPDATE reminder_log SET outcome = :outcome, took_ms = :took_ms, text = :text WHERE id = :id;

-- name: reminder_log_closed
UPDATE reminder_log SET text = text || ', closed by you after ' || :seconds || ' s' WHERE id = :id;

-- name: reminder_log_delivery
SELECT delivery_id, reminder, channel FROM reminder_log WHERE id = :id;

-- name: reminder_log_last
SELECT max(id) FROM reminder_log;

-- name: reminder_log_since
SELECT coalesce(min(id), (SELECT coalesce(max(id), 0) + 1 FROM reminder_log)) - 1 FROM reminder_log
WHERE delivery_id IS NOT NULL AND (outcome IS NULL OR (at >= :at AND begun));

-- name: reminder_log_list
SELECT id, at, reminder, channel, outcome, took_ms, text FROM reminder_log
WHERE id > :since AND (:before IS NULL OR id < :before) ORDER BY id DESC LIMIT :limit;

-- name: reminder_log_outcome
SELECT outcome, at, text FROM reminder_log WHERE channel = :channel AND outcome IS NOT NULL ORDER BY id DESC LIMIT 1;

-- ---- events ---------------------------------------------------------------------------------------

-- name: event_insert
INSERT INTO event (at, event, credential, subject, text) VALUES (:at, :event, :credential, :subject, :text);

-- Numbers have no gaps, so this keeps a hundred thousand.
-- name: event_trim
DELETE FROM event WHERE seq <= (SELECT max(seq) FROM event) - 100000;

-- The last number that was given, and the oldest that is kept.
-- name: event_span
SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'event'), 0), (SELECT min(seq) FROM event);

-- :only is empty, or names and what comes before their dot: ",activity,credential.state,".
-- name: event_page
SELECT seq, at, event, credential, subject, text FROM event
 WHERE seq > :seq
   AND (:only = '' OR instr(:only, ',' || event || ',') > 0
        OR instr(:only, ',' || substr(event, 1, instr(event, '.') - 1) || ',') > 0)
 ORDER BY seq LIMIT :limit;

-- name: event_activity
SELECT title, credit, credit_unit FROM activity WHERE id = :id;

-- name: event_item
SELECT credential_id, title FROM item WHERE id = :id;

-- name: event_cycle
SELECT credential_id FROM cycle WHERE id = :id;

-- name: event_pause
SELECT credential_id FROM pause WHERE id = :id;

-- name: event_credential
SELECT alias, title FROM credential WHERE id = :id;

-- name: state_all
SELECT c.alias, s.state FROM credential AS c LEFT JOIN credential_state AS s ON s.credential_id = c.id
 WHERE s.state IS NOT 'retired'
 ORDER BY c.alias;

-- name: state_get
SELECT state FROM credential_state WHERE credential_id = (SELECT id FROM credential WHERE alias = :alias);

-- name: state_set
INSERT INTO credential_state (credential_id, state) SELECT id, :state FROM credential WHERE alias = :alias
ON CONFLICT DO UPDATE SET state = excluded.state;

-- name: state_clear
DELETE FROM credential_state WHERE credential_id NOT IN (SELECT id FROM credential);

-- ---- what runs -------------------------------------------------------------------------------------

-- name: running_get
SELECT title, kind, provider, began_at, steady FROM running WHERE id = 1;

-- name: running_topics
SELECT topic FROM running_topic WHERE running_id = 1 ORDER BY topic;

-- name: running_insert
INSERT INTO running (id, began_at, steady, title, kind, provider)
VALUES (1, :began_at, :steady, :title, :kind, :provider);

-- name: running_topic_insert
INSERT OR IGNORE INTO running_topic (running_id, topic) VALUES (1, :topic);

-- name: running_delete
DELETE FROM running WHERE id = 1;

-- What a board may have: what was done in some days and may count for the credential.
-- name: reconcile_entries
SELECT a.id, a.title, a.title_key, a.done_on, a.credit, a.credit_unit, a.provider, a.course, s.state
  FROM activity AS a LEFT JOIN standing AS s ON s.activity_id = a.id AND s.credential_id = :credential_id
 WHERE a.done_on >= :since AND a.done_on <= :until AND a.planned = 0 AND coalesce(a.kind, '') <> 'opening'
   AND (a.scope = 'all'
        OR (a.scope = 'only') = EXISTS (SELECT 1 FROM activity_scope AS c
                                         WHERE c.activity_id = a.id AND c.credential_id = :credential_id))
 ORDER BY a.done_on, a.id LIMIT :limit;
-- name: standing_set
INSERT INTO standing (activity_id, credential_id, state, told_on, credit, credit_unit)
VALUES (:activity_id, :credential_id, :state, :told_on, :credit, :credit_unit)
ON CONFLICT DO UPDATE SET state = excluded.state, told_on = excluded.told_on, credit = excluded.credit,
                          credit_unit = excluded.credit_unit;
-- name: standing_of
SELECT c.alias, s.state, s.told_on, s.credit, s.credit_unit
  FROM standing AS s JOIN credential AS c ON c.id = s.credential_id
 WHERE s.activity_id = :activity_id ORDER BY c.alias;

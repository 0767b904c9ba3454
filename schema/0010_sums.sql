-- What was logged in each month, so that a listing need not add up all that there is. It follows from activity and is
-- kept by triggers, whoever writes; no history is kept of it. Who makes activity anew makes the triggers anew.
CREATE TABLE activity_sum (
  month        TEXT NOT NULL,     -- 2026-03
  planned      INTEGER NOT NULL,
  credit_unit  TEXT NOT NULL,
  credit       INTEGER NOT NULL,
  entries      INTEGER NOT NULL,
  PRIMARY KEY (month, planned, credit_unit)
) STRICT, WITHOUT ROWID;
INSERT INTO activity_sum
SELECT substr(done_on, 1, 7), planned, credit_unit, sum(credit), count(*) FROM activity GROUP BY 1, 2, 3;

CREATE TRIGGER activity_sum_insert AFTER INSERT ON activity BEGIN
  INSERT INTO activity_sum VALUES (substr(new.done_on, 1, 7), new.planned, new.credit_unit, new.credit, 1)
  ON CONFLICT DO UPDATE SET credit = credit + excluded.credit, entries = entries + 1;
END;
CREATE TRIGGER activity_sum_delete AFTER DELETE ON activity BEGIN
  UPDATE activity_sum SET credit = credit - old.credit, entries = entries - 1
   WHERE month = substr(old.done_on, 1, 7) AND planned = old.planned AND credit_unit = old.credit_unit;
  DELETE FROM activity_sum
   WHERE month = substr(old.done_on, 1, 7) AND planned = old.planned AND credit_unit = old.credit_unit
     AND entries = 0;
END;
CREATE TRIGGER activity_sum_update AFTER UPDATE OF done_on, planned, credit_unit, credit ON activity BEGIN
  UPDATE activity_sum SET credit = credit - old.credit, entries = entries - 1
   WHERE month = substr(old.done_on, 1, 7) AND planned = old.planned AND credit_unit = old.credit_unit;
  DELETE FROM activity_sum
   WHERE month = substr(old.done_on, 1, 7) AND planned = old.planned AND credit_unit = old.credit_unit
     AND entries = 0;
  INSERT INTO activity_sum VALUES (substr(new.done_on, 1, 7), new.planned, new.credit_unit, new.credit, 1)
  ON CONFLICT DO UPDATE SET credit = credit + excluded.credit, entries = entries + 1;
END;

-- Few are planned, and a listing of those alone is not to look at all that was done.
CREATE INDEX activity_by_plan ON activity (done_on) WHERE planned = 1;

-- What is read for each credential beside what counts for all.
CREATE INDEX activity_by_exception ON activity (done_on) WHERE scope = 'except';

-- What each look at reminders asks for.
CREATE INDEX delivery_by_taken ON delivery (taken_at);
CREATE INDEX reminder_log_by_delivery ON reminder_log (delivery_id) WHERE delivery_id IS NOT NULL;

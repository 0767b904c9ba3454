-- What tells an activity from every other, wherever it is stored: made when it is logged, kept by export and import.
ALTER TABLE activity ADD COLUMN uid TEXT CHECK (length(uid) = 32);
UPDATE activity SET uid = lower(hex(randomblob(16)));
CREATE UNIQUE INDEX activity_by_uid ON activity (uid);

-- One that comes back by the undo of a change from before this column.
CREATE TRIGGER activity_uid AFTER INSERT ON activity WHEN new.uid IS NULL BEGIN
  UPDATE activity SET uid = lower(hex(randomblob(16))) WHERE id = new.id;
END;

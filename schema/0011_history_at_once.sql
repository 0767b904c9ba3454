-- What undo and redo mean without a number is found at once, however much was undone before.
CREATE INDEX change_first_hand ON change (id) WHERE undoes IS NULL;
CREATE INDEX change_stands ON change (id) WHERE undoes IS NULL AND undone_by IS NULL;
CREATE INDEX change_undone ON change (undone_by) WHERE undoes IS NULL AND undone_by IS NOT NULL;

-- For which credentials an activity counts is what the person wished: it outlives them, so that a credential that comes
-- back is named again. Numbers of credentials are never given twice.
CREATE TABLE activity_scope_new (
  activity_id    INTEGER NOT NULL REFERENCES activity ON DELETE CASCADE,
  credential_id  INTEGER NOT NULL,
  PRIMARY KEY (activity_id, credential_id)
) STRICT, WITHOUT ROWID;
INSERT INTO activity_scope_new (activity_id, credential_id) SELECT activity_id, credential_id FROM activity_scope;
DROP TABLE activity_scope;
ALTER TABLE activity_scope_new RENAME TO activity_scope;
CREATE INDEX activity_scope_by_credential ON activity_scope (credential_id);

-- The file that an import came from, where it is kept. It is evidence of the import, and proof of no entry by itself.
CREATE TABLE import_file (
  batch_id     INTEGER PRIMARY KEY REFERENCES import_batch ON DELETE CASCADE,
  evidence_id  INTEGER NOT NULL REFERENCES evidence ON DELETE CASCADE
) STRICT;
CREATE INDEX import_file_by_evidence ON import_file (evidence_id);

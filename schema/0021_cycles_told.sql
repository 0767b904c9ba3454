-- Cycles that were over before pdh kept the record: what they carried over is as the person said.
ALTER TABLE cycle ADD COLUMN told INTEGER NOT NULL DEFAULT 0
  CONSTRAINT "told: yes or no" CHECK (told IN (0, 1));

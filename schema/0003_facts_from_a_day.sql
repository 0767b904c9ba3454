-- Facts hold from a day on, and rules may ask for dated acts.

-- What only the person knows may change: each value with the day from which it holds; '' is always.
CREATE TABLE credential_fact_new (
  credential_id  INTEGER NOT NULL REFERENCES credential ON DELETE CASCADE,
  name           TEXT NOT NULL,
  begins         TEXT NOT NULL DEFAULT '',
  value          TEXT NOT NULL,
  PRIMARY KEY (credential_id, name, begins),
  CONSTRAINT "from: not a date" CHECK (begins = '' OR begins IS date(begins))
) STRICT, WITHOUT ROWID;
INSERT INTO credential_fact_new (credential_id, name, value) SELECT credential_id, name, value FROM credential_fact;
DROP TABLE credential_fact;
ALTER TABLE credential_fact_new RENAME TO credential_fact;

-- An item that a rule asks for: the rule and the cycle whose rules it is one of, the day they said (`due` is
-- the person's where it differs), and after how many months it is to be done again.
ALTER TABLE item ADD COLUMN rule TEXT;
ALTER TABLE item ADD COLUMN cycle_id INTEGER REFERENCES cycle;
ALTER TABLE item ADD COLUMN rule_due TEXT
  CONSTRAINT "due: not a date" CHECK (rule_due IS NULL OR rule_due IS date(rule_due));
ALTER TABLE item ADD COLUMN every INTEGER;
CREATE UNIQUE INDEX item_of_rule ON item (cycle_id, rule);

-- Version 1 of the schema, for sqlite.

CREATE TABLE IF NOT EXISTS tian_schema (version INT NOT NULL PRIMARY KEY, oldest INT);

-- The present content of each record. attrs comes before body, so that reading
-- it does not read a long body's overflow pages.
CREATE TABLE tian_records (
	kind     TEXT    NOT NULL,
	id       TEXT    NOT NULL,
	revision INTEGER NOT NULL,
	seq      INTEGER NOT NULL, -- of the journal's last entry; 0: none
	attrs    TEXT    NOT NULL, -- [["name","value"],…] sorted; also in the table attrs
	body     BLOB    NOT NULL,
	PRIMARY KEY (kind, id)
);

-- The journal. Only ever inserted into, but for body where personal data is erased.
CREATE TABLE tian_entries (
	position INTEGER PRIMARY KEY, -- NULL in an INSERT: the next
	kind     TEXT    NOT NULL,
	id       TEXT    NOT NULL,
	seq      INTEGER NOT NULL,
	command  TEXT, -- NULL: the act has no name
	body     BLOB    NOT NULL,
	hash     TEXT    NOT NULL,
	UNIQUE (kind, id, seq)
);

CREATE UNIQUE INDEX tian_entries_command ON tian_entries (kind, id, command) WHERE command IS NOT NULL;

-- The attributes, to find records by.
CREATE TABLE tian_attrs (
	kind  TEXT NOT NULL,
	name  TEXT NOT NULL,
	value TEXT NOT NULL,
	id    TEXT NOT NULL,
	PRIMARY KEY (kind, name, value, id)
) WITHOUT ROWID;

INSERT INTO tian_schema (version) VALUES (1);

-- The present content of each record. No index covers what an update writes,
-- and pages keep some room: most updates stay on their page.
CREATE TABLE {table}records (
	kind     text COLLATE "C" NOT NULL,
	id       text COLLATE "C" NOT NULL,
	revision bigint NOT NULL,
	seq      bigint NOT NULL, -- of the journal's last entry; 0: none
	attrs    text   NOT NULL, -- [["name","value"],…] sorted; also in the table attrs
	body     bytea  NOT NULL,
	PRIMARY KEY (kind, id)
) WITH (fillfactor = 80);

-- The journal. Only ever inserted into.
CREATE TABLE {table}entries (
	position bigint NOT NULL PRIMARY KEY,
	kind     text COLLATE "C" NOT NULL,
	id       text COLLATE "C" NOT NULL,
	seq      bigint NOT NULL,
	command  text COLLATE "C", -- NULL: the act has no name
	body     bytea  NOT NULL,
	hash     text   NOT NULL,
	UNIQUE (kind, id, seq)
);

CREATE UNIQUE INDEX {index}entries_command ON {table}entries (kind, id, command) WHERE command IS NOT NULL;

-- The attributes, to find records by.
CREATE TABLE {table}attrs (
	kind  text COLLATE "C" NOT NULL,
	name  text COLLATE "C" NOT NULL,
	value text COLLATE "C" NOT NULL,
	id    text COLLATE "C" NOT NULL,
	PRIMARY KEY (kind, name, value, id)
);

CREATE INDEX {index}attrs_record ON {table}attrs (kind, id, name);

-- The last position given. Every commit updates the row, and the lock on it
-- puts the commits in order.
CREATE TABLE {table}feed (
	one      int    NOT NULL PRIMARY KEY CHECK (one = 1),
	position bigint NOT NULL
) WITH (fillfactor = 10);

INSERT INTO {table}feed (one, position) VALUES (1, 0);

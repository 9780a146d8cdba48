-- The server commits each of these statements by itself; they bear being run
-- again after a migration that was cut short. Keys are VARBINARY because the
-- collations of text pad with blanks, utf8mb4_bin included.

-- The present content of each record.
CREATE TABLE IF NOT EXISTS {table}records (
	kind     VARBINARY(128) NOT NULL,
	id       VARBINARY(128) NOT NULL,
	revision BIGINT   NOT NULL,
	seq      BIGINT   NOT NULL COMMENT 'of the journal''s last entry; 0: none',
	attrs    LONGTEXT CHARACTER SET utf8mb4 NOT NULL COMMENT '[["name","value"],...] sorted; also in the table attrs',
	body     LONGBLOB NOT NULL,
	PRIMARY KEY (kind, id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

-- The journal. Only ever inserted into, but for body where personal data is erased.
CREATE TABLE IF NOT EXISTS {table}entries (
	kind     VARBINARY(128) NOT NULL,
	id       VARBINARY(128) NOT NULL,
	seq      BIGINT   NOT NULL,
	command  VARBINARY(128) COMMENT 'NULL: the act has no name',
	body     LONGBLOB NOT NULL,
	hash     VARBINARY(128) NOT NULL,
	PRIMARY KEY (kind, id, seq),
	UNIQUE KEY record_command (kind, id, command)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

-- The attributes, to find records by.
CREATE TABLE IF NOT EXISTS {table}attrs (
	kind  VARBINARY(128)  NOT NULL,
	name  VARBINARY(128)  NOT NULL,
	value VARBINARY(1024) NOT NULL,
	id    VARBINARY(128)  NOT NULL,
	PRIMARY KEY (kind, name, value, id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC;

-- The entries that no reader of the feed has met yet, in the order in which
-- they were put down. A reader moves them into the feed. (The option in the comment
-- makes TiDB give the numbers in that order over all its servers, which it does not otherwise.)
CREATE TABLE IF NOT EXISTS {table}arrivals (
	arrival BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind    VARBINARY(128) NOT NULL,
	id      VARBINARY(128) NOT NULL,
	seq     BIGINT NOT NULL
) ENGINE = InnoDB /*T![auto_id_cache] AUTO_ID_CACHE = 1 */;

-- The feed: the entries in the one order in which all readers meet them.
CREATE TABLE IF NOT EXISTS {table}feed (
	position BIGINT NOT NULL PRIMARY KEY,
	kind     VARBINARY(128) NOT NULL,
	id       VARBINARY(128) NOT NULL,
	seq      BIGINT NOT NULL
) ENGINE = InnoDB;

-- The last position given. Whoever gives positions locks the row.
CREATE TABLE IF NOT EXISTS {table}last (
	one      INT    NOT NULL PRIMARY KEY,
	position BIGINT NOT NULL
) ENGINE = InnoDB;

INSERT IGNORE INTO {table}last (one, position) VALUES (1, 0);

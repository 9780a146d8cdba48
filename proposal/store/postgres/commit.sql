-- One commit in one statement, and so in one round trip and one transaction.
-- $1…$7 are the records, one element each; $8…$13 the entries in feed order.
-- The records come sorted and are locked in that order. Nothing is written
-- unless every record to replace is at its revision; the answer is then one
-- row, otherwise none.
--
-- Rows are looked up through LATERAL … LIMIT and by ctid: a plan cached while
-- the tables were small then stays right when they are large.
WITH input AS MATERIALIZED (
	SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::bytea[])
		AS i (kind, id, revision, last, seq, attrs, body)
), held AS MATERIALIZED (
	SELECT i.kind, i.id, r.row, r.seq, r.attrs
	FROM input i CROSS JOIN LATERAL (
		SELECT r.ctid AS row, r.seq, r.attrs FROM {records} r
		WHERE r.kind = i.kind AND r.id = i.id AND r.revision = i.revision AND (i.last < 0 OR r.seq = i.last)
		LIMIT 1 FOR UPDATE
	) r
	WHERE i.revision > 0
), ready AS MATERIALIZED (
	SELECT 1 WHERE (SELECT count(*) FROM held) = (SELECT count(*) FROM input WHERE revision > 0)
		AND NOT EXISTS (SELECT 1 FROM input WHERE revision = 0 AND last > 0)
), updated AS (
	UPDATE {records} r
	SET revision = i.revision + 1, seq = greatest(i.seq, h.seq), attrs = i.attrs, body = i.body
	FROM input i JOIN held h ON h.kind = i.kind AND h.id = i.id CROSS JOIN ready
	WHERE r.ctid = h.row
	RETURNING 1
), created AS (
	INSERT INTO {records} (kind, id, revision, seq, attrs, body)
	SELECT i.kind, i.id, 1, greatest(i.seq, 0), i.attrs, i.body
	FROM input i CROSS JOIN ready
	WHERE i.revision = 0 AND (SELECT count(*) FROM updated) >= 0
	RETURNING 1
), changed AS MATERIALIZED (
	SELECT i.kind, i.id, coalesce(h.attrs, '[]')::json AS have, i.attrs::json AS want
	FROM input i LEFT JOIN held h ON h.kind = i.kind AND h.id = i.id CROSS JOIN ready
	WHERE h.attrs IS DISTINCT FROM i.attrs
), have AS MATERIALIZED (
	SELECT c.kind, p ->> 0 AS name, p ->> 1 AS value, c.id FROM changed c, json_array_elements(c.have) p
), want AS MATERIALIZED (
	SELECT c.kind, p ->> 0 AS name, p ->> 1 AS value, c.id FROM changed c, json_array_elements(c.want) p
), gone AS (
	DELETE FROM {attrs} WHERE ctid = ANY (ARRAY (
		SELECT a.row FROM (SELECT * FROM have EXCEPT SELECT * FROM want) d CROSS JOIN LATERAL (
			SELECT a.ctid AS row FROM {attrs} a
			WHERE a.kind = d.kind AND a.name = d.name AND a.value = d.value AND a.id = d.id
			LIMIT 1
		) a
	))
), come AS (
	INSERT INTO {attrs} (kind, name, value, id)
	SELECT * FROM want EXCEPT SELECT * FROM have
), moved AS (
	-- Last of all locks, after every record has been written.
	UPDATE {feed} SET position = position + cardinality($8::text[])
	FROM ready
	WHERE one = 1 AND cardinality($8::text[]) > 0
		AND (SELECT count(*) FROM updated) + (SELECT count(*) FROM created) > 0
	RETURNING position - cardinality($8::text[]) AS before
), written AS (
	INSERT INTO {entries} (position, kind, id, seq, command, body, hash)
	SELECT m.before + e.place, e.kind, e.id, e.seq, e.command, e.body, e.hash
	FROM moved m, unnest($8::text[], $9::text[], $10::bigint[], $11::text[], $12::bytea[], $13::text[])
		WITH ORDINALITY AS e (kind, id, seq, command, body, hash, place)
)
SELECT 1 FROM ready

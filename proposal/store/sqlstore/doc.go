// Package sqlstore is a store over database/sql, for any engine that a
// [Dialect] describes. The packages sqlite, postgres and mysql bring the
// dialects of theirs; those of other engines are written by whoever has them.
package sqlstore

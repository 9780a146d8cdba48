package sqlstore

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Script is a version of the schema as SQL, to be reviewed and run by whoever may
// make tables. Run in the order of their versions, scripts do what [Migrate] does.
type Script struct {
	Version int    // 1, 2, 3 …
	Name    string // such as 0001_tables.sql
	SQL     string // statements that end with a semicolon at the end of a line
}

// Scripts returns the versions of a dialect's schema for these tables (zero: the
// default names), the first one first. A database at version n needs those above n;
// its table tian_schema says which it has had.
func Scripts(d Dialect, t Tables) ([]Script, error) {
	if t == (Tables{}) {
		t, _ = NewTables("", "")
	}
	steps, err := readSteps(d, t)
	if err != nil {
		return nil, err
	}
	files, err := fs.Glob(d.Migrations(), "migrations/*.sql") // sorted, as readSteps has them
	if err != nil {
		return nil, fmt.Errorf("sqlstore: %s: migrations: %w", d.Name(), err)
	}
	scripts := make([]Script, len(steps))
	for i, s := range steps {
		statements := s.statements
		if i == 0 {
			statements = append([]string{createSchema(t)}, statements...)
		}
		statements = append(statements, recordStep(t, i+1, s))
		scripts[i] = Script{
			Version: i + 1, Name: path.Base(files[i]),
			SQL: fmt.Sprintf("-- Version %d of the schema, for %s.\n\n%s;\n", i+1, d.Name(), strings.Join(statements, ";\n\n")),
		}
	}
	return scripts, nil
}

// createSchema makes the table of the versions.
func createSchema(t Tables) string {
	return "CREATE TABLE IF NOT EXISTS " + t.Schema + " (version INT NOT NULL PRIMARY KEY, oldest INT)"
}

// recordStep leaves the row of a version, so that the table tells the history.
func recordStep(t Tables, version int, s step) string {
	if s.oldest > 0 {
		return fmt.Sprintf("INSERT INTO %s (version, oldest) VALUES (%d, %d)", t.Schema, version, s.oldest)
	}
	return fmt.Sprintf("INSERT INTO %s (version) VALUES (%d)", t.Schema, version)
}

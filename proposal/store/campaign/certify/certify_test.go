package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store/storetest/certify"
)

// Each shipped engine gets a certificate without a broken promise.
func TestTheShippedEnginesAreCertified(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: each engine's own suite runs the same rules")
	}
	for name, dsn := range map[string]string{
		"SQLite": filepath.Join(t.TempDir(), "certify.db"), "PostgreSQL": os.Getenv("TIAN_POSTGRES_DSN"), "MySQL": os.Getenv("TIAN_MYSQL_DSN"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if dsn == "" {
				t.Skip("skipped: no connection string is set for it")
			}
			var out, notes bytes.Buffer
			code := certify.Run(context.Background(), []string{"--db", dsn, "--json"}, &out, &notes, time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC),
				postgresEngine(), mysqlEngine(), sqliteEngine())
			require.Equal(t, 0, code, "%s%s", out.String(), notes.String())
			var c certify.Certificate
			require.NoError(t, json.Unmarshal(out.Bytes(), &c))
			require.Contains(t, c.Engine, name)
			require.Greater(t, c.Holds, 40)
		})
	}
}

package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTablesArePartitionedByBody(t *testing.T) {
	postgres, _ := services(t)
	var out, errs bytes.Buffer
	require.Equal(t, exitWell, command(t.Context(), []string{"partition", "--cases", "8", "--postgres", postgres}, &out, &errs), errs.String())
	require.Regexp(t, `xiushan +2 +20 `, out.String())
	require.Contains(t, out.String(), "cases verified 8, broken 0")
	require.Regexp(t, `case (\w+)\.\S+ is read from tian_records_\w+\n`, out.String())
	require.Contains(t, out.String(), "without the partitions of jiulongpo: 6 cases")
}

func TestSQLOfOtherTablesIsRefused(t *testing.T) {
	_, err := partitioned("CREATE TABLE tian_records (\n);")
	require.ErrorContains(t, err, "entries")
}

package main

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// What a guide tells its reader to run, from the folder that he stands in.
func TestTheGuideToAPlaceIsFollowed(t *testing.T) {
	t.Chdir("../..")
	for _, arguments := range [][]string{
		{"lifecycle", "lint", "--in", "proposal/lifecycles/nine.json", "--for", "proposal"},
		{"lifecycle", "draw", "--name", "nine"},
	} {
		var out, errs bytes.Buffer
		require.Zero(t, run(context.Background(), arguments, nil, &out, &errs), errs.String())
		require.Empty(t, errs.String())
		require.NotEmpty(t, out.String())
	}
}

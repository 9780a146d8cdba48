package mysql

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestANilOptionIsNone(t *testing.T) {
	require.Equal(t, newSettings(nil), newSettings([]Option{nil, nil}))
}

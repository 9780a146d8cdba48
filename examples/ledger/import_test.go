package ledger_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/examples/ledger"
	"github.com/tian-go/tian/proposal/store/memory"
)

func TestX(t *testing.T) {
	ctx := context.Background()
	l, err := ledger.Read(ledger.Sample())
	require.NoError(t, err)
	st := memory.New()
	r, err := ledger.Import(ctx, st, l, nil)
	require.NoError(t, err)
	b, _ := json.MarshalIndent(r, "", " ")
	t.Log(string(b))
	r, err = ledger.Import(ctx, st, l, nil)
	require.NoError(t, err)
	t.Log(r.Rows, r.Imported, r.Already, len(r.Refused))
	f, err := ledger.Figures(ctx, st)
	require.NoError(t, err)
	b, _ = json.MarshalIndent(f, "", " ")
	t.Log(string(b))
	svc, err := ledger.Service(st)
	require.NoError(t, err)
	j, err := ledger.Journey(ctx, svc)
	require.NoError(t, err)
	for _, x := range j { t.Log(x) }
}

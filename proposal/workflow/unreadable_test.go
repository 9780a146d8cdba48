package workflow_test

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// Whatever bytes a record holds, reading it gives a case or an error, and never
// a panic; and Verify finds that it is not what was written.
func FuzzRecord(f *testing.F) {
	st, e := store1(f)
	c := opened(f, e)
	r, _, err := st.Load(context.Background(), "ticket", c.ID)
	require.NoError(f, err)
	f.Add(r.Data)
	f.Add([]byte(`{"hash":"","header":null,"data":null}`))
	f.Add([]byte(`{"hash":"","header":{"id":"` + c.ID + `"},"data":{}}`))
	f.Add([]byte(`{"hash":"","header":{"id":"` + c.ID + `"},"data":null}`))
	f.Add([]byte(`null`))
	f.Add([]byte{})
	journal, err := st.History(context.Background(), "ticket", c.ID, 0, 0)
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, body []byte) {
		ctx := context.Background()
		st := memory.New()
		change := store.Change{Record: store.Record{Kind: "ticket", ID: c.ID, Data: body}, Entries: journal}
		if err := st.Commit(ctx, change); err != nil {
			t.Skip(err)
		}
		e := engine(t, st, vocabulary(desk()))
		if got, err := e.Get(ctx, c.ID); err != nil {
			require.ErrorIs(t, err, workflow.ErrUnreadable)
		} else {
			require.Equal(t, c.ID, got.ID)
		}
		_, _ = e.Choices(ctx, clerk, c.ID)               // only that it returns
		_, _ = e.Do(ctx, clerk, c.ID, note{As: "take"})  // only that it returns
		change.Record.ID, change.Entries = c.ID+"x", nil // and as a case without a journal
		require.NoError(t, st.Commit(ctx, change))
		_, err := e.Audit(ctx, nil)
		require.NoError(t, err)
		if bytes.Equal(body, r.Data) {
			return
		}
		st = memory.New()
		require.NoError(t, st.Commit(ctx, store.Change{Record: store.Record{Kind: "ticket", ID: c.ID, Data: body}, Entries: journal}))
		breaks, err := engine(t, st, vocabulary(desk())).Verify(ctx, c.ID)
		require.NoError(t, err)
		require.NotEmpty(t, breaks)
	})
}

// Whatever bytes an entry holds, it is decoded or refused.
func FuzzDecodeEntry(f *testing.F) {
	st, e := store1(f)
	c := opened(f, e)
	journal, err := st.History(context.Background(), "ticket", c.ID, 0, 0)
	require.NoError(f, err)
	f.Add(journal[0].Data)
	f.Add([]byte(`{"moves":[null],"action":null,"at":"x"}`))
	f.Add([]byte("{\"moves\":[null],\"erased\":[null]}\n"))
	f.Add([]byte("{}\n{\"action\":{\"a\":[1]},\"note\":null}"))
	f.Fuzz(func(t *testing.T, body []byte) {
		entry, err := workflow.DecodeEntry(store.Line{Kind: "ticket", ID: "x", Seq: 1, Data: body})
		if err != nil {
			require.ErrorIs(t, err, workflow.ErrUnreadable)
			return
		}
		sealed := entry
		sealed.Action, sealed.Note = nil, nil
		again, err := json.Marshal(sealed)
		require.NoError(t, err)
		content, err := json.Marshal(map[string]json.RawMessage{"action": entry.Action, "note": entry.Note})
		require.NoError(t, err)
		same, err := workflow.DecodeEntry(store.Line{Data: []byte(string(again) + "\n" + string(content))})
		require.NoError(t, err)
		require.Equal(t, entry.From(), same.From())
		require.Equal(t, entry.To(), same.To())
		require.Equal(t, entry.Erased, same.Erased)
	})
}

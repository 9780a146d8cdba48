package proposal_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// A folder of the corpus is what a released version wrote, kept as it was. Its
// files are never written again after that release: code that cannot read them
// cannot read the databases of those who use it. Until then -update writes them.
var update = flag.Bool("update", false, "write the corpus of the version that is not released yet")

const corpus = "testdata/v1"

// kept is a case as a store holds it.
type kept struct {
	ID      string      `json:"id"`
	Record  string      `json:"record"`
	Entries []keptEntry `json:"entries"`
}

type keptEntry struct {
	Seq     uint64          `json:"seq"`
	Command string          `json:"command"`
	Hash    string          `json:"hash"`
	Sealed  json.RawMessage `json:"sealed"`
	Content json.RawMessage `json:"content"`
}

func (e keptEntry) line() store.Line {
	return store.Line{Seq: e.Seq, Command: e.Command, Hash: e.Hash, Data: []byte(string(e.Sealed) + "\n" + string(e.Content))}
}

// writeCorpus keeps a case for every action of the package, for each mode, a
// merge and a migration, each from a house of its own.
func writeCorpus(t *testing.T, keep func(name string, h *house, id string)) {
	t.Helper()
	ctx := context.Background()
	for _, e := range every {
		h := newHouse(t)
		p := h.to(e.situation, "2024-001")
		keep(e.do.Event(), h, h.take(p.ID, e.step).ID)
	}
	accepted := []step{{clerk("market"), proposal.Accept{}}, {clerk("banking"), proposal.Accept{}}}
	h := newHouse(t)
	p := h.to("filed", "2024-001")
	keep("led", h, h.take(p.ID, then([]step{{office, proposal.Assign{Lead: "market", Co: []string{"banking"}}}}, accepted,
		reply("banking"), reply("market"), []step{{member, proposal.GiveOpinion{Result: "dissatisfied"}}})...).ID)
	h = newHouse(t)
	p = h.to("filed", "2024-001")
	keep("separate", h, h.take(p.ID, then([]step{{office, proposal.Assign{Separate: []string{"market", "banking"}}}}, accepted,
		reply("market"), reply("banking"))...).ID)
	h = newHouse(t)
	into, source := h.to("filed", "2024-001"), h.to("filed", "2024-002")
	_, err := h.Merge(ctx, committee, into.ID, []string{source.ID})
	require.NoError(t, err)
	keep("holding", h, into.ID)
	keep("merged", h, source.ID)
	p = h.to("feedback", "2024-003")
	_, err = h.Migrate(ctx, admin, p.ID, workflow.Migration{Name: "seven", Version: 1, Reason: "七环节", States: map[string]string{"feedback": "replied"}})
	require.NoError(t, err)
	keep("migrated", h, p.ID)

	p = h.to("feedback", "2024-004")
	_, err = h.Relocate(ctx, everywhere, toJiulongpo(p.ID))
	require.NoError(t, err)
	keep("relocated", h, p.ID)
}

func TestUpdateCorpus(t *testing.T) {
	if !*update {
		t.Skip("the corpus is written with -update only, before its version is released")
	}
	require.NoError(t, os.RemoveAll(corpus))
	require.NoError(t, os.MkdirAll(corpus, 0o750))
	writeCorpus(t, func(name string, h *house, id string) {
		s := got(h, id)
		k := kept{ID: id, Record: string(s.record.Data)}
		for _, e := range s.journal {
			sealed, content, _ := bytes.Cut(e.Data, []byte("\n"))
			k.Entries = append(k.Entries, keptEntry{e.Seq, e.Command, e.Hash, sealed, content})
		}
		data, err := json.Marshal(k)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(corpus, name+".json"), append(data, '\n'), 0o600))
	})
}

// Records and entries that an earlier version wrote are read by today's code
// with nothing dropped, verify, and run on the definition they were pinned to.
func TestOldRecordsAreRead(t *testing.T) {
	files, err := filepath.Glob(corpus + "/*.json")
	require.NoError(t, err)
	require.Greater(t, len(files), len(every))
	ctx := context.Background()
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file) //nolint:gosec // a file of this package
			require.NoError(t, err)
			var k kept
			require.NoError(t, json.Unmarshal(data, &k))
			change := store.Change{Record: store.Record{Kind: proposal.Kind, ID: k.ID, Data: []byte(k.Record)}}
			changes := []store.Change{}
			for _, e := range k.Entries {
				change.Entries = append(change.Entries, e.line())
				act, err := workflow.DecodeEntry(e.line())
				require.NoError(t, err)
				for _, name := range act.Claims { // are kept beside the record
					changes = append(changes, store.Change{Record: store.Record{
						Kind: proposal.Kind + ".claim", ID: name, Data: []byte(k.ID + "\n" + name),
					}})
				}
			}
			st := memory.New()
			require.NoError(t, st.Commit(ctx, append(changes, change)...))
			h := newHouseOn(t, st)
			require.NoError(t, h.Reindex(ctx, nil)) // what a case is found by is of today

			p, err := h.Get(ctx, k.ID)
			require.NoError(t, err)
			breaks, err := h.Verify(ctx, k.ID)
			require.NoError(t, err)
			require.Empty(t, breaks)

			// nothing that was written is dropped in reading
			was := strings.Split(k.Record, "\n") // hash, header, data
			require.Len(t, was, 3)
			header, err := json.Marshal(p.Head())
			require.NoError(t, err)
			content, err := json.Marshal(p)
			require.NoError(t, err)
			require.JSONEq(t, was[1], string(header))
			require.JSONEq(t, was[2], string(content))
			for i, e := range k.Entries {
				entry, err := workflow.DecodeEntry(e.line())
				require.NoError(t, err)
				sealed := entry
				sealed.Action, sealed.Note = nil, nil
				again, err := json.Marshal(sealed)
				require.NoError(t, err)
				require.JSONEq(t, string(e.Sealed), string(again), "entry %d", i)
				called := h.EventLabel(p.Definition, entry.Event)
				require.NotEmpty(t, called.ZH, entry.Event)
				require.NotEmpty(t, called.EN, entry.Event)
				var told struct {
					Salt         string
					Action, Note json.RawMessage
				}
				require.NoError(t, json.Unmarshal(e.Content, &told))
				require.Equal(t, string(told.Action), string(entry.Action))
				require.Equal(t, string(told.Note), string(entry.Note))
				require.Len(t, told.Salt, 32)
			}

			_, err = h.Choices(ctx, committee, k.ID)
			require.NoError(t, err, "its definition is not the one it runs on: after the release give the change a new version, before it -update the corpus")
		})
	}
}

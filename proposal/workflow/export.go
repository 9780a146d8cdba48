package workflow

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/tian-go/tian/proposal/store"
)

// exportedEntry and exportedRecord are the two lines of an export; the bytes that
// hashes are taken over stand in base64, exactly.
type exportedEntry struct {
	Line     string `json:"line"` // "entry"
	Position uint64 `json:"position"`
	Kind     string `json:"kind"`
	ID       string `json:"id"`
	Seq      uint64 `json:"seq"`
	Command  string `json:"command"`
	Hash     string `json:"hash"`
	Data     []byte `json:"data"`
	Content  []byte `json:"content"` // null where the line is not of two parts
}

type exportedRecord struct {
	Line     string `json:"line"` // "record"
	Kind     string `json:"kind"`
	ID       string `json:"id"`
	Revision uint64 `json:"revision"`
	Hash     string `json:"hash"`
	Header   []byte `json:"header"`
	Data     []byte `json:"data"`
}

// ExportJournal writes the whole feed of a store and then the record of every
// case in it, as JSON lines that a program in any language can verify; see
// proposal/docs/export.md. Kinds are exported too when the feed has no entry of
// theirs. It streams: memory does not grow with the number of cases. A case that
// is written to meanwhile looks broken in the export, so nobody should; an error
// of the writer ends it.
func ExportJournal(ctx context.Context, from store.Store, to io.Writer, kinds ...string) error {
	lines := json.NewEncoder(to)
	lines.SetEscapeHTML(false)
	kinds = slices.Clone(kinds)
	after := uint64(0)
	for l, err := range store.AllLines(ctx, from.Feed, 0) {
		if err != nil {
			return fmt.Errorf("workflow: export: feed after %d: %w", after, err)
		}
		after = l.Position
		if !slices.Contains(kinds, l.Kind) {
			kinds = append(kinds, l.Kind)
		}
		said, content, _ := parts(l.Data)
		if err := lines.Encode(exportedEntry{"entry", l.Position, l.Kind, l.ID, l.Seq, l.Command, l.Hash, said, content}); err != nil {
			return fmt.Errorf("workflow: export: %w", err)
		}
	}
	slices.Sort(kinds)
	for _, kind := range slices.Compact(kinds) {
		if err := exportRecords(ctx, from, lines, kind); err != nil {
			return err
		}
	}
	return nil
}

func exportRecords(ctx context.Context, from store.Store, lines *json.Encoder, kind string) error {
	for r, err := range store.AllRecords(ctx, from.Find, store.Query{Kind: kind}) {
		if err != nil {
			return fmt.Errorf("workflow: export: records of %s: %w", kind, err)
		}
		hash, header, data, ok := unwrap(r.Data)
		if !ok { // not three lines: what is there, without a header
			hash, header, data = nil, nil, r.Data
		}
		if err := lines.Encode(exportedRecord{"record", r.Kind, r.ID, r.Revision, string(hash), header, data}); err != nil {
			return fmt.Errorf("workflow: export: %w", err)
		}
	}
	return nil
}

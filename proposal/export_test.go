package proposal_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/rand"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// secondReport is what proposal/docs/verify.py prints.
type secondReport struct {
	Cases   int              `json:"cases"`
	Entries int              `json:"entries"`
	Broken  []workflow.Break `json:"broken"`
	Gaps    []workflow.Gap   `json:"gaps"`
}

// reread verifies the export of a store with the verifier in Python.
func reread(t testing.TB, st store.Store) secondReport {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed: the second verifier is not run")
	}
	var export, complaint bytes.Buffer
	require.NoError(t, workflow.ExportJournal(context.Background(), st, &export, proposal.Kind))
	run := exec.CommandContext(t.Context(), python, "-I", filepath.Join("docs", "verify.py"), "-")
	run.Stdin, run.Stderr = &export, &complaint
	out, err := run.Output()
	var exit *exec.ExitError
	require.True(t, err == nil || errors.As(err, &exit) && exit.ExitCode() == 1, "%v %s", err, complaint.String())
	var report secondReport
	require.NoError(t, json.Unmarshal(out, &report), string(out))
	require.Equal(t, len(report.Broken)+len(report.Gaps) > 0, err != nil, "it exits with 1 when anything is broken")
	return report
}

// places returns the entries that are broken, 0 for the record.
func places(breaks []workflow.Break) (at []uint64) {
	for _, b := range breaks {
		at = append(at, b.Seq)
	}
	slices.Sort(at)
	return slices.Compact(at)
}

// The two verifiers, which share no code, agree on a good history and on every
// way to edit one.
func TestASecondVerifierAgrees(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts Python for every edit")
	}
	h := newHouse(t)
	p, other := h.to("closed", "1"), h.to("replied", "2")
	good := reread(t, h.store)
	require.Equal(t, secondReport{Cases: 2, Entries: int(p.Seq + other.Seq), Broken: []workflow.Break{}, Gaps: []workflow.Gap{}}, good) //nolint:gosec // small numbers
	for name, tamper := range waysToTamper(h, other) {
		t.Run(name, func(t *testing.T) {
			for seed := range int64(2) {
				s := got(h, p.ID)
				tamper(rand.New(rand.NewSource(seed)), s) //nolint:gosec // a test that can be repeated
				for i := range s.journal {
					s.journal[i].ID = p.ID // a database serves a journal by this column
				}
				first, again := s.verify(t, p.ID), reread(t, s).Broken
				require.Equal(t, len(first) > 0, len(again) > 0, "%v, %v", first, again)
				if slices.IsSortedFunc(s.journal, func(a, b store.Line) int { return int(a.Seq) - int(b.Seq) }) { //nolint:gosec // small numbers
					require.Equal(t, places(first), places(again), "%v, %v", first, again)
				}
			}
		})
	}
}

// Edits that are known are named by both with the same words.
func TestASecondVerifierNamesTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts Python for every edit")
	}
	h := newHouse(t)
	p := h.to("closed", "1")
	for name, tamper := range map[string]func(s *tampered){
		"changed": func(s *tampered) {
			s.journal[4].Data = []byte(strings.Replace(string(s.journal[4].Data), `"o-1"`, `"o-2"`, 1))
		},
		"missing":     func(s *tampered) { s.journal = slices.Delete(s.journal, 2, 4) },
		"missing end": func(s *tampered) { s.journal = s.journal[:6] },
		"foreign":     func(s *tampered) { s.journal[3].Command += "x" },
		"unreadable":  func(s *tampered) { s.journal[2].Data = []byte("[]") },
		"no record":   func(s *tampered) { s.record = nil },
		"no algorithm": func(s *tampered) {
			s.journal[2].Data = bytes.Replace(s.journal[2].Data, []byte("sha256"), []byte("md5"), 1)
		},
		"record": func(s *tampered) { s.record.Data = bytes.Replace(s.record.Data, []byte("小店"), []byte("大店"), 1) },
	} {
		s := got(h, p.ID)
		tamper(s)
		require.NotEqual(t, got(h, p.ID).String(), s.String(), name)
		first := s.verify(t, p.ID)
		require.NotEmpty(t, first, name)
		require.ElementsMatch(t, first, reread(t, s).Broken, name)
	}
}

// A gap in the positions, and entries of one case out of order, are found though
// every chain is whole.
func TestASecondVerifierReadsTheFeed(t *testing.T) {
	h := newHouse(t)
	p := h.to("replied", "1")
	s := got(h, p.ID)
	s.journal[0].Position, s.journal[1].Position = 2, 1
	s.journal[0], s.journal[1] = s.journal[1], s.journal[0]
	require.Equal(t, []workflow.Break{{ID: p.ID, Seq: 1, Reason: "order"}}, reread(t, s).Broken)
	s = got(h, p.ID)
	for i := range s.journal {
		s.journal[i].Position += 3
	}
	report := reread(t, s)
	require.Empty(t, report.Broken)
	require.Equal(t, []workflow.Gap{{From: 1, To: 3}}, report.Gaps)
}

// full is a writer that has room for so many bytes.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errors.New("no space left")
	}
	return len(p), nil
}

func TestAnExportThatCannotBeWrittenIsAnError(t *testing.T) {
	h := newHouse(t)
	h.to("replied", "1")
	var whole bytes.Buffer
	require.NoError(t, workflow.ExportJournal(t.Context(), h.store, &whole))
	for _, room := range []int{0, whole.Len() / 2, whole.Len() - 1} {
		require.ErrorContains(t, workflow.ExportJournal(t.Context(), h.store, &full{room}), "no space left")
	}
}

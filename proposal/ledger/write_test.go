package ledger_test

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/store/memory"
)

// each gives rows as a sequence.
func each(rows []ledger.Row) iter.Seq2[ledger.Row, error] {
	return func(yield func(ledger.Row, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// contents are the rows without where they stood.
func contents(rows []ledger.Row) []string {
	var ids []string
	for _, r := range rows {
		ids = append(ids, fmt.Sprint(r.ID(), " ", r.Title, " ", r.Number))
	}
	return ids
}

// writers are the forms in which a ledger is written.
func writers() map[string]func(*bytes.Buffer, string, []ledger.Row) error {
	return map[string]func(*bytes.Buffer, string, []ledger.Row) error{
		"csv": func(b *bytes.Buffer, lang string, rows []ledger.Row) error {
			return ledger.WriteCSV(b, lang, each(rows))
		},
		"xlsx": func(b *bytes.Buffer, lang string, rows []ledger.Row) error {
			return ledger.WriteXLSX(b, lang, each(rows))
		},
	}
}

// What is written is read again as the same, whatever is in it.
func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	bits := []string{"=", "+", "-", "@", "＝", "＋", "－", "＠", "'", "\"", ",", ";", "\t", " ", "a", "提", "案", "0", "7", "（", "）", "、", "\n"}
	random := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		var b strings.Builder
		for range random.IntN(6) {
			b.WriteString(bits[random.IntN(len(bits))])
		}
		return b.String()
	}
	sample := read(t, ledger.Sample()).Rows
	for range 60 {
		var rows strings.Builder
		rows.WriteString("title,number,lead_unit,co_units,source,replied,category\n")
		for range 5 {
			cells := []string{word() + "件", word(), word(), word(), word(), []string{"", "2022-01-02"}[random.IntN(2)], word()}
			for i, c := range cells {
				cells[i] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			rows.WriteString(strings.Join(cells, ",") + "\n")
		}
		sample = append(sample, read(t, []byte(rows.String())).Rows...)
	}
	seen := map[string]bool{}
	var kept []ledger.Row
	for _, r := range sample {
		if key := r.Body() + "\n" + r.Session + fmt.Sprint(r.Year) + "\n" + r.Number; r.Number == "" || !seen[key] {
			seen[key] = true
			kept = append(kept, r)
		}
	}
	require.Greater(t, len(kept), 300)
	for form, write := range writers() {
		for _, lang := range []string{"zh", "en"} {
			var b bytes.Buffer
			require.NoError(t, write(&b, lang, kept))
			again := read(t, b.Bytes())
			for _, r := range again.Refused {
				require.Contains(t, []string{"number_duplicate", "row_duplicate"}, r.Code, "%s %s: %+v", form, lang, r)
			}
			want := contents(kept)
			for _, got := range contents(again.Rows) {
				require.Contains(t, want, got, "%s %s", form, lang)
			}
			require.GreaterOrEqual(t, len(again.Rows)+len(again.Refused), len(kept))
		}
	}
}

func TestFormulasAreNeutralisedInEveryWidth(t *testing.T) {
	for _, begin := range []string{"=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫"} {
		title := begin + `HYPERLINK("http://x")`
		var b bytes.Buffer
		require.NoError(t, ledger.WriteCSV(&b, "zh", each([]ledger.Row{{Title: title}})))
		require.Contains(t, b.String(), "'"+begin)
		require.NotContains(t, strings.ReplaceAll(b.String(), "\"'"+begin, ""), "\""+begin)
		require.Equal(t, title, read(t, b.Bytes()).Rows[0].Title)
	}
}

func TestRejectsAreCorrectedAndImportedAgain(t *testing.T) {
	l := read(t, []byte("案由,案号,答复时间,别的列\n好的,1,,x\n,2,,y\n三,3,昨天,z\n\"四\"五,4,,\n"))
	require.Len(t, l.Refused, 3)
	for _, lang := range []string{"zh", "en"} {
		var b bytes.Buffer
		rejects := ledger.NewRejects(&b, lang)
		for _, r := range l.Refused {
			require.NoError(t, rejects.Add(r))
		}
		again := read(t, b.Bytes())
		require.Len(t, again.Refused, 2, "as wrong as before, but for what a quotation mark was")
		corrected := strings.NewReplacer("昨天", "2022-01-02", "\n,2", "\n二,2").Replace(b.String())
		fixed := read(t, []byte(corrected))
		require.Empty(t, fixed.Refused, corrected)
		require.Len(t, fixed.Rows, 3)
		require.Equal(t, []string{"别的列"}, fixed.Ignored)
	}
}

// A ledger imported as CSV is in already when it comes as a workbook.
func TestTheSameLedgerInAnotherFormIsInAlready(t *testing.T) {
	l := read(t, ledger.Sample())
	st := memory.New()
	_, err := ledger.Import(context.Background(), st, l, nil)
	require.NoError(t, err)
	before := entriesOf(t, st)
	for _, write := range writers() {
		var b bytes.Buffer
		require.NoError(t, write(&b, "zh", l.Rows))
		report, err := ledger.Import(context.Background(), st, read(t, b.Bytes()), nil)
		require.NoError(t, err)
		require.Equal(t, [2]int{0, len(l.Rows)}, [2]int{report.Imported, report.Already})
		require.Equal(t, before, entriesOf(t, st))
	}
}

// Coded cells are words in Chinese for people and keys for programs, and either is read
// as the same row.
func TestCodedCellsAreWordsForPeople(t *testing.T) {
	t.Parallel()
	var rows []ledger.Row
	kinds := []string{"member", "joint", "party", "organisation", "committee", "sector", "group", "collective"}
	for i, outcome := range []string{
		ledger.OutcomeFile, ledger.OutcomeMerge, ledger.OutcomeRefuse, ledger.OutcomeRefer, ledger.OutcomeReturn,
		ledger.OutcomeWithdraw, ledger.OutcomeSettle, ledger.OutcomePending,
	} {
		rows = append(rows, ledger.Row{
			Title: fmt.Sprint("案由", i), Level: []string{"national", "provincial", "prefecture", "county"}[i%4], Outcome: outcome,
			ProposerKind: kinds[i], Key: i%2 == 0, Timing: []string{"plenary", "ordinary"}[i%2],
		})
	}
	for form, write := range writers() {
		for lang, word := range map[string]string{"zh": "不予立案", "en": "refuse"} {
			var b bytes.Buffer
			require.NoError(t, write(&b, lang, rows))
			if form == "csv" {
				require.Contains(t, b.String(), ","+word+",")
				require.Equal(t, lang == "en", regexp.MustCompile(`,[a-z]+,`).MatchString(b.String()), lang)
			}
			l, err := ledger.Read(b.Bytes())
			require.NoError(t, err)
			require.Empty(t, l.Refused)
			require.Equal(t, contents(rows), contents(l.Rows))
		}
	}
}

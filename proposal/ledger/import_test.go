package ledger_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/ledger/sheet"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// The ledger that ships is taken in, and its figures printed.
func ExampleImport() {
	ctx := context.Background()
	l, err := ledger.Read(ledger.Sample())
	if err != nil {
		fmt.Println(err)
		return
	}
	st := memory.New()
	report, err := ledger.Import(ctx, st, l, nil)
	fmt.Println(report.Rows, report.Imported, len(report.Refused), err)
	figures, err := ledger.Figures(ctx, st)
	if err != nil {
		fmt.Println(err)
		return
	}
	share, err := figures.Rate(proposal.ByCategory, "ecological").Percent(2, points.HalfUp)
	fmt.Println(figures.Received, share, err)
	// Output:
	// 239 224 15 <nil>
	// 224 40.00 <nil>
}

// taken imports rows into a new store and opens a service on it.
func taken(t *testing.T, rows string) (ledger.Report, *proposal.Service, store.Store) {
	t.Helper()
	return takenFrom(t, read(t, []byte(header+rows)))
}

func takenFrom(t *testing.T, l ledger.Ledger) (ledger.Report, *proposal.Service, store.Store) {
	t.Helper()
	st := memory.New()
	report, err := ledger.Import(context.Background(), st, l, nil)
	require.NoError(t, err)
	svc, err := ledger.Service(st)
	require.NoError(t, err)
	return report, svc, st
}

// only returns the one case of a store with its history.
func only(t *testing.T, svc *proposal.Service) (*proposal.Proposal, []workflow.Entry) {
	t.Helper()
	found, err := svc.Find(context.Background(), "", 0)
	require.NoError(t, err)
	require.Len(t, found, 1)
	entries, err := svc.History(context.Background(), found[0].ID)
	require.NoError(t, err)
	return found[0], entries
}

func TestARowGoesAsFarAsItsDataSupports(t *testing.T) {
	for name, c := range map[string]struct {
		row   string
		state string
		mode  proposal.Mode
		units string // what ledger.units says
	}{
		"a title":                  {csvRow("title", "t"), "submitted", "", ""},
		"a title and a proposer":   {csvRow("title", "t", "proposer_kind", "party", "proposer_org", "某党"), "submitted", "", ""},
		"a date of submission":     {csvRow("title", "t", "submitted", "2022-01-02"), "submitted", "", ""},
		"a number":                 {csvRow("title", "t", "number", "007"), "filed", "", ""},
		"a key mark":               {csvRow("title", "t", "key", "yes"), "filed", "", ""},
		"a lead":                   {csvRow("title", "t", "lead_unit", "甲局"), "assigned", proposal.Sole, ""},
		"a lead and co-units":      {csvRow("title", "t", "lead_unit", "甲局", "co_units", "乙局;丙局"), "assigned", proposal.Led, ""},
		"the lead printed twice":   {csvRow("title", "t", "lead_unit", "甲局", "co_units", "甲局;乙局;乙局"), "assigned", proposal.Led, ""},
		"units without roles":      {csvRow("title", "t", "co_units", "乙局;丙局"), "assigned", proposal.Separate, ledger.RolesNotPrinted},
		"a date of assignment":     {csvRow("title", "t", "assigned", "2022-01-02"), "assigned", proposal.Sole, ledger.NoneNotPrinted},
		"a reply without a unit":   {csvRow("title", "t", "replied", "2022-01-02"), "replied", proposal.Sole, ledger.NoneNotPrinted},
		"a class":                  {csvRow("title", "t", "lead_unit", "甲局", "answer_class", "C2"), "replied", proposal.Sole, ""},
		"a class, separate units":  {csvRow("title", "t", "co_units", "乙局;丙局", "answer_class", "A"), "replied", proposal.Separate, ledger.RolesNotPrinted},
		"an opinion":               {csvRow("title", "t", "lead_unit", "甲局", "opinion", "基本满意"), "feedback", proposal.Sole, ""},
		"an opinion of no scheme":  {csvRow("title", "t", "lead_unit", "甲局", "opinion", "比较满意"), "feedback", proposal.Sole, ""},
		"不满意 reopens the handling": {csvRow("title", "t", "lead_unit", "甲局", "opinion", "不满意"), "handling", proposal.Sole, ""},
	} {
		t.Run(name, func(t *testing.T) {
			report, svc, _ := taken(t, c.row)
			require.Empty(t, report.Refused)
			p, entries := only(t, svc)
			require.Equal(t, c.state, p.State)
			require.Equal(t, c.mode, p.Mode)
			var units string
			_, err := p.GetExtra(ledger.ExtraUnits, &units)
			require.NoError(t, err)
			require.Equal(t, c.units, units)
			for _, e := range entries {
				require.Equal(t, ledger.Registrar, e.Role, "%s is the registrar's", e.Event)
			}
			broken, err := svc.Verify(context.Background(), p.ID)
			require.NoError(t, err)
			require.Empty(t, broken)
		})
	}
}

func TestWhatIsPrintedIsKept(t *testing.T) {
	_, svc, _ := taken(t, csvRow("place", "某市", "level", "prefecture", "session", "一次会议", "year", "2022", "number", "028",
		"title", "提案", "category", "教育类380号", "proposer_kind", "collective", "lead_unit", "甲局", "answer_class", "部分采纳",
		"opinion", "满意", "submitted", "2022-01-20", "replied", "2022-06-30", "key", "yes", "source", "http://example.org | note: 附注"))
	p, entries := only(t, svc)
	require.Equal(t, []string{"一次会议", "028", "prefecture/某市", ""}, []string{p.Session, p.Number, p.Body, string(p.Category)})
	require.Equal(t, 2022, p.Year)
	require.Equal(t, proposal.Collective, p.Proposer.Kind)
	require.Equal(t, ledger.ProposerNotPrinted, p.Proposer.ID)
	require.NotNil(t, p.Key)
	require.Empty(t, p.Timing, "a ledger does not say")
	for key, want := range map[string]string{
		ledger.ExtraSource: "http://example.org | note: 附注", ledger.ExtraCategory: "教育类380号", ledger.ExtraPlace: "某市",
		ledger.ExtraSubmitted: "2022-01-20", ledger.ExtraReplied: "2022-06-30",
	} {
		var got string
		ok, err := p.GetExtra(key, &got)
		require.True(t, ok, key)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	reply := p.Part("甲局").Reply()
	require.Equal(t, [2]string{"部分采纳", "printed@1"}, [2]string{reply.Class, reply.Scheme}, "a class stays what is printed")
	require.Equal(t, [2]string{"satisfied", "opinion3@1"}, [2]string{p.Opinions[0].Result, p.Opinions[0].Scale})

	days := make(map[string]string)
	for _, e := range entries {
		days[e.Event] = e.At.Format(time.DateOnly)
	}
	require.Equal(t, "2022-01-20", days["open"])
	require.Equal(t, "2022-01-20", days["submit"])
	require.Equal(t, "2022-06-30", days["assign"], "the first printed date by which it had happened")
	require.Equal(t, "2022-06-30", days["issue_reply"])
	require.Equal(t, time.Now().UTC().Format(time.DateOnly), days["give_opinion"], "no date is printed: the time of import")
}

func TestACategoryIsCodedWhereTheSchemeHasItsLabel(t *testing.T) {
	for printed, want := range map[string]proposal.Category{
		"生态文明建设": proposal.Ecological, "党的建设": proposal.PartyBuilding, "social": proposal.Social, "教育类380号": "", "": "",
	} {
		_, svc, _ := taken(t, csvRow("title", "t", "category", printed))
		p, _ := only(t, svc)
		require.Equal(t, want, p.Category, printed)
	}
}

// The same figures by a second, deliberately dumb count over the printed
// columns.
func TestTheFiguresOfTheSampleAreThoseOfItsColumns(t *testing.T) {
	records, err := csv.NewReader(bytes.NewReader(ledger.Sample())).ReadAll()
	require.NoError(t, err)
	column := make(map[string]int)
	for i, name := range records[0] {
		column[name] = i
	}
	counts := make(map[string]map[string]int64)
	bases := make(map[string]int64)
	var received, filed int64
	for _, r := range records[1:] {
		if r[column["title"]] == "" {
			continue
		}
		received++
		for _, name := range []string{"number", "key", "lead_unit", "co_units", "answer_class", "opinion", "replied", "assigned"} {
			if r[column[name]] != "" {
				filed++
				break
			}
		}
		for _, name := range []string{"category", "proposer_kind", "answer_class", "opinion"} {
			value := r[column[name]]
			value = map[string]string{"生态文明建设": "ecological", "满意": "satisfied"}[value] + strings.NewReplacer("生态文明建设", "", "满意", "").Replace(value)
			if value == "" {
				continue
			}
			if counts[name] == nil {
				counts[name] = make(map[string]int64)
			}
			counts[name][value]++
			bases[name]++
		}
	}
	l, err := ledger.Read(ledger.Sample())
	require.NoError(t, err)
	figures, report, err := ledger.FiguresOf(context.Background(), l)
	require.NoError(t, err)
	require.Len(t, report.Refused, 15)
	require.Equal(t, received, figures.Received)
	require.Equal(t, filed, figures.Filed)
	for d, name := range map[proposal.Dimension]string{
		proposal.ByCategory: "category", proposal.ByProposer: "proposer_kind", proposal.ByClass: "answer_class", proposal.ByOpinion: "opinion",
	} {
		require.Len(t, figures.Keys(d), len(counts[name]), d)
		for key, n := range counts[name] {
			require.Equal(t, n, figures.Rate(d, key).Count, "%s %s", d, key)
			require.Equal(t, bases[name], figures.Rate(d, key).Base, d)
		}
	}
}

func entriesOf(t *testing.T, st store.Store) int {
	t.Helper()
	n := 0
	for after := uint64(0); ; {
		entries, err := st.Feed(context.Background(), after, 0)
		require.NoError(t, err)
		if len(entries) == 0 {
			return n
		}
		n += len(entries)
		after = entries[len(entries)-1].Position
	}
}

func TestImportingTwiceCreatesNothing(t *testing.T) {
	ctx := context.Background()
	l, err := ledger.Read(ledger.Sample())
	require.NoError(t, err)
	st := memory.New()
	first, err := ledger.Import(ctx, st, l, nil)
	require.NoError(t, err)
	require.Equal(t, [2]int{224, 0}, [2]int{first.Imported, first.Already})
	before := entriesOf(t, st)
	again, err := ledger.Import(ctx, st, l, nil)
	require.NoError(t, err)
	require.Equal(t, [2]int{0, 224}, [2]int{again.Imported, again.Already})
	require.Equal(t, first.Refused, again.Refused)
	require.Equal(t, before, entriesOf(t, st))
}

// However early an import is cut off, the next one finishes it, and the store
// is then as if it had never been.
func TestAnImportThatIsCutOffIsFinishedByTheNext(t *testing.T) {
	l, err := ledger.Read([]byte(header + csvRow("title", "a", "number", "1", "lead_unit", "甲局", "answer_class", "A", "opinion", "满意") +
		csvRow("title", "b", "co_units", "甲局;乙局", "replied", "2022-01-02") + csvRow("title", "c")))
	require.NoError(t, err)
	whole := memory.New()
	_, err = ledger.Import(context.Background(), whole, l, nil)
	require.NoError(t, err)
	for commits := range int64(entriesOf(t, whole)) {
		st := &failing{Store: memory.New()}
		st.left.Store(commits)
		_, err := ledger.Import(context.Background(), st, l, nil)
		require.ErrorIs(t, err, errDisk)
		require.ErrorContains(t, err, "line ")
		st.left.Store(1000)
		report, err := ledger.Import(context.Background(), st, l, nil)
		require.NoError(t, err)
		require.Equal(t, 3, report.Imported+report.Already)
		require.Empty(t, report.Refused)
		require.Equal(t, entriesOf(t, whole), entriesOf(t, st))
		require.Equal(t, states(t, whole), states(t, st))
	}
}

func states(t *testing.T, st store.Store) map[string]string {
	t.Helper()
	svc, err := ledger.Service(st)
	require.NoError(t, err)
	by := make(map[string]string)
	require.NoError(t, svc.Each(context.Background(), func(p *proposal.Proposal) error {
		by[p.ID] = p.State
		return nil
	}))
	return by
}

var errDisk = errors.New("the disk is full")

// failing is a store whose disk is full after so many entries.
type failing struct {
	store.Store
	left atomic.Int64
}

func (s *failing) Commit(ctx context.Context, changes ...store.Change) error {
	entries := 0
	for _, c := range changes {
		entries += len(c.Entries)
	}
	if s.left.Add(-int64(entries)) < 0 {
		return errDisk
	}
	return s.Store.Commit(ctx, changes...)
}

func TestARowThatTheLibraryRefusesTakesNoNumberAlong(t *testing.T) {
	report, svc, _ := taken(t, csvRow("title", "t", "proposer_kind", "king")+
		csvRow("title", strings.Repeat("长", 201), "number", "9")+csvRow("title", "好的提案", "number", "9"))
	require.Equal(t, 1, report.Imported, "the number is still free")
	require.Equal(t, []string{"proposer_kind_unknown", "title_too_long"}, []string{report.Refused[0].Code, report.Refused[1].Code})
	_, _ = only(t, svc)
}

// Rows are counted a number at a time, and the whole is the same as at once.
func TestFiguresOfManyRowsAreThoseOfAll(t *testing.T) {
	var b strings.Builder
	b.WriteString("案由,案号,类别,提案类型\n")
	for i := range 1100 {
		fmt.Fprintf(&b, "第%d件,%d,%s,%s\n", i, i, []string{"社会建设", "经济建设", "教育类"}[i%3], []string{"委员", "党派"}[i%2])
	}
	b.WriteString("第0件,0,社会建设,委员\n,1,,\n") // there twice; no title
	r, err := ledger.Open(strings.NewReader(b.String()), ledger.Map{}, sheet.Limits{})
	require.NoError(t, err)
	told := 0
	got, report, err := ledger.FiguresFrom(context.Background(), r, ledger.Watch{Progress: func(done int) {
		require.Equal(t, told+1, done)
		told = done
	}})
	require.NoError(t, err)
	require.Equal(t, []int{1102, 1100, 2, 1102}, []int{report.Rows, report.Imported, len(report.Refused), told})
	st := memory.New()
	_, err = ledger.Import(context.Background(), st, read(t, []byte(b.String())), nil)
	require.NoError(t, err)
	want, err := ledger.Figures(context.Background(), st)
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.EqualValues(t, 367, got.Rate(proposal.ByCategory, "social").Count)
}

func TestANumberThatAnotherCaseHasIsTold(t *testing.T) {
	_, _, st := taken(t, csvRow("title", "first", "place", "甲县", "year", "2022", "number", "7"))
	l, err := ledger.Read([]byte(header + csvRow("title", "second", "place", "甲县", "year", "2022", "number", "7") +
		csvRow("title", "third", "place", "甲县", "year", "2023", "number", "7")))
	require.NoError(t, err)
	report, err := ledger.Import(context.Background(), st, l, nil)
	require.NoError(t, err)
	require.Equal(t, 1, report.Imported)
	require.Equal(t, "number_taken", report.Refused[0].Code)
	require.Len(t, states(t, st), 2)
}

func TestACancelledImportSaysSo(t *testing.T) {
	l, err := ledger.Read(ledger.Sample())
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	_, err = ledger.Import(ctx, memory.New(), l, func(done int) {
		if done == 20 {
			cancel()
		}
	})
	require.ErrorIs(t, err, context.Canceled)
}

func TestTheDefinitionOfLedgersIsTheNineStagesForARegistrar(t *testing.T) {
	d, nine := ledger.Definition(), proposal.Nine()
	require.Equal(t, nine.States, d.States)
	require.Equal(t, nine.Stages, d.Stages)
	require.Empty(t, d.Limits)
	var guards []string
	for name := range proposal.Guards() {
		guards = append(guards, name)
	}
	_, err := lifecycle.Compile(d, lifecycle.Guards(guards...))
	require.NoError(t, err)
	require.Equal(t, proposal.Nine(), nine, "the original is left as it is")
	for i, tr := range d.Transitions {
		if tr.Auto {
			require.Equal(t, nine.Transitions[i], tr, "where a case stands is decided as ever")
			continue
		}
		require.Contains(t, tr.Roles, ledger.Registrar)
		require.NotContains(t, tr.Guards, "numbered")
	}
	data, err := json.Marshal(d)
	require.NoError(t, err)
	back, err := lifecycle.Decode(data)
	require.NoError(t, err)
	require.Equal(t, d.Fingerprint(), back.Fingerprint())
}

func TestEachPlaceIsABodyUnderItsLevel(t *testing.T) {
	l, err := ledger.Read(ledger.Sample())
	require.NoError(t, err)
	tree, err := ledger.Tree(l.Rows)
	require.NoError(t, err)
	require.Equal(t, []string{"county/舒城县", "county", ledger.Root}, tree.Path("county/舒城县"))
	require.Equal(t, []string{"national", "national/全国"}, tree.Below("national"))
	own := map[string]*proposal.Tally{"county/舒城县": {Received: 2}, "national/全国": {Received: 3}}
	require.EqualValues(t, 5, proposal.RollUp(tree, own)[ledger.Root].Received)
}

func TestTheJourneyCountsEveryStageACaseHasBeenIn(t *testing.T) {
	_, svc, _ := taken(t, csvRow("title", "a")+csvRow("title", "b", "number", "2")+csvRow("title", "c", "lead_unit", "甲局", "opinion", "满意"))
	journey, err := ledger.Journey(context.Background(), svc)
	require.NoError(t, err)
	got := make(map[string][2]int)
	for _, r := range journey {
		got[r.Stage.Key] = [2]int{r.Ever, r.Now}
	}
	require.Equal(t, map[string][2]int{
		"cultivation": {3, 0}, "submission": {3, 1}, "review": {2, 0}, "filing": {2, 1}, "assignment": {1, 0},
		"handling": {1, 0}, "supervision": {0, 0}, "reply": {1, 0}, "feedback": {1, 1},
	}, got)
}

// A ledger of a province over many years: as many rows as TIAN_ROWS says.
func TestManyRowsAreTakenIn(t *testing.T) {
	n := 500
	if _, err := fmt.Sscan(os.Getenv("TIAN_ROWS"), &n); err != nil || testing.Short() {
		n = min(n, 500)
	}
	var b strings.Builder
	b.WriteString(header)
	for i := range n {
		b.WriteString(csvRow("place", fmt.Sprintf("第%d县", i%100), "level", "county", "year", "2022", "number", fmt.Sprint(i),
			"title", fmt.Sprintf("第%d件提案", i), "lead_unit", "甲局", "answer_class", "A"))
	}
	l, err := ledger.Read([]byte(b.String()))
	require.NoError(t, err)
	last := 0
	report, err := ledger.Import(context.Background(), memory.New(), l, func(done int) {
		require.Equal(t, last+1, done)
		last = done
	})
	require.NoError(t, err)
	require.Equal(t, n, report.Imported)
	require.Equal(t, n, last)
}

// A day that has not come is told, and not half of the row goes in.
func TestADayThatHasNotComeIsTold(t *testing.T) {
	r, err := ledger.Open(strings.NewReader("案由,提交日期,答复日期\n一,2022-01-02,2022-06-30\n二,2022-01-02,2022-07-02\n"), ledger.Map{}, sheet.Limits{})
	require.NoError(t, err)
	st := memory.New()
	var told []ledger.Refusal
	report, err := ledger.ImportFrom(context.Background(), st, r, ledger.Watch{
		Now:     time.Date(2022, 6, 30, 20, 0, 0, 0, time.UTC), // the first of July in Beijing
		Refused: func(r ledger.Refusal) error { told = append(told, r); return nil },
	})
	require.NoError(t, err)
	require.Equal(t, []any{2, 1, "dates_future", 3}, []any{report.Rows, report.Imported, report.Refused[0].Code, report.Refused[0].Line})
	require.Equal(t, report.Refused, told)
	require.Len(t, states(t, st), 1)
}

// counting counts what is asked of a store.
type counting struct {
	store.Store
	commits, reads atomic.Int64
}

func (s *counting) Commit(ctx context.Context, changes ...store.Change) error {
	s.commits.Add(1)
	return s.Store.Commit(ctx, changes...)
}

func (s *counting) Load(ctx context.Context, kind, id string) (store.Record, store.Line, error) {
	s.reads.Add(1)
	return s.Store.Load(ctx, kind, id)
}

func (s *counting) History(ctx context.Context, kind, id string, after uint64, limit int) ([]store.Line, error) {
	s.reads.Add(1)
	return s.Store.History(ctx, kind, id, after, limit)
}

func (s *counting) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	s.reads.Add(1)
	return s.Store.Find(ctx, q)
}

func TestImportingAgainReadsEachRowOnceAndWritesNothing(t *testing.T) {
	l, err := ledger.Read(ledger.Sample())
	require.NoError(t, err)
	st := &counting{Store: memory.New()}
	_, err = ledger.Import(context.Background(), st, l, nil)
	require.NoError(t, err)
	st.commits.Store(0)
	st.reads.Store(0)
	_, err = ledger.Import(context.Background(), st, l, nil)
	require.NoError(t, err)
	require.Zero(t, st.commits.Load())
	require.EqualValues(t, len(l.Rows)+1, st.reads.Load(), "each row, and what has been adopted")
}

// What an import asks of the store grows as its rows do: with ten times as many
// of one place, each costs as many reads as before.
func TestAnImportIsLinear(t *testing.T) {
	reads := func(n int) int64 {
		var b strings.Builder
		b.WriteString("地区,年份,案号,案由\n")
		for i := range n {
			fmt.Fprintf(&b, "甲县,2022,%d,第%d件提案\n", i, i)
		}
		l, err := ledger.Read([]byte(b.String()))
		require.NoError(t, err)
		st := &counting{Store: memory.New()}
		report, err := ledger.Import(context.Background(), st, l, nil)
		require.NoError(t, err)
		require.Equal(t, n, report.Imported)
		return st.reads.Load()
	}
	few, many := reads(150), reads(1500)
	require.Less(t, many, 12*few)
}

func TestAnInterruptedImportSaysHowFarItCame(t *testing.T) {
	var b strings.Builder
	b.WriteString("案由\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "第%d件提案\n", i)
	}
	open := func() *ledger.Reader {
		r, err := ledger.Open(strings.NewReader(b.String()), ledger.Map{}, sheet.Limits{})
		require.NoError(t, err)
		return r
	}
	ctx, cancel := context.WithCancel(context.Background())
	st := memory.New()
	report, err := ledger.ImportFrom(ctx, st, open(), ledger.Watch{Progress: func(done int) {
		if done == 1500 {
			cancel()
		}
	}})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, 1025, report.Until, "the first 1024 rows, below the header")
	require.GreaterOrEqual(t, report.Imported, 1500)
	again, err := ledger.ImportFrom(context.Background(), st, open(), ledger.Watch{})
	require.NoError(t, err)
	require.Equal(t, 3000, again.Imported+again.Already)
	require.Len(t, states(t, st), 3000)
}

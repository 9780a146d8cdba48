package published_test

import (
	"context"
	"encoding/csv"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/consult/published"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

const file = "testdata/consultations.csv"

func read(t testing.TB) []published.Record {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	records, refused, err := published.Read(f)
	require.NoError(t, err)
	require.Empty(t, refused)
	return records
}

// TestEveryFieldIsKept holds the records against the file as encoding/csv reads
// it: nothing is lost, and nothing is there that the file does not have.
func TestEveryFieldIsKept(t *testing.T) {
	t.Parallel()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	records := read(t)
	require.Len(t, records, 63)
	require.Len(t, rows, 64)
	for i, r := range records {
		row := rows[i+1]
		require.Equal(t, row[0], r.Place)
		require.Equal(t, row[2], r.Platform)
		require.Equal(t, row[4], string(r.Kind))
		require.Equal(t, row[5], r.Date.Text)
		require.Equal(t, row[6], r.Topic)
		require.Equal(t, row[7], strings.Join(r.Participants, ";"))
		require.Equal(t, row[10], strings.Join(r.Outcomes, ";"))
		require.Equal(t, row[11], strings.Join(r.Answered, ";"))
		require.Equal(t, row[12], strings.Join(r.FollowUps, ";"))
		require.Equal(t, row[13], r.Source)
		for column, figures := range map[int][]printed.Figure{8: r.Counts, 9: r.Opinions, 10: r.Figures()} {
			for _, f := range figures {
				require.Contains(t, row[column], f.Text)
			}
			if row[column] == "" {
				require.Empty(t, figures)
			}
		}
	}
}

// TestDatesAgreeWithTheirText reads every date that is a full one a second way.
func TestDatesAgreeWithTheirText(t *testing.T) {
	t.Parallel()
	full := regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	days := 0
	for _, r := range read(t) {
		day, ok := r.Date.Day()
		require.Equal(t, full.MatchString(r.Date.Text), ok, r.Date.Text)
		if ok {
			require.Equal(t, r.Date.Text, day.String())
			days++
		}
	}
	require.Equal(t, 11, days)
	for _, c := range []struct{ text, from, to string }{
		{"近日", "", ""}, {"4月15日", "", ""}, {"去年11月", "", ""}, {"", "", ""}, {"2023-13-01", "", ""}, {"2023-02-30", "", ""},
		{"2022-08", "2022-08-01", "2022-08-31"}, {"2021", "2021-01-01", "2021-12-31"}, {"截至2025年8月", "", "2025-08-31"},
		{"截至2021-08-07", "", "2021-08-07"}, {"自2014年2月", "2014-02-01", ""}, {"2023-06/2023-10", "2023-06-01", "2023-10-31"},
		{"2024 (page 2024-09-18)", "2024-01-01", "2024-12-31"}, {"近日 (page 2021-08-07)", "", ""}, {"2023-10/2023-06", "", ""},
	} {
		d := published.ParseDate(c.text)
		require.Equal(t, [2]string{c.from, c.to}, [2]string{d.From.String(), d.To.String()}, c.text)
	}
}

// TestPrintedFiguresAreReproduced takes figures from the rows as printed and
// works them out again.
func TestPrintedFiguresAreReproduced(t *testing.T) {
	t.Parallel()
	find := func(place string, kind published.Kind) published.Record {
		for _, r := range read(t) {
			if r.Place == place && r.Kind == kind {
				return r
			}
		}
		require.Fail(t, "no such row", "%s %s", place, kind)
		return published.Record{}
	}
	jinan := find("济南市", published.Collection)
	require.Len(t, jinan.Figures(), 12)
	var sum int64
	for _, class := range jinan.Figures() {
		require.NotEmpty(t, class.What)
		sum += class.N
	}
	require.EqualValues(t, 272, sum)
	require.Equal(t, jinan.Opinions[0].N, sum)

	for _, c := range []struct {
		place, what string
		figures     func(published.Record) []printed.Figure
		n           int64
		bound       printed.Bound
		unit        string
	}{
		{"重庆市九龙坡区", "协商活动", published.Record.Figures, 35, printed.Exactly, "次"},
		{"重庆市九龙坡区", "办实事", published.Record.Figures, 240, printed.AtLeast, "件"},
		{"江门市", "协商清单", published.Record.Figures, 37, printed.Exactly, "条"},
		{"江门市", "全市建成各类公园", published.Record.Figures, 1600, printed.Nearly, "个"},
		{"重庆市", "平台", published.Record.Figures, 473, printed.Exactly, "个"},
		{"重庆市", "", published.Record.Figures, 521, printed.Exactly, "场次"},
		{"重庆市", "解决基层民生问题", published.Record.Figures, 489, printed.Exactly, "件"},
		{"重庆市", "委员", func(r published.Record) []printed.Figure { return r.Counts }, 1780, printed.Exactly, "人次"},
		{"重庆市长寿区", "惠及群众", published.Record.Figures, 500_000, printed.AtLeast, "人"},
		{"浙江省", "", func(r published.Record) []printed.Figure { return r.Opinions }, 15_000, printed.AtLeast, "条"},
		{"济南市", "委员", func(r published.Record) []printed.Figure { return r.Counts }, 1000, printed.AtLeast, ""},
		{"济南市", "群众", func(r published.Record) []printed.Figure { return r.Counts }, 1000, printed.Nearly, ""},
		{"深圳市", "委员", func(r published.Record) []printed.Figure { return r.Counts }, 570, printed.AtLeast, "名"},
	} {
		r := find(c.place, published.Total)
		found := false
		for _, f := range c.figures(r) {
			if f.What == c.what && f.N == c.n {
				require.Equal(t, c.bound, f.Bound, f.Text)
				require.Equal(t, c.unit, f.Unit, f.Text)
				found = true
			}
		}
		require.True(t, found, "%s: %q %d among %v", c.place, c.what, c.n, c.figures(r))
	}
}

func service(t testing.TB) *consult.Service {
	t.Helper()
	now := time.Date(2026, time.January, 20, 2, 0, 0, 0, time.UTC)
	svc, err := consult.New(memory.New(), workflow.WithNow(func() time.Time { return now }))
	require.NoError(t, err)
	return svc
}

// clerk has a body for every place by its own name, and one for what names none.
func clerk(place string) (consult.Actor, error) {
	if place == "" {
		place = "地名未印"
	}
	return consult.Actor{ID: "clerk", Body: place, Roles: []string{"office"}}, nil
}

// TestEveryRowBecomesACase imports all rows, twice, and counts what is there in a
// second way.
func TestEveryRowBecomesACase(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	svc := service(t)
	records := read(t)
	first, refused, err := published.Import(ctx, svc, clerk, records)
	require.NoError(t, err)
	require.Empty(t, refused)

	byKind := make(map[published.Kind]int)
	years := make(map[int]int)
	for _, r := range records {
		byKind[r.Kind]++
		if day, ok := r.Date.Day(); ok && r.Kind == published.Activity {
			years[day.Year()]++
		}
	}
	require.Equal(t, byKind[published.Activity], first.Activities)
	require.Equal(t, byKind[published.Preparing], first.Prepared)
	require.Equal(t, byKind[published.Planned], first.Topics)
	require.Equal(t, byKind[published.Total]+byKind[published.Collection]+byKind[published.Rule], first.Accounts)
	require.Equal(t, byKind[published.Inspection], first.Inspected)
	require.Equal(t, 63, first.Activities+first.Prepared+first.Topics+first.Accounts+first.Inspected)

	held := 0
	require.NoError(t, svc.Activities.Each(ctx, func(a *activity.Activity) error {
		if a.Held {
			held++
			require.True(t, a.Backfilled)
			require.Equal(t, "recorded", a.State)
			require.Empty(t, a.Participants, "nobody is invented")
		}
		return nil
	}))
	require.Equal(t, 45, held)
	for year, n := range years {
		there, err := svc.Activities.Find(ctx, "", store.MaxLimit, store.Match{Attr: "year", Op: store.Is, Values: []string{strconv.Itoa(year)}})
		require.NoError(t, err)
		require.Len(t, there, n, year)
	}

	again, refused, err := published.Import(ctx, svc, clerk, records)
	require.NoError(t, err)
	require.Empty(t, refused)
	require.Zero(t, again.Platforms)
	require.Equal(t, first.Activities, again.Activities)
	report, err := svc.Activities.Audit(ctx, nil)
	require.NoError(t, err)
	require.Empty(t, report.Broken)
	require.Equal(t, held+first.Prepared, report.Cases)
	require.Equal(t, 2*report.Cases, report.Entries, "the second import changed nothing")
}

// TestAnUndatedActivityIsInNoYear: 近日 is no date, and no year is guessed.
func TestAnUndatedActivityIsInNoYear(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	svc := service(t)
	_, _, err := published.Import(ctx, svc, clerk, read(t))
	require.NoError(t, err)
	on, err := calendar.NewDate(2025, time.December, 31)
	require.NoError(t, err)
	figures, err := svc.RollUp(ctx, "江门市", on)
	require.NoError(t, err)
	require.Zero(t, figures[0].Held)
	require.Equal(t, 5, figures[0].Undated)
}

// TestABadRowIsToldByItsLine: the good rows beside it go in.
func TestABadRowIsToldByItsLine(t *testing.T) {
	t.Parallel()
	header := strings.Join(published.Header(), ",") + "\n"
	good := "江门市,prefecture,委员议事厅,,activity,2024-05-01,停车,,,,,,,源,\n"
	for _, c := range []struct{ name, row, code string }{
		{"too few fields", "江门市,prefecture\n", "columns"},
		{"no such level", strings.Replace(good, "prefecture", "moon", 1), "level"},
		{"no such kind", strings.Replace(good, "activity", "party", 1), "record_kind"},
		{"no platform", strings.Replace(good, "委员议事厅", " ", 1), "platform"},
		{"a stray quote", strings.Replace(good, "停车", `停"车`, 1), "unreadable"},
		{"not UTF-8", strings.Replace(good, "停车", "\xff\xfe", 1), "not_utf8"},
		{"a NUL", strings.Replace(good, "停车", "停\x00车", 1), "not_utf8"},
		{"a field without end", strings.Replace(good, "停车", strings.Repeat("长", 10_001), 1), "too_long"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			records, refused, err := published.Read(strings.NewReader("\ufeff" + header + good + c.row + good))
			require.NoError(t, err)
			require.Len(t, records, 2)
			require.Len(t, refused, 1)
			require.Equal(t, 3, refused[0].Line)
			require.Equal(t, c.code, refused[0].Code)
		})
	}
	_, _, err := published.Read(strings.NewReader("a,b\n"))
	require.ErrorIs(t, err, published.ErrHeader)
	_, _, err = published.Read(strings.NewReader(""))
	require.ErrorIs(t, err, published.ErrHeader)
}

// TestARowTheServiceRefusesIsToldByItsLine: an unknown place, a day to come.
func TestARowTheServiceRefusesIsToldByItsLine(t *testing.T) {
	t.Parallel()
	header := strings.Join(published.Header(), ",") + "\n"
	records, refused, err := published.Read(strings.NewReader(header +
		"江门市,prefecture,委员议事厅,,activity,2024-05-01,停车,,,,,,,源,\n" +
		"江门市,prefecture,委员议事厅,,activity,2099-05-01,停车,,,,,,,源,\n" +
		"乌有市,prefecture,委员议事厅,,activity,2024-05-01,停车,,,,,,,源,\n"))
	require.NoError(t, err)
	require.Empty(t, refused)
	done, refused, err := published.Import(context.Background(), service(t), func(place string) (consult.Actor, error) {
		if place == "乌有市" {
			return consult.Actor{}, published.ErrNoPlace
		}
		return clerk(place)
	}, records)
	require.NoError(t, err)
	require.Equal(t, 1, done.Activities)
	require.Len(t, refused, 2)
	require.Equal(t, []int{3, 4}, []int{refused[0].Line, refused[1].Line})
}

func FuzzRead(f *testing.F) {
	data, err := os.ReadFile(file)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(data))
	f.Add(strings.Join(published.Header(), ",") + "\n江门市,county,\"a\nb\",,activity,截至2021-08-07,,,近1.5万余件;50户140人,,,,,,\n")
	f.Fuzz(func(t *testing.T, text string) {
		records, refused, err := published.Read(strings.NewReader(text))
		if err != nil {
			return
		}
		last := 0
		for _, r := range records {
			if r.Line <= last {
				t.Fatalf("line %d after line %d", r.Line, last)
			}
			last = r.Line
			if r.Date.From != r.Date.To && !r.Date.To.IsZero() && r.Date.To.Before(r.Date.From) {
				t.Fatalf("%q is from %s to %s", r.Date.Text, r.Date.From, r.Date.To)
			}
			for _, fig := range append(r.Counts, r.Figures()...) {
				if fig.N < 0 {
					t.Fatalf("%q is %d", fig.Text, fig.N)
				}
			}
		}
		for _, r := range refused {
			if r.Line < 1 || r.Code == "" || r.Text == "" {
				t.Fatalf("a refusal that tells nothing: %+v", r)
			}
		}
	})
}

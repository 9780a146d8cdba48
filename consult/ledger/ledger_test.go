package ledger_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/ledger"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

func date(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

var (
	office = consult.Actor{ID: "office", Body: "county", Roles: []string{"office"}}
	bureau = consult.Actor{ID: "clerk", Body: "county", Unit: "bureau"}
)

// world is a service with a year in it: a station with a quota of four, an activity
// with a checklist, one that was cancelled, one entered after the fact, one of no
// platform.
type world struct {
	*testing.T
	now time.Time
	svc *consult.Service
}

func (w *world) on(day string) *world {
	at, err := time.Parse(time.DateOnly, day)
	require.NoError(w, err)
	w.now = at.Add(10 * time.Hour)
	return w
}

func (w *world) plan(p activity.Plan) *activity.Activity {
	w.Helper()
	a, err := w.svc.Plan(context.Background(), office, p)
	require.NoError(w, err)
	return a
}

func (w *world) do(actor consult.Actor, a *activity.Activity, acts ...workflow.Action[*activity.Activity, rules.Rules]) {
	w.Helper()
	for _, act := range acts {
		_, err := w.svc.Activities.Do(context.Background(), actor, a.ID, act)
		require.NoError(w, err, act.Event())
	}
}

func empty(t *testing.T) *world {
	w := (&world{T: t}).on("2024-03-01")
	var err error
	w.svc, err = consult.New(memory.New(), workflow.WithNow(func() time.Time { return w.now }))
	require.NoError(t, err)
	return w
}

func (w *world) station(name string) *platform.Platform {
	p, err := w.svc.Establish(context.Background(), office, platform.Establish{
		Name: name, Kind: rules.KindStation, Tier: platform.Town, Unit: "站", Since: date("2024-01-01"), Quota: rules.Quota{N: 4, Per: rules.PerYear},
	})
	require.NoError(w, err)
	return p
}

func year(t *testing.T) *world {
	w := empty(t)
	p := w.station("=1号站")
	a := w.plan(activity.Plan{Title: "=停车；道路", Form: rules.FormPlatform, Platform: p.ID, On: date("2024-03-08")})
	w.do(office, w.plan(activity.Plan{Title: "取消的", Form: rules.FormPlatform, Platform: p.ID, On: date("2024-03-05")}), activity.Cancel{Reason: "人员不齐"})
	w.do(office, a, activity.Notify{})
	w.on("2024-03-08").do(office, a, activity.Hold{Joined: []activity.Participant{
		{ID: "m", Kind: rules.Member}, {ID: "r1", Kind: rules.Resident}, {ID: "r2", Kind: rules.Resident}, {ID: "x", Kind: rules.Expert},
	}}, activity.Raise{Opinions: []activity.Opinion{{Text: "一"}, {Text: "二"}}})
	w.on("2024-03-20").do(office, a, activity.FileMinutes{Text: "纪要"}, activity.Conclude{
		Items: []checklist.Task{
			{What: "清理通道", Owner: checklist.Owner{Unit: "bureau"}, Due: date("2024-04-30"), Practical: true, With: []checklist.Owner{{Unit: "water"}, {Name: "张主任"}}},
			{What: "划线", Owner: checklist.Owner{Account: "m", Name: "王委员"}, Due: date("2024-05-31")},
		},
		Outcomes: []outcome.Outcome{{Kind: rules.OutcomeNote, Title: "信息"}, {Kind: rules.OutcomeClue, Title: "线索"}},
	}, activity.Publish{Title: "清单"})
	w.do(bureau, a, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}})
	w.do(office, a, activity.ConfirmItem{Item: "i1"},
		activity.AssessItem{Item: "i1", Satisfaction: survey.Satisfaction{Asked: 9, Answers: map[string]int64{"satisfied": 7, "dissatisfied": 1}}},
		activity.Assess{Satisfaction: survey.Satisfaction{Asked: 5, Answers: map[string]int64{"satisfied": 3, "dissatisfied": 1}}})
	w.do(office, w.plan(activity.Plan{Title: "年初的", Form: rules.FormThematic}), activity.Backfill{On: date("2024-01-10")})
	return w.on("2024-06-30")
}

func (w *world) gather() (ledger.Year, ledger.Words) {
	w.Helper()
	y, words, err := ledger.Gather(context.Background(), w.svc, "county", date("2024-06-30"))
	require.NoError(w, err)
	return y, words
}

// What is written is read as the same year, in each language, as a workbook and as CSV,
// and in the words of people where it is for people.
func TestAYearGoesOutAndComesInTheSame(t *testing.T) {
	t.Parallel()
	y, words := year(t).gather()
	require.Len(t, y.Activities, 3)
	require.Len(t, y.Items, 2)
	require.Equal(t, []string{"water", "张主任"}, y.Items[0].Helpers)
	require.Equal(t, [2]int{7, 8}, [2]int{y.Items[0].Satisfied, y.Items[0].Returned})
	require.Equal(t, "yellow", y.Items[1].Card)
	require.Equal(t, map[string]int{"member": 1, "resident": 2, "expert": 1}, y.Activities[2].Present)
	for _, lang := range []string{"zh", "en"} {
		var b bytes.Buffer
		require.NoError(t, ledger.WriteXLSX(&b, lang, words, y))
		found, err := ledger.Read(&b, words)
		require.NoError(t, err)
		require.Empty(t, found.Refused)
		require.Empty(t, found.Ignored)
		require.Equal(t, y, found.Year, lang)

		parts := new(ledger.Found)
		for _, part := range []ledger.Part{ledger.Platforms, ledger.Activities, ledger.Items} {
			b.Reset()
			require.NoError(t, ledger.WriteCSV(&b, lang, words, y, part))
			found, err := ledger.Read(&b, words)
			require.NoError(t, err, part)
			require.Empty(t, found.Refused)
			parts.Platforms = append(parts.Platforms, found.Platforms...)
			parts.Activities = append(parts.Activities, found.Activities...)
			parts.Items = append(parts.Items, found.Items...)
		}
		require.Equal(t, y, parts.Year, lang)
	}
	require.Error(t, ledger.WriteCSV(new(bytes.Buffer), "zh", words, y, "phases"))
	require.Error(t, ledger.WriteCSV(broken{}, "zh", words, y, ledger.Items))
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, workflow.ErrConflict }

// A clerk reads Chinese in every cell, a program keys, and no spreadsheet a formula:
// the CSV is read back with encoding/csv.
func TestALedgerIsInTheWordsOfWhoReadsIt(t *testing.T) {
	t.Parallel()
	y, words := year(t).gather()
	for lang, want := range map[string][]string{
		"zh": {"2024-03-08", "'=停车；道路", "平台协商", "'=1号站", "已公开", "是", "否", "否", "1", "0", "0", "2", "1", "0", "0", "0", "2"},
		"en": {"2024-03-08", "'=停车；道路", "platform", "'=1号站", "published", "yes", "no", "no", "1", "0", "0", "2", "1", "0", "0", "0", "2"},
	} {
		var b bytes.Buffer
		require.NoError(t, ledger.WriteCSV(&b, lang, words, y, ledger.Activities))
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff"))).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, 4)
		require.Equal(t, want, rows[3][:len(want)])
		if lang == "zh" {
			for _, cell := range append(rows[0], rows[3][23:26]...) {
				require.NotRegexp(t, `[a-z]{2}`, cell)
			}
			require.Contains(t, rows[3], "社情民意信息；提案线索")
		}
	}
}

// A spreadsheet that people have worked on is read all the same: a title above the
// header, columns in another order, some left out and some added, days as serials and
// in Chinese, an empty row, full-width figures in none.
func TestALedgerThatPeopleWorkedOn(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	for at, value := range map[string]any{
		"A1": "某县政协2024年协商台账", "A3": "议题", "B3": "日 期", "C3": "备注", "D3": "协商形式", "E3": "意见", "F3": "公开", "G3": "成果",
		"A4": "停车", "B4": 45359, "C4": "好", "D4": "专题协商", "E4": "12", "F4": "√", "G4": "协商纪要;建议案",
		"A6": "养老", "B6": "2024年5月6日", "D6": "thematic", "A7": "学位", "D7": "茶话会", "A8": "床位", "E8": "约20", "A9": "", "E9": "3",
	} {
		require.NoError(t, f.SetCellValue("Sheet1", at, value))
	}
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	found, err := ledger.Read(&b, ledger.DefaultWords())
	require.NoError(t, err)
	require.Equal(t, []ledger.Activity{
		{Title: "停车", On: date("2024-03-08"), Form: "thematic", Opinions: 12, Published: true, Outcomes: []string{"minutes", "recommendation"}},
		{Title: "养老", On: date("2024-05-06"), Form: "thematic"},
	}, found.Activities)
	require.Equal(t, []string{"备注"}, found.Ignored)
	var told []string
	for _, r := range found.Refused {
		require.NotEmpty(t, r.ZH)
		told = append(told, strings.Join([]string{r.Sheet, string(rune('0' + r.Line)), r.Column, r.Code}, " "))
	}
	require.Equal(t, []string{"Sheet1 7 form unknown", "Sheet1 8 opinions unknown", "Sheet1 9 title empty"}, told)
	for _, none := range []string{"", "姓名,年龄\n甲,3\n", "PK\x03\x04"} {
		_, err := ledger.Read(strings.NewReader(none), ledger.DefaultWords())
		require.ErrorIs(t, err, workflow.ErrInvalid, "%q", none)
	}
}

// Another office enters the year: once, with its figures as printed, where its platform
// is; what is there already stays as it is.
func TestAYearIsEnteredElsewhere(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	from := year(t)
	y, words := from.gather()
	here, err := ledger.Enter(ctx, from.svc, office, y, words)
	require.NoError(t, err)
	require.Equal(t, ledger.Entered{Known: 2}, here)

	w := empty(t).on("2024-07-01")
	without, err := ledger.Enter(ctx, w.svc, office, y, words)
	require.NoError(t, err)
	require.Equal(t, 1, without.Entered, "what was held at no platform")
	require.Len(t, without.Refused, 1)
	require.Contains(t, without.Refused[0].ZH, "=1号站")
	p := w.station("=1号站")
	for range 2 {
		done, err := ledger.Enter(ctx, w.svc, office, y, words)
		require.NoError(t, err)
		require.Equal(t, ledger.Entered{Entered: 2}, done)
	}
	l, err := w.svc.Ledger(ctx, p.ID, date("2024-12-31"))
	require.NoError(t, err)
	require.Len(t, l.Rows, 1)
	require.True(t, l.Rows[0].Backfilled)
	figures := map[string]int64{}
	for _, f := range l.Rows[0].Figures {
		figures[f.What] = f.N
	}
	require.Equal(t, int64(2), figures["参加人数：群众"])
	require.Equal(t, int64(2), figures["意见"])
	require.Zero(t, l.Rows[0].Opinions, "what is printed is added to nothing")
}

// FuzzRead holds that no file makes the reader panic or give back a row that it cannot
// write again.
func FuzzRead(f *testing.F) {
	f.Add([]byte("议题,日期,协商形式\n停车,2024-03-08,专题协商\n"))
	f.Add([]byte("what,due,state,unit\n=1+1,45359,done,\"a;b\"\n"))
	f.Add([]byte("<table><tr><td>平台名称<td>平台类别<td>已召开</table>"))
	words := ledger.DefaultWords()
	f.Fuzz(func(t *testing.T, data []byte) {
		found, err := ledger.Read(bytes.NewReader(data), words)
		if err != nil {
			return
		}
		var b bytes.Buffer
		require.NoError(t, ledger.WriteXLSX(&b, "zh", words, found.Year))
	})
}

// Every field of a row has a column: rows with something in each come back whole.
func TestEveryFieldHasAColumn(t *testing.T) {
	t.Parallel()
	coded := map[string]string{"Kind": "station", "Per": "quarter", "Form": "thematic", "State": "confirmed", "Card": "red"}
	n := 0
	fill := func(row any) {
		v := reflect.ValueOf(row).Elem()
		for i := range v.NumField() {
			n++
			name, field := v.Type().Field(i).Name, v.Field(i)
			switch field.Interface().(type) {
			case string:
				field.SetString(cmp.Or(coded[name], fmt.Sprintf("%s %d", name, n)))
			case int:
				field.SetInt(int64(n))
			case bool:
				field.SetBool(true)
			case calendar.Date:
				field.Set(reflect.ValueOf(date(fmt.Sprintf("2024-01-%02d", n%28+1))))
			case map[string]int:
				field.Set(reflect.ValueOf(map[string]int{"media": n}))
			case []string:
				field.Set(reflect.ValueOf([]string{"report", "note"}))
			default:
				require.Fail(t, "no such field", name)
			}
		}
	}
	y := ledger.Year{Platforms: make([]ledger.Platform, 1), Activities: make([]ledger.Activity, 1), Items: make([]ledger.Item, 1)}
	fill(&y.Platforms[0])
	fill(&y.Activities[0])
	fill(&y.Items[0])
	words := ledger.DefaultWords()
	words.States = words.ItemStates
	for _, lang := range []string{"zh", "en"} {
		var b bytes.Buffer
		require.NoError(t, ledger.WriteXLSX(&b, lang, words, y))
		found, err := ledger.Read(&b, words)
		require.NoError(t, err)
		require.Empty(t, found.Refused)
		require.Equal(t, y, found.Year)
	}
}

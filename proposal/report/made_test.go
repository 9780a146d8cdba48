package report_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/report"
	"github.com/tian-go/tian/proposal/statistics"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

var zone = time.FixedZone("CST", 8*3600)

func on(month time.Month, day int) time.Time { return time.Date(2024, month, day, 10, 0, 0, 0, zone) }

func person(id, unit string, roles ...string) proposal.Actor {
	return proposal.Actor{ID: id, Body: "xiushan", Unit: unit, Roles: roles}
}

// desk is a service of one body whose clock the test sets.
type desk struct {
	*proposal.Service

	t   testing.TB
	now time.Time
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	tree, err := workflow.NewTree(workflow.Body{ID: "xiushan", Zone: zone})
	require.NoError(t, err)
	d := &desk{t: t, now: on(12, 1)}
	d.Service, err = proposal.New(memory.New(), workflow.WithTree(tree), workflow.WithNow(func() time.Time { return d.now }))
	require.NoError(t, err)
	return d
}

func (d *desk) do(at time.Time, who proposal.Actor, id string, what proposal.Action) {
	d.t.Helper()
	_, err := d.Do(context.Background(), who, id, what, workflow.Happened(at))
	require.NoError(d.t, err, "%T", what)
}

// day is a date of the year, in the zone of the desk.
func (d *desk) day(month time.Month, day int) calendar.Date {
	date, err := calendar.DateOf(on(month, day), zone)
	require.NoError(d.t, err)
	return date
}

var (
	committee = person("c", "", "committee")
	office    = person("o", "", "office")
)

// year fills a desk with a year of proposals: twelve that came in, of which two
// are not filed, one is merged, one is not answered in time, and one handled
// again.
func year(t testing.TB) *desk {
	t.Helper()
	d := newDesk(t)
	categories := []proposal.Category{proposal.Economic, proposal.Social, proposal.Social, proposal.Cultural, proposal.Ecological}
	units := []string{"市市场监管局", "市教育局", "市卫生健康委", "市生态环境局"}
	var ids []string
	for i := range 12 {
		member := person(fmt.Sprint("m-", i), "", "member")
		p, err := d.Open(context.Background(), member, proposal.Draft{
			Title: fmt.Sprintf("关于第%d个问题的提案", i+1), Category: categories[i%5], Session: "15-3", Year: 2024, Timing: proposal.Plenary,
		}, workflow.Happened(on(1, 10)))
		require.NoError(t, err)
		ids = append(ids, p.ID)
		d.do(on(1, 12), member, p.ID, proposal.Submit{})
		d.do(on(1, 13), committee, p.ID, proposal.Receive{})
		if i < 2 {
			d.do(on(1, 15), committee, p.ID, proposal.Refuse{Reason: "empty"})
			continue
		}
		d.do(on(1, 15), committee, p.ID, proposal.File{Number: fmt.Sprint(i - 1)})
	}
	_, err := d.Merge(context.Background(), committee, ids[10], ids[11:], workflow.Happened(on(1, 16)))
	require.NoError(t, err)
	for i, id := range ids[:11] {
		if i < 2 {
			continue
		}
		member := person(fmt.Sprint("m-", i), "", "member")
		unit := units[i%4]
		clerk, chief := person(unit+"a", unit), person(unit+"b", unit)
		d.do(on(1, 20), office, id, proposal.Assign{Lead: unit})
		d.do(on(1, 23), clerk, id, proposal.Accept{})
		d.do(on(1, 24), clerk, id, proposal.LogContact{Form: []proposal.ContactForm{proposal.ByPhone, proposal.ByMeeting}[i%2]})
		if i == 4 {
			d.do(on(2, 25), committee, id, proposal.Supervise{Leader: "主席", Form: "调研"})
		}
		if i == 9 {
			continue
		}
		answer := func(from time.Time, class string) {
			var promised []proposal.Undertaking
			if class == "b" {
				promised = []proposal.Undertaking{{What: "修订办法", By: d.day(5, i), Owner: "法规科"}}
			}
			d.do(from, clerk, id, proposal.Reply{Text: "已办理。", Class: class, Promises: promised})
			d.do(from.Add(time.Hour), chief, id, proposal.IssueReply{Unit: unit})
		}
		answer(on(3, i), []string{"a", "b", "a", "c"}[i%4])
		result := "satisfied"
		if i == 5 {
			result = "dissatisfied"
		}
		d.do(on(3, 20), member, id, proposal.GiveOpinion{Result: result, Attitude: "satisfied"})
		if i == 5 {
			answer(on(4, 20), "b")
		}
	}
	return d
}

func gathered(t testing.TB, d *desk, l report.Language) *report.Report {
	t.Helper()
	r, err := report.Gather(context.Background(), d.Service, report.Options{
		Language: l, Body: map[report.Language]string{report.Chinese: "秀山县政协", report.English: "Xiushan County CPPCC"}[l], Period: "2024年度", At: d.now, Rules: "xiushan", Histories: true, Merging: statistics.Beside,
	})
	require.NoError(t, err)
	return r
}

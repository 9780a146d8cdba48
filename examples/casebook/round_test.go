package casebook

import (
	"encoding/json"
	"fmt"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/evaluate/appraisal"
	"github.com/tian-go/tian/proposal/workflow"
)

// appraise makes a round of appraisal of what ledgers say: announced with its sheet,
// facts drawn from the ledger of every platform with the activities behind them, scored,
// shown, confirmed and published.
func appraise(b *book, body, title, sheet string, facts ...string) *appraisal.Round {
	svc, err := appraisal.New(b.store, workflow.WithNow(b.clock))
	b.check(err)
	office := workflow.Actor{ID: "office", Body: body, Roles: []string{"office"}}
	committee := workflow.Actor{ID: "committee", Body: body, Roles: []string{"committee"}}
	on := date(b.now.Format("2006-01-02"))
	a := appraisal.Announce{Title: title, From: date("2023-01-01"), To: date("2023-12-31"), Until: on, Rubric: json.RawMessage(sheet)}
	var ledgers []*consult.Ledger
	b.check(b.consults.Platforms.Each(b.ctx, func(p *platform.Platform) error {
		l, err := b.consults.Ledger(b.ctx, p.ID, date("2023-12-31"))
		ledgers = append(ledgers, l)
		a.Subjects = append(a.Subjects, appraisal.Subject{Key: p.ID, Unit: true, Name: p.Name, League: p.Kind})
		return err
	}))
	r, err := svc.Announce(b.ctx, office, a)
	if b.check(err); err != nil {
		return nil
	}
	do := func(who workflow.Actor, actions ...workflow.Action[*appraisal.Round, appraisal.Rules]) {
		r = run(b, svc.Do, r, r.ID, who, actions)
	}
	for _, l := range ledgers {
		s := appraisal.Supply{Subject: l.ID}
		all := l.Facts()
		for _, key := range facts {
			s.Facts = append(s.Facts, appraisal.Drawn{Key: key, Value: all[key], Cases: l.Behind(key), Source: "台账"})
		}
		do(office, s)
	}
	do(office, appraisal.Close{}, appraisal.Score{}, appraisal.Show{})
	b.now = b.now.AddDate(0, 0, 8)
	do(committee, appraisal.Confirm{Text: "同意"})
	do(office, appraisal.Publish{})
	fmt.Printf("%s: %s, %d scored\n", r.Title, r.State, len(r.Last().Outcomes))
	return r
}

package proposal_test

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// letters reads the feed after a position, gives every letter it calls for to
// send, and returns the position to go on from. A host keeps that position with
// its mail queue, so that no letter is lost when either stops; one that stops
// between sending and keeping sends again.
func letters(ctx context.Context, st store.Store, after uint64, send func(to, about string)) (uint64, error) {
	for {
		entries, err := st.Feed(ctx, after, 0)
		if err != nil || len(entries) == 0 {
			return after, err
		}
		for _, entry := range entries {
			e, err := workflow.DecodeEntry(entry)
			if err != nil {
				return after, err
			}
			switch e.Event {
			case "assign":
				var a proposal.Assign
				if err := json.Unmarshal(e.Action, &a); err != nil {
					return after, err
				}
				send(a.Lead, "a proposal is yours to answer")
			case "cross": // an alarm of a limit
				var crossings []workflow.Crossing
				if err := json.Unmarshal(e.Note, &crossings); err != nil {
					return after, err
				}
				for _, x := range crossings {
					for _, do := range x.Do {
						send(do.Role, fmt.Sprintf("%s: %s by %s is %s", do.Do, x.Limit, x.Of, x.Alarm.Kind))
					}
				}
			}
			after = entry.Position
		}
	}
}

// Mail hangs on the feed: what has been committed is in it, once and in order,
// and Sweep puts the alarms there.
func Example_mail() {
	ctx := context.Background()
	now := time.Date(2024, 4, 26, 1, 0, 0, 0, time.UTC)
	st := memory.New()
	svc, err := proposal.New(st, workflow.WithNow(func() time.Time { return now }))
	if err != nil {
		fmt.Println(err)
		return
	}
	member := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
	committee := proposal.Actor{ID: "c-01", Body: "xiushan", Roles: []string{"committee"}}
	office := proposal.Actor{ID: "o-01", Body: "xiushan", Roles: []string{"office"}}
	p, err := svc.Open(ctx, member, proposal.Draft{Title: "关于支持小店经济的提案", Category: proposal.Economic})
	do := func(by proposal.Actor, action proposal.Action) {
		if err == nil {
			p, err = svc.Do(ctx, by, p.ID, action)
		}
	}
	do(member, proposal.Submit{})
	do(committee, proposal.File{Number: "20240123"})
	do(office, proposal.Assign{Lead: "market-bureau"})
	if err != nil {
		fmt.Println(err)
		return
	}
	send := func(to, about string) { fmt.Println(to+":", about) }
	after, err := letters(ctx, st, 0, send)
	fmt.Println("read to", after, err)

	if _, err := svc.Sweep(ctx, now.AddDate(0, 3, 1)); err != nil { // the day after the reply was due
		fmt.Println(err)
		return
	}
	after, err = letters(ctx, st, after, send)
	fmt.Println("read to", after, err)
	// Output:
	// market-bureau: a proposal is yours to answer
	// read to 4 <nil>
	// unit: urge: reply by market-bureau is warning
	// office: escalate: reply by market-bureau is overdue
	// read to 5 <nil>
}

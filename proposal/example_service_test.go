package proposal_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// submitted returns a service on the store that holds n submitted proposals of
// member m-017, and their IDs.
func submitted(st store.Store, n int, options ...workflow.Option) (*proposal.Service, []string, error) {
	svc, err := proposal.New(st, options...)
	if err != nil {
		return nil, nil, err
	}
	ctx := context.Background()
	author := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
	ids := make([]string, n)
	for i := range ids {
		p, err := svc.Open(ctx, author, proposal.Draft{Title: "关于支持小店经济的提案"})
		if err != nil {
			return nil, nil, err
		}
		if _, err = svc.Do(ctx, author, p.ID, proposal.Submit{}); err != nil {
			return nil, nil, err
		}
		ids[i] = p.ID
	}
	return svc, ids, nil
}

// What may this actor do next, and if not, why not? Nothing is done by asking.
func ExampleService_Choices() {
	svc, ids, err := submitted(memory.New(), 1) // a service, and the ID of a submitted proposal
	if err != nil {
		fmt.Println(err)
		return
	}
	author := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
	choices, err := svc.Choices(context.Background(), author, ids[0])
	for _, c := range choices {
		switch {
		case c.Allowed:
			fmt.Printf("%s (%s) → %s\n", c.Label.ZH, c.Event, c.To)
		case c.Blockers[0].Code != "no_role": // not because of who asks
			fmt.Printf("%s (%s): %s\n", c.Label.ZH, c.Event, c.Blockers[0].ZH)
		}
	}
	fmt.Println(len(choices), err)
	// Output:
	// 请求删除个人信息 (ask_erasure) → asked
	// 添加附件 (attach): 当前状态“已提交”不能进行“添加附件”
	// 移除附件 (detach): 当前状态“已提交”不能进行“移除附件”
	// 评价 (evaluate): 当前状态“已提交”不能进行“评价”
	// 移交领衔人 (hand_over) → none
	// 标记不宜公开 (mark_passage) → none
	// 撤回提交 (recall) → draft
	// 标注主题 (tag) → none
	// 撤案 (withdraw) → withdrawn
	// 33 <nil>
}

// One action on many proposals: each gets a result, and none is passed over.
func ExampleService_DoEach() {
	svc, ids, err := submitted(memory.New(), 3) // a service, and the IDs of three submitted proposals
	if err != nil {
		fmt.Println(err)
		return
	}
	committee := proposal.Actor{ID: "c-01", Body: "xiushan", Roles: []string{"committee"}}
	todo := slices.Concat(ids, []string{"no-such-case", ids[0]})
	for _, r := range svc.DoEach(context.Background(), committee, todo, proposal.Receive{}, workflow.Command("monday")) {
		if r.Err != nil {
			fmt.Println(workflow.Code(r.Err))
			continue
		}
		fmt.Println(r.Case.State)
	}
	// Output:
	// reviewing
	// reviewing
	// reviewing
	// not_found
	// invalid
}

// Merging (并案) keeps both sides, and can be undone.
func ExampleService_Merge() {
	svc, ids, err := submitted(memory.New(), 3) // a service, and the IDs of three submitted proposals
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	committee := proposal.Actor{ID: "c-01", Body: "xiushan", Roles: []string{"committee"}}
	into, err := svc.Merge(ctx, committee, ids[0], ids[1:])
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(into.State, "holds", len(into.Absorbed))
	source, err := svc.Unmerge(ctx, committee, ids[1])
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(source.State, source.Title)
	history, err := svc.History(ctx, ids[1])
	for _, e := range history[2:] {
		fmt.Println(e.Event, "by", e.Actor+":", e.From(), "→", e.To())
	}
	fmt.Println(err)
	// Output:
	// submitted holds 2
	// reviewing 关于支持小店经济的提案
	// merge by c-01: submitted → merged
	// unmerge by c-01: merged → reviewing
	// <nil>
}

// A running case stays on the version of its definition that it began with,
// until an administrator moves it, says why, and says which state becomes which.
func ExampleService_Migrate() {
	definition := func(version int, middle string) lifecycle.Definition {
		return lifecycle.Definition{
			Name: "short", Version: version, Open: []string{"member"}, Initial: "draft",
			States: []lifecycle.State{{Key: "draft"}, {Key: middle}, {Key: "closed", Final: true}},
			Transitions: []lifecycle.Transition{
				{Event: "submit", From: []string{"draft"}, To: middle, Roles: []string{"proposer"}},
				{Event: "close", From: []string{middle}, To: "closed", Roles: []string{"office"}},
			},
		}
	}
	st := memory.New()
	one, two := workflow.WithDefinition(proposal.Kind, definition(1, "submitted")), workflow.WithDefinition(proposal.Kind, definition(2, "received"))
	_, ids, err := submitted(st, 1, one, workflow.WithUse(proposal.Kind, "", "short"))
	if err != nil {
		fmt.Println(err)
		return
	}
	svc, err := proposal.New(st, one, two, workflow.WithUse(proposal.Kind, "", "short")) // next year
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	admin := proposal.Actor{ID: "a-01", Body: "xiushan", Roles: []string{workflow.Administrator}}
	to := workflow.Migration{Name: "short", Version: 2, Reason: "2024年办法修订"}
	_, err = svc.Migrate(ctx, admin, ids[0], to)
	fmt.Println(workflow.Code(err))

	to.States = map[string]string{"submitted": "received"}
	p, err := svc.Migrate(ctx, admin, ids[0], to)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.State, p.Definition)
	// Output:
	// refused
	// received short@2
}

// Verify finds what was changed behind the service's back.
func ExampleService_Verify() {
	st := memory.New()
	svc, err := proposal.New(st)
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	member := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
	p, err := svc.Open(ctx, member, proposal.Draft{Title: "关于支持小店经济的提案"})
	if err != nil {
		fmt.Println(err)
		return
	}
	breaks, err := svc.Verify(ctx, p.ID)
	fmt.Println(breaks, err)

	// somebody with access to the database changes one word
	record, _, err := st.Load(ctx, proposal.Kind, p.ID)
	if err == nil {
		record.Data = bytes.Replace(record.Data, []byte("小店"), []byte("大店"), 1)
		err = st.Commit(ctx, store.Change{Record: record})
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	breaks, err = svc.Verify(ctx, p.ID)
	fmt.Println(len(breaks), breaks[0].Reason, err)
	// Output:
	// [] <nil>
	// 1 record <nil>
}

package appraisal

import (
	"context"
	"strconv"

	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Vocabulary returns what the engine is told of rounds.
func Vocabulary() workflow.Vocabulary[*Round, Rules] {
	return workflow.Vocabulary[*Round, Rules]{
		Kind: Kind, Fresh: func() *Round { return new(Round) },
		Definitions: []lifecycle.Definition{Lifecycle()}, Default: "appraisal",
		Actions: Actions(), Guards: Guards(), Relations: Relations(), Roles: []string{"office", "committee", "leader"}, Runs: []string{"office", "committee"},
		Arguments: map[string]func(string) error{"appeal_within": days, "shown_for": days, "published_for": days},
		Parts:     parts(), Attributes: attributes(), Lists: lists(), Spelled: text.Narrow,
		Index: index, Rules: DefaultRules(), Values: Rules.Values,
		Check: func(field string, r Rules, _ []lifecycle.Definition) error { return r.Check(field) },
	}
}

// Actions describes every action on a round.
func Actions() []workflow.ActionType[*Round, Rules] {
	return append([]workflow.ActionType[*Round, Rules]{
		workflow.Describe(Announce{}, "公布考评方案", "announce a round"),
		workflow.Describe(Invite{}, "邀请评分人", "invite evaluators"),
		workflow.Describe(Remind{}, "催交评分", "remind"),
		workflow.Describe(Recuse{}, "回避", "recuse"),
		workflow.Describe(HandIn{}, "提交评分", "hand in a card"),
		workflow.Describe(TakeBack{}, "撤回评分", "withdraw a card"),
		workflow.Describe(Supply{}, "填报数据", "supply facts"),
		workflow.Describe(Close{}, "截止评分", "close"),
		workflow.Describe(Score{}, "计分", "score"),
		workflow.Describe(Resume{}, "退回补充数据", "go back for facts"),
		workflow.Describe(Show{}, "反馈被考评方", "show to who is scored"),
		workflow.Describe(File{}, "申诉", "appeal"),
		workflow.Describe(Decide{}, "复核申诉", "decide an appeal"),
		workflow.Describe(Rescore{}, "重新计分", "score again"),
		workflow.Describe(Confirm{}, "审定", "confirm"),
		workflow.Describe(Publish{}, "公示", "publish"),
		workflow.Describe(Archive{}, "归档", "archive"),
		workflow.Describe(Cancel{}, "取消", "cancel"),
	}, erasure.Actions[*Round, Rules]()...)
}

// Relations returns the relations that definitions of rounds may name as roles:
//
//	evaluator  who scores, or acts for a unit that does
//	scored     who is scored, or acts for a unit that is
func Relations() []workflow.Relation[*Round] {
	return []workflow.Relation[*Round]{
		{Name: "evaluator", Holds: func(a workflow.Actor, r *Round, _ string) bool { return r.evaluatorOf(a) >= 0 }, Whom: func(r *Round) []workflow.Party {
			parties := make([]workflow.Party, len(r.Evaluators))
			for i, e := range r.Evaluators {
				parties[i] = party(e.Key, e.Unit)
			}
			return parties
		}},
		{Name: "scored", Holds: func(a workflow.Actor, r *Round, _ string) bool { return r.subjectOf(a) >= 0 }, Whom: func(r *Round) []workflow.Party {
			parties := make([]workflow.Party, len(r.Subjects))
			for i, s := range r.Subjects {
				parties[i] = party(s.Key, s.Unit)
			}
			return parties
		}},
	}
}

// index is what a round is found by, beside body, state, stage and definition.
func index(r *Round) []store.Attr {
	return []store.Attr{
		{Name: "title", Value: text.Fold(r.Title)}, {Name: "year", Value: strconv.Itoa(r.To.Year())}, {Name: "sheet", Value: r.Name},
	}
}

// Service is the front door: rounds on one store. A round changes through Do, and
// by nothing else. It is safe for concurrent use.
type Service struct {
	*workflow.Engine[*Round, Rules]
}

// New makes a service on a store. It fails, with every problem, when a definition
// does not compile or does not go with the code.
func New(st store.Store, options ...workflow.Option) (*Service, error) {
	service := new(Service)
	if err := workflow.NewAll(st, options, workflow.Into(&service.Engine, Vocabulary())); err != nil {
		return nil, err
	}
	return service, nil
}

// On returns the service on the store as it is in a transaction of the host's, or
// on one that keeps its commits to itself; see [workflow.Engine.On].
func (s *Service) On(st store.Store) *Service { return &Service{s.Engine.On(st)} }

// Announce opens a round in the actor's own body.
func (s *Service) Announce(ctx context.Context, actor workflow.Actor, a Announce, options ...workflow.DoOption) (*Round, error) {
	return s.AnnounceIn(ctx, actor, actor.Body, a, options...)
}

// AnnounceIn opens a round in another body, on which the actor has been granted a
// role that opens one.
func (s *Service) AnnounceIn(ctx context.Context, actor workflow.Actor, body string, a Announce, options ...workflow.DoOption) (*Round, error) {
	return s.Open(ctx, actor, body, a, options...)
}

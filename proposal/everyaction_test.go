package proposal_test

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// situated is an action and a situation in which it may happen.
type situated struct {
	situation string
	step
}

// every exported action of the package once, valid, in a situation in which it
// may happen, with every text field filled.
var every = []situated{
	{"draft", step{member, proposal.Revise{Title: "新题目", Category: proposal.Social, Text: proposal.Text{Background: "背景", Analysis: "分析", Suggestions: []string{"建议"}}}}},
	{"draft", step{member, proposal.Research{Topic: "小店", Place: "中和街道", Found: "多", Cites: []string{"a-1"}}}},
	{"draft", step{member, proposal.AddClue{From: "居民", Channel: "委员工作站", Ref: "t-1", Text: "进货难"}}},
	{"draft", step{member, proposal.Confer{With: []string{"市场监管局"}, Ref: "a-1", Text: "可行"}}},
	{"draft", step{member, proposal.Attach{Name: "调研报告.pdf", MediaType: "application/pdf", Size: 1024, Digest: strings.Repeat("0a", 32), Ref: "files/1"}}},
	{"attached", step{member, proposal.Detach{Name: "调研报告.pdf"}}},
	{"filed", step{committee, proposal.Tag{Themes: []string{"小店", "就业"}}}},
	{"draft", step{member, proposal.Invite{ID: "m-7", Name: "张三"}}},
	{"invited", step{another, proposal.Consent{}}},
	{"invited", step{another, proposal.Decline{}}},
	{"draft", step{member, proposal.OpenSeconding{Until: day("2024-03-20")}}},
	{"seconding", step{third, proposal.Second{Name: "李四"}}},
	{"seconding", step{member, proposal.CloseSeconding{}}},
	{"consented", step{member, proposal.HandOver{To: another.ID, Name: "王五", Stay: true, Reason: "工作调动"}}},
	{"reviewing", step{committee, proposal.Recuse{Who: "c-2", Reason: "利害关系"}}},
	{"filed", step{committee, proposal.PreAssign{Assign: proposal.Assign{Lead: "market"}}}},
	{"assigned", step{office, proposal.Succeed{Unit: "market", To: "commerce", Reason: "机构改革"}}},
	{"draft", step{member, proposal.Submit{}}},
	{"submitted", step{member, proposal.Recall{Reason: "补充数据"}}},
	{"submitted", step{committee, proposal.Receive{}}},
	{"reviewing", step{committee, proposal.File{Number: "2024-077"}}},
	{"reviewing", step{committee, proposal.Refuse{Reason: "personal", Text: "个人事项"}}},
	{"reviewing", step{committee, proposal.Refer{To: "来信", Text: "转信访"}}},
	{"reviewing", step{committee, proposal.Return{Text: "请补充建议"}}},
	{"reviewing", step{committee, proposal.Settle{Text: "会上已答复"}}},
	{"reviewing", step{member, proposal.Withdraw{Text: "已解决"}}},
	{"refused", step{committee, proposal.Reconsider{Text: "补充材料"}}},
	{"filed", step{office, proposal.Assign{Lead: "market", Co: []string{"banking"}}}},
	{"assigned", step{clerk("market"), proposal.Accept{More: []string{"banking"}}}},
	{"assigned", step{clerk("market"), proposal.Object{Reason: "不属职责", Suggested: "commerce"}}},
	{"objecting", step{office, proposal.ApproveObjection{Unit: "market", To: []string{"commerce"}, Text: "同意"}}},
	{"objecting", step{office, proposal.RefuseObjection{Unit: "market", Text: "不同意"}}},
	{"objecting", step{chief("market"), proposal.RecallObjection{Reason: "经协调接收"}}},
	{"drafted", step{chief("market"), proposal.RecallReply{Reason: "数据有误"}}},
	{"handling", step{office, proposal.AddUnits{Units: []string{"banking"}}}},
	{"handling", step{office, proposal.Suspend{Unit: "market", Reason: "待听证"}}},
	{"suspended", step{clerk("market"), proposal.Continue{Unit: "market"}}},
	{"handling", step{clerk("market"), proposal.LogContact{Unit: "market", Form: proposal.ByMeeting, With: []string{"m-1"}, Text: "已当面沟通"}}},
	{"handling", step{clerk("market"), proposal.Reply{Document: "文号", Signer: "签发人", Responsible: "承办人", Contact: "面商", Text: "答复", Class: "a"}}},
	{"drafted", step{chief("market"), proposal.IssueReply{Unit: "market"}}},
	{"drafted", step{chief("market"), proposal.ReturnReply{Unit: "market", Reason: "数据不准"}}},
	{"handling", step{committee, proposal.Supervise{Leader: "主席", Form: "联合督查"}}},
	{"supervised", step{leader, proposal.VisitSite{Place: "步行街", Who: []string{"委员"}, Found: "进展好"}}},
	{"supervised", step{committee, proposal.Conclude{Result: "落实"}}},
	{"handling", step{office, proposal.Urge{Unit: "market", Text: "请尽快"}}},
	{"filed", step{leader, proposal.NominateKey{Reason: "涉及民生"}}},
	{"candidate", step{committee, proposal.ConsultOnKey{With: "县政府办", Text: "同意列为重点"}}},
	{"filed", step{committee, proposal.MarkKey{Leader: "主席", Tier: "领衔督办"}}},
	{"key", step{committee, proposal.UnmarkKey{Reason: "调整"}}},
	{"replied", step{office, proposal.AskErasure{Reason: "电话，应本人请求"}}},
	{"erasure", step{committee, proposal.Erase{Reason: "应本人请求", Texts: true}}},
	{"erasure", step{committee, proposal.RefuseErasure{Text: "依法须保存"}}},
	{"replied", step{member, proposal.GiveOpinion{Unit: "market", Scale: "opinion3", Result: "satisfied", Attitude: "satisfied", Text: "好"}}},
	{"feedback", step{committee, proposal.Close{Text: "办结"}}},
	{"closed", step{office, proposal.Reopen{Units: []string{"market"}, Reason: "未落实"}}},
	{"promised", step{clerk("market"), proposal.KeepPromise{Promise: "market#1", Evidence: []string{"验收单"}}}},
	{"promised", step{office, proposal.DropPromise{Promise: "market#1", Reason: "规划调整"}}},
	{"closed", step{office, proposal.Follow{Unit: "market", Found: "已建成", Class: "a"}}},
	{"consented", step{another, proposal.Leave{}}},
	{"submitted", step{committee, proposal.Recategorise{Category: proposal.Social, Reason: "属社会事业"}}},
	{"assigned", step{office, proposal.Transfer{Unit: "market", To: []string{"commerce"}, Reason: "机构已撤并"}}},
	{"closed", step{evaluator, proposal.Evaluate{Text: "优秀", Score: "95/100"}}},
	{"closed", step{office, proposal.Nominate{Title: "优秀提案", Year: 2024, Reason: "成效明显"}}},
	{"closed", step{committee, proposal.GiveHonour{Title: "优秀提案", Year: 2024}}},
	{"filed", step{committee, proposal.Publish{Title: "公开题目", Text: "公开文本"}}},
	{"filed", step{member, proposal.MarkPassage{Words: "某企业", Reason: "商业秘密"}}},
	{"filed", step{committee, proposal.AllowPassage{Words: "12345", Reason: "公开热线"}}},
	{"replied", step{committee, proposal.PublishReply{Unit: "market", Text: "已办理。"}}},
	{"replied", step{committee, proposal.WithholdReply{Unit: "market", Reason: "涉及个人"}}},
	{"handling", step{clerk("market"), proposal.Divide{Unit: "market", Matters: []string{"规划", "资金"}}}},
	{"together", step{clerk("banking"), proposal.Countersign{}}},
	{"filed", step{committee, proposal.Withhold{Reason: "涉及隐私"}}},
}

// The list above is complete: every exported type of the package with a method
// Event is on it, except the Draft, which opens.
func TestEveryActionIsListed(t *testing.T) {
	listed := map[string]bool{"Draft": true}
	for _, e := range every {
		listed[reflect.TypeOf(e.do).Name()] = true
	}
	packages, err := parser.ParseDir(token.NewFileSet(), ".", func(f fs.FileInfo) bool { return !strings.HasSuffix(f.Name(), "_test.go") }, 0)
	require.NoError(t, err)
	for _, file := range packages["proposal"].Files {
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || f.Name.Name != "Event" {
				continue
			}
			name, ok := f.Recv.List[0].Type.(*ast.Ident)
			require.True(t, ok)
			require.True(t, !name.IsExported() || listed[name.Name], "%s is an action that no test does", name.Name)
		}
	}
}

func TestEveryActionCanBeDone(t *testing.T) {
	for _, e := range every {
		t.Run(e.do.Event(), func(t *testing.T) {
			h := newHouse(t)
			p := h.to(e.situation, "2024-001")
			done, err := h.Do(context.Background(), e.who, p.ID, e.do)
			require.NoError(t, err)
			require.Equal(t, p.Revision+1, done.Revision)

			kept, err := h.Get(context.Background(), p.ID)
			require.NoError(t, err)
			require.Equal(t, asKept(t, done), asKept(t, kept), "what Do returns is what is kept")

			history, err := h.History(context.Background(), p.ID)
			require.NoError(t, err)
			last := history[len(history)-1]
			require.Equal(t, e.do.Event(), last.Event)
			require.Equal(t, e.who.ID, last.Actor)
			require.NotEmpty(t, last.Role)
			h.sound()
		})
	}
}

// An action handed in by pointer is the same action.
func TestAnActionByPointerIsTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("it begins anew for every action")
	}
	pointer := func(a proposal.Action) proposal.Action {
		p := reflect.New(reflect.TypeOf(a))
		p.Elem().Set(reflect.ValueOf(a))
		action, ok := p.Interface().(proposal.Action)
		require.True(t, ok)
		return action
	}
	for _, e := range every {
		byValue, byPointer := newHouse(t), newHouse(t)
		for h, action := range map[*house]proposal.Action{byValue: e.do, byPointer: pointer(e.do)} {
			p := h.to(e.situation, "2024-001")
			_, err := h.Do(context.Background(), e.who, p.ID, action)
			require.NoError(t, err, "%T", e.do)
		}
		require.Equal(t, byValue.everything(), byPointer.everything(), "%T", e.do)
	}
	h := newHouse(t)
	p := h.to("reviewing", "")
	_, err := h.Do(context.Background(), committee, p.ID, &proposal.File{})
	var refused *workflow.RefusedError
	require.ErrorAs(t, err, &refused)
	require.True(t, refused.Has("no_number"), "%v", err)
}

// texts calls do with a copy of the action for each text that it holds, after
// change has been made to that text, and with the path of the text in JSON.
func texts(t *testing.T, action proposal.Action, change func(string) string, do func(path string, changed proposal.Action)) {
	t.Helper()
	var visit func(v reflect.Value, path string, changed func() proposal.Action)
	visit = func(v reflect.Value, path string, changed func() proposal.Action) {
		switch v.Kind() {
		case reflect.String:
			was := v.String()
			v.SetString(change(was))
			do(path, changed())
			v.SetString(was)
		case reflect.Slice:
			for i := range v.Len() {
				visit(v.Index(i), path+"["+string(rune('0'+i))+"]", changed)
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() {
					name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
					visit(v.Field(i), strings.TrimPrefix(path+"."+name, "."), changed)
				}
			}
		}
	}
	root := reflect.New(reflect.TypeOf(action)).Elem()
	root.Set(reflect.ValueOf(action))
	visit(root, "", func() proposal.Action {
		a, ok := root.Interface().(proposal.Action)
		require.True(t, ok)
		return a
	})
}

func TestTextThatIsNotUTF8IsRefusedInEveryField(t *testing.T) {
	h := newHouse(t)
	p := h.draft()
	before := h.everything()
	fields := 0
	for _, e := range every {
		texts(t, e.do, func(s string) string { return s + "\xff" }, func(path string, a proposal.Action) {
			fields++
			_, err := h.Do(context.Background(), e.who, p.ID, a)
			var invalid *workflow.InvalidError
			require.ErrorAs(t, err, &invalid, "%T %s", a, path)
			require.Equal(t, "not_utf8", invalid.Code)
			require.Equal(t, path, invalid.Field)
		})
	}
	draft := proposal.Draft{
		Title: "题", Category: "economic", Session: "15-3", Timing: proposal.Plenary, Text: proposal.Text{Background: "背", Analysis: "析", Suggestions: []string{"一", "二"}},
		Proposer: proposal.Proposer{Kind: proposal.Member, ID: "m-1", Name: "张三"},
	}
	texts(t, draft, func(s string) string { return s + "\xff" }, func(path string, a proposal.Action) {
		fields++
		changed, ok := a.(proposal.Draft)
		require.True(t, ok)
		_, err := h.Open(context.Background(), member, changed)
		var invalid *workflow.InvalidError
		require.ErrorAs(t, err, &invalid, path)
		require.Equal(t, path, invalid.Field)
	})
	require.Equal(t, before, h.everything())
	require.Greater(t, fields, 60)
}

// No field takes a text without end, or one with a NUL, which not every
// database stores.
func TestEveryFieldHasALimit(t *testing.T) {
	if testing.Short() {
		t.Skip("it begins anew for every field of every action")
	}
	for name, spoil := range map[string]func(string) string{
		"too long": func(string) string { return strings.Repeat("x", proposal.MaxText+1) },
		"NUL":      func(s string) string { return s + "\x00" },
	} {
		for _, e := range every {
			h := newHouse(t)
			p := h.to(e.situation, "2024-001")
			before := h.everything()
			texts(t, e.do, spoil, func(path string, a proposal.Action) {
				_, err := h.Do(context.Background(), e.who, p.ID, a)
				require.Error(t, err, "%s: %T %s", name, a, path)
				require.Contains(t, []string{"invalid", "denied", "refused"}, workflow.Code(err), "%s: %T %s: %v", name, a, path, err)
			})
			require.Equal(t, before, h.everything())
		}
	}
}

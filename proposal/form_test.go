package proposal_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// What a body asks of title and text is told all at once, on submission.
func TestAProposalIsInForm(t *testing.T) {
	ctx := context.Background()
	rules := proposal.DefaultRules()
	rules.Form = proposal.Form{
		TitleLeast: 8, TitleMost: 30, Begins: []string{"关于"}, Ends: []string{"的提案", "的建议"}, Without: []string{"请示"},
		Background: true, Analysis: true, TextLeast: 10, TextMost: 50, SuggestionsLeast: 1, SuggestionsMost: 3,
	}
	h := newHouse(t, workflow.WithRules("", rules))
	p, err := h.Open(ctx, member, proposal.Draft{Title: "小店请示"})
	require.NoError(t, err)
	_, err = h.Do(ctx, member, p.ID, proposal.Submit{})
	require.Equal(t, "length title_form title_form title_form no_background no_analysis length length", reasons(t, err))
	var refused *workflow.RefusedError
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "characters of the title: 4, and it should be at least 8 and at most 30", refused.Blockers[0].EN)
	require.Equal(t, "题目字数4，应不少于8、不多于30", refused.Blockers[0].ZH)
	p = h.take(p.ID, step{member, proposal.Revise{
		Title: "关于支持小店经济的提案", Text: proposal.Text{Background: "小店多，融资难。", Analysis: "信息不对称。", Suggestions: []string{"设立专项。"}},
	}}, step{member, proposal.Submit{}})
	require.Equal(t, "submitted", p.State)
	rules.Form.TitleMost = 3
	_, err = proposal.New(h.store, workflow.WithRules("", rules))
	require.ErrorIs(t, err, workflow.ErrInvalid)
}

// A bound that is not set is not told.
func TestOnlyBoundsThatAreSetAreTold(t *testing.T) {
	for want, form := range map[string]proposal.Form{
		"suggestions: 0, and it should be at least 2":           {SuggestionsLeast: 2},
		"characters of the text: 6, and it should be at most 5": {TextMost: 5},
	} {
		rules := proposal.DefaultRules()
		rules.Form = form
		h := newHouse(t, workflow.WithRules("", rules))
		p, err := h.Open(context.Background(), member, proposal.Draft{Title: "小店", Text: proposal.Text{Background: "小店多融资难"}})
		require.NoError(t, err)
		_, err = h.Do(context.Background(), member, p.ID, proposal.Submit{})
		var refused *workflow.RefusedError
		require.ErrorAs(t, err, &refused)
		require.Equal(t, want, refused.Blockers[0].EN)
	}
}

// What a body asks of title and text, each alone: the least and the most are both in
// form, what is not limited may be anything, and a suggestion of which nothing is to be
// seen is none.
func TestFormHoldsWhatItSays(t *testing.T) {
	t.Parallel()
	saying := func(title, background string, suggestions ...string) proposal.Proposal {
		return proposal.Proposal{Title: title, Text: proposal.Text{Background: background, Suggestions: suggestions}}
	}
	titled := proposal.Form{Begins: []string{"关于", "就"}, Ends: []string{"的提案", "的建议"}, Without: []string{"请示"}}
	for _, c := range []struct {
		form  proposal.Form
		p     proposal.Proposal
		codes []string
	}{
		{proposal.Form{}, saying("", ""), nil},
		{proposal.Form{TitleLeast: 4}, saying("支持小店经济发展", ""), nil},
		{proposal.Form{TitleLeast: 4, TitleMost: 6}, saying("支持小", ""), []string{"length"}},
		{proposal.Form{TitleLeast: 4, TitleMost: 6}, saying("支持小店", ""), nil},
		{proposal.Form{TitleLeast: 4, TitleMost: 6}, saying("支持小店经济", ""), nil},
		{proposal.Form{TitleLeast: 4, TitleMost: 6}, saying("支持小店经济发", ""), []string{"length"}},
		{proposal.Form{TextMost: 6}, saying("", "融资难。", "贷款"), nil},
		{proposal.Form{TextMost: 6}, saying("", "融资难。", "给贷款"), []string{"length"}},
		{proposal.Form{SuggestionsLeast: 1, SuggestionsMost: 1}, saying("", "", " ", "给贷款", "\u200b"), nil},
		{proposal.Form{SuggestionsLeast: 1, SuggestionsMost: 1}, saying("", "", " "), []string{"length"}},
		{proposal.Form{SuggestionsLeast: 1, SuggestionsMost: 1}, saying("", "", "给贷款", "减税"), []string{"length"}},
		{titled, saying("关于支持小店的提案", ""), nil},
		{titled, saying("关于支持小店的建议", ""), nil},
		{titled, saying("支持小店的提案", ""), []string{"title_form"}},
		{titled, saying("关于支持小店", ""), []string{"title_form"}},
		{titled, saying("关于请示的提案", ""), []string{"title_form"}},
		{proposal.Form{Background: true}, saying("", "融资难。"), nil},
		{proposal.Form{Background: true}, saying("", " "), []string{"no_background"}},
		{proposal.Form{Analysis: true}, saying("", ""), []string{"no_analysis"}},
		{proposal.Form{Analysis: true}, proposal.Proposal{Text: proposal.Text{Analysis: "信息不对称。"}}, nil},
	} {
		require.Equal(t, c.codes, blockersOf(t, "form", &proposal.Act{Rules: proposal.Rules{Form: c.form}}, &c.p), "%+v: %+v %+v", c.form, c.p.Title, c.p.Text)
	}
}

// Files are attached by reference, within limits that are data.
func TestAttachmentsAreReferencesWithinLimits(t *testing.T) {
	ctx := context.Background()
	rules := proposal.DefaultRules()
	rules.Attachments = proposal.AttachmentLimits{Most: 2, MostBytes: 1000, Types: []string{"application/pdf"}}
	h := newHouse(t, workflow.WithRules("", rules))
	p := h.draft()
	good := proposal.Attach{Name: "a.pdf", MediaType: "application/pdf", Size: 1000, Digest: strings.Repeat("AB", 32)}
	for want, change := range map[string]func(*proposal.Attach){
		"digest malformed":   func(a *proposal.Attach) { a.Digest = "ab" },
		"size out_of_range":  func(a *proposal.Attach) { a.Size = 1001 },
		"media_type unknown": func(a *proposal.Attach) { a.MediaType = "video/mp4" },
		"name empty":         func(a *proposal.Attach) { a.Name = "" },
	} {
		bad := good
		change(&bad)
		_, err := h.Do(ctx, member, p.ID, bad)
		require.Equal(t, want, reasons(t, err))
	}
	p = h.take(p.ID, step{member, good})
	require.Equal(t, strings.Repeat("ab", 32), p.Attachments[0].Digest)
	_, err := h.Do(ctx, member, p.ID, good)
	require.Equal(t, "name duplicate", reasons(t, err))
	second, third := good, good
	second.Name, third.Name = "b.pdf", "c.pdf"
	h.take(p.ID, step{member, second})
	_, err = h.Do(ctx, member, p.ID, third)
	require.Equal(t, "name too_many", reasons(t, err))
	h.take(p.ID, step{member, proposal.Detach{Name: "a.pdf"}}, step{member, third})
	_, err = h.Do(ctx, member, p.ID, proposal.Detach{Name: "a.pdf"})
	require.Equal(t, "name unknown", reasons(t, err))
}

// twoLevels are categories of two levels, in a second version from 1 April 2024.
func twoLevels() proposal.Rules {
	rules := proposal.DefaultRules()
	label := func(zh string) lifecycle.Label { return lifecycle.Label{ZH: zh, EN: zh} }
	rules.Categories = append(rules.Categories, proposal.Scheme{
		Name: "categories", Version: 3, Since: day("2024-04-01"), Terms: append(proposal.SixCategories().Terms,
			proposal.Term{Key: "finance", Parent: "economic", Label: label("财税金融")}, proposal.Term{Key: "school", Parent: "social", Label: label("教育")}),
	})
	return rules
}

// A version of a scheme is used from its day on; a term of the second level counts
// under its upper one.
func TestSchemesHaveTwoLevelsAndDates(t *testing.T) {
	ctx := context.Background()
	rules := twoLevels()
	require.Equal(t, "categories@2", rules.Categories.On(day("2024-03-31")).ID())
	require.Equal(t, "categories@3", rules.Categories.On(day("2024-04-01")).ID())
	require.Equal(t, "economic", rules.Categories.Latest().Upper("finance"))
	require.Equal(t, "social", rules.Categories.Latest().Upper("social"))
	h := newHouse(t, workflow.WithRules("", rules)) // it is March
	_, err := h.Open(ctx, member, proposal.Draft{Title: "学校", Category: "school"})
	require.Equal(t, "category unknown", reasons(t, err))
	rules.Categories[2].Since = day("2024-03-01")
	h = newHouse(t, workflow.WithRules("", rules))
	p, err := h.Open(ctx, member, proposal.Draft{Title: "学校", Category: "school"})
	require.NoError(t, err)
	require.Equal(t, "categories@3", p.Scheme)

	for _, change := range []func(*proposal.Scheme){
		func(s *proposal.Scheme) { s.Terms[6].Parent = "nowhere" },
		func(s *proposal.Scheme) { s.Terms[6].Parent = "school" },
	} {
		bad := twoLevels()
		change(&bad.Categories[2])
		_, err = proposal.New(h.store, workflow.WithRules("", bad))
		require.ErrorIs(t, err, workflow.ErrInvalid)
	}
}

// A scheme version that a proposal holds a code of is not dropped.
func TestASchemeInUseIsNotDropped(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	h.to("feedback", "1")
	used, err := h.SchemesInUse(ctx, "xiushan")
	require.NoError(t, err)
	require.Equal(t, map[string]int64{"categories@2": 1, "classes@1": 1, "opinion3@1": 1}, used)
	require.NoError(t, h.CheckRules(ctx, "xiushan", proposal.DefaultRules()))
	without := proposal.DefaultRules()
	without.Categories = without.Categories[:1]
	err = h.CheckRules(ctx, "xiushan", without)
	require.Equal(t, "rules in_use", reasons(t, err))
	require.ErrorContains(t, err, "categories@2")
	require.NoError(t, h.CheckRules(ctx, "jiulongpo", without), "nobody there has used it")
	without = proposal.DefaultRules()
	without.Opinions = nil
	require.Equal(t, "rules in_use", reasons(t, h.CheckRules(ctx, "xiushan", without)))
}

// Themes stand beside the category, and proposals are found by them.
func TestThemesAreTags(t *testing.T) {
	ctx := context.Background()
	rules := proposal.DefaultRules()
	rules.Themes = proposal.Versions{{Name: "themes", Version: 1, Terms: []proposal.Term{{Key: "小店"}, {Key: "就业"}}}}
	h := newHouse(t, workflow.WithRules("", rules))
	p := h.draft()
	_, err := h.Do(ctx, member, p.ID, proposal.Tag{Themes: []string{"小店", "停车"}})
	require.Equal(t, "themes[1] unknown", reasons(t, err))
	_, err = h.Do(ctx, member, p.ID, proposal.Tag{Themes: []string{"小店", "小店"}})
	require.Equal(t, "themes[1] duplicate", reasons(t, err))
	h.take(p.ID, step{member, proposal.Tag{Themes: []string{"小店", "就业"}}})
	require.Equal(t, []string{p.ID}, h.found("theme", store.Is, "就业"))
}

// The trail from what residents told, over a survey and a talk, to the proposal.
func TestTheTrailFromAClueToTheProposal(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.draft()
	for _, survey := range []proposal.Survey{{Sent: 10, Returned: 11}, {Sent: 10, Returned: 9, Valid: 10}, {Sent: 10, Returned: 9, Valid: -1}} {
		_, err := h.Do(ctx, member, p.ID, proposal.Research{Topic: "问卷", Survey: &survey})
		require.Equal(t, "survey out_of_range", reasons(t, err))
	}
	_, err := h.Do(ctx, member, p.ID, proposal.AddClue{From: "居民", Text: "进货难", Received: day("2024-03-05")})
	require.Equal(t, "received out_of_range", reasons(t, err))
	// 嘉兴 Jiaxing: 1753 firms were asked, 1553 answers were valid
	p = h.take(p.ID, step{member, proposal.AddClue{From: "居民", Channel: "委员工作站", Received: day("2024-03-01"), Ref: "topic-7", Text: "进货难"}},
		step{member, proposal.Research{Topic: "企业问卷", Survey: &proposal.Survey{Sent: 1753, Returned: 1753, Valid: 1553}, Cites: []string{"activity-3"}}},
		step{member, proposal.Confer{With: []string{"市场监管局", "商户代表"}, Ref: "activity-3", Text: "建议可行"}},
		step{member, proposal.Submit{}})
	rate, err := p.Research[0].Survey.ValidRate().Percent(1, "half_up")
	require.NoError(t, err)
	require.Equal(t, "88.6", rate)
	require.Equal(t, "topic-7", p.Clues[0].Ref)
	require.Equal(t, "activity-3", p.Conferrals[0].Ref)
	_, err = h.Do(ctx, member, p.ID, proposal.AddClue{From: "居民", Text: "迟到"})
	require.ErrorIs(t, err, workflow.ErrRefused)
}

// A key given in an earlier version is carried into today's by each mapping, and
// one that no version has is not guessed.
func TestTermsCarryOverFromVersionToVersion(t *testing.T) {
	three := proposal.Scheme{Name: "categories", Version: 3, From: map[string]string{"party_building": "party"}, Terms: append(proposal.FiveCategories().Terms, proposal.Term{Key: "party"})}
	versions := proposal.Versions{proposal.FiveCategories(), proposal.SixCategories(), three}
	for given, want := range map[[2]string]string{{"categories@1", "social"}: "social", {"categories@2", "party_building"}: "party", {"categories@3", "party"}: "party"} {
		now, ok := versions.Carry(given[0], given[1])
		require.True(t, ok)
		require.Equal(t, want, now)
	}
	_, ok := versions.Carry("categories@1", "party_building")
	require.False(t, ok, "the first version did not have it")
}

// Where a definition says so, sectors and groups propose at a plenary only, and
// members all year.
func TestSectorsProposeAtThePlenaryOnly(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t, withDefault(guarded(proposal.Nine(), "national", "", "submit", "plenary_only:sector,group"))...)
	sector := proposal.Actor{ID: "s-1", Body: "xiushan", Unit: "教育界", Roles: []string{"sector"}}
	open := func(who proposal.Actor, kind proposal.ProposerKind, timing proposal.Timing) error {
		p, err := h.Open(ctx, who, proposal.Draft{Title: "关于学校的提案", Timing: timing, Proposer: proposal.Proposer{Kind: kind}})
		require.NoError(t, err)
		_, err = h.Do(ctx, who, p.ID, proposal.Submit{})
		return err
	}
	require.Equal(t, "plenary_only", reasons(t, open(sector, proposal.Sector, proposal.Ordinary)))
	require.NoError(t, open(sector, proposal.Sector, proposal.Plenary))
	require.NoError(t, open(member, proposal.Member, proposal.Ordinary))
}

package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/statistics"
)

// Title is the report's heading.
func (r *Report) Title() string {
	parts := []string{r.Body, r.Period}
	if r.Language == English {
		return strings.Join(strings.Fields(strings.Join(append(parts, "Report on Proposals"), " ")), " ")
	}
	return strings.Join(append(parts, "提案工作统计报告"), "")
}

// sections are the parts of the report that have something to say.
func (r *Report) sections() []section {
	var all []section
	for _, s := range []section{
		r.summary(), r.stages(), r.review(), r.categories(), r.proposers(), r.members(), r.assignment(), r.units(),
		r.contacts(), r.answers(), r.opinions(), r.attention(), r.timeliness(), r.days(), r.overdueList(),
	} {
		if len(s.Tables) > 0 || s.Drawing != nil || s.Lead != "" {
			all = append(all, s)
		}
	}
	return append(all, r.rules())
}

func (r *Report) proposalsUnit() string { return r.say("件提案", "proposals") }

func (r *Report) summary() section {
	f := r.Figures
	pair := func(a, b statistics.Base) [2]statistics.Base { return [2]statistics.Base{a, b} }
	result, _ := f.Opinions()
	lead := fmt.Sprintf(r.say("共收到提案%d件，立案%d件，立案率%s；交办%d件，办复%d件，办复率%s；已反馈意见%d件，满意率（含基本满意，以已反馈为基数）%s。",
		"%d proposals were received and %d filed, a filing rate of %s; %d were assigned and %d answered, a rate of %s; on %d an opinion was given, of which %s were satisfied or basically satisfied."),
		f.Total(statistics.Received), f.Total(statistics.Filed), percent(f.Share(statistics.Filed, statistics.Received).Rate).Text,
		f.Total(statistics.Assigned), f.Total(statistics.Answered), percent(f.Share(statistics.Answered, statistics.Assigned).Rate).Text,
		result.Given(), percent(result.Satisfaction(result.Given(), statistics.Heard)).Text)
	return section{ID: "summary", Title: r.say("总体情况", "Summary"), Lead: lead, Tables: []table{r.shares(r.say("提案总体情况", "All proposals"), r.proposalsUnit(),
		pair(statistics.Received, statistics.Received), pair(statistics.Filed, statistics.Received), pair(statistics.Merged, statistics.Received),
		pair(statistics.NotFiled, statistics.Received), pair(statistics.Open, statistics.Received),
		pair(statistics.Assigned, statistics.Filed), pair(statistics.Answered, statistics.Assigned), pair(statistics.Heard, statistics.Answered))}}
}

func (r *Report) stages() section {
	s := section{ID: "stages", Title: r.say("各环节分布", "Where proposals stand")}
	s.Drawing = r.draw()
	return s
}

func (r *Report) add(s *section, caption string, d proposal.Dimension, over statistics.Base, unit string) {
	if t, some := r.spread(caption, d, over, unit); some {
		s.Tables = append(s.Tables, t)
	}
}

func (r *Report) review() section {
	s := section{ID: "review", Title: r.say("审查结果", "Outcomes of the review")}
	r.add(&s, r.say("审查结果", "Outcomes"), proposal.ByOutcome, statistics.Received, r.proposalsUnit())
	r.add(&s, r.say("不予立案理由", "Reasons for not filing"), statistics.ByRefusal, statistics.Stated, r.proposalsUnit())
	return s
}

func (r *Report) categories() section {
	s := section{ID: "categories", Title: r.say("提案类别", "Categories")}
	r.add(&s, r.say("立案提案类别", "Filed proposals by category"), statistics.OfFiled(statistics.ByCategoryIn), statistics.Stated, r.proposalsUnit())
	if r.levels() {
		r.add(&s, r.say("立案提案上级类别", "Filed proposals by upper category"), statistics.OfFiled(statistics.ByUpper), statistics.Stated, r.proposalsUnit())
	}
	r.add(&s, r.say("立案提案主题", "Filed proposals by theme"), statistics.OfFiled(statistics.ByTheme), statistics.Stated, r.proposalsUnit())
	if len(s.Tables) > 0 {
		var schemes []string
		for _, key := range r.Figures.Keys(statistics.OfFiled(statistics.ByCategoryIn)) {
			scheme, _, _ := strings.Cut(key, ":")
			if n := len(schemes); n == 0 || schemes[n-1] != scheme {
				schemes = append(schemes, scheme)
			}
		}
		s.Tables[0].Note += r.say("分类表版本：", " Schemes: ") + strings.Join(schemes, r.say("、", ", ")) + r.say("。", ".")
	}
	return s
}

// levels reports whether some categories are below others.
func (r *Report) levels() bool {
	return slices.ContainsFunc(r.Rules.Categories, func(s proposal.Scheme) bool {
		return slices.ContainsFunc(s.Terms, func(t proposal.Term) bool { return t.Parent != "" })
	})
}

func (r *Report) proposers() section {
	s := section{ID: "proposers", Title: r.say("提案者", "Proposers")}
	r.add(&s, r.say("立案提案的提案者类别", "Filed proposals by kind of proposer"), statistics.OfFiled(proposal.ByProposer), statistics.Stated, r.proposalsUnit())
	r.add(&s, r.say("委员提案与集体提案", "Members and collective proposers"), statistics.OfFiled(statistics.ByOrigin), statistics.Stated, r.proposalsUnit())
	r.add(&s, r.say("提出时间", "When they were made"), statistics.ByTiming, statistics.Stated, r.proposalsUnit())
	return s
}

// MostMembers is how many members a report lists, those with most proposals.
const MostMembers = 200

// members are those who took part, and their share of all.
func (r *Report) members() section {
	s := section{ID: "members", Title: r.say("委员参与", "Members who took part")}
	if r.Members == 0 {
		return s
	}
	rate := r.Figures.Participation(r.Members)
	s.Lead = fmt.Sprintf(r.say("%d名委员中，%d名提出或联名提出提案，参与率%s。", "Of %d members, %d made or co-signed a proposal, a rate of %s."),
		rate.Base, rate.Count, percent(rate).Text)
	t := table{
		Caption: r.say("各委员提出和联名的提案", "Proposals that each member made and co-signed"),
		Head:    []string{r.say("委员", "member"), r.say("提出", "made"), r.say("联名", "co-signed")},
		Note:    r.say("联名只计已同意的。", "Co-signed: those consented to."),
	}
	all := r.Figures.Members()
	for _, m := range all[:min(len(all), MostMembers)] {
		t.Rows = append(t.Rows, row{Name: cmp.Or(m.Name, m.ID), Cells: []cell{number(m.Led), number(m.Signed)}})
	}
	if more := len(all) - len(t.Rows); more > 0 {
		t.Note += fmt.Sprintf(r.say("另有%d名未列出。", " %d more are not listed."), more)
	}
	if len(t.Rows) > 0 {
		s.Tables = []table{t}
	}
	return s
}

func (r *Report) assignment() section {
	s := section{ID: "assignment", Title: r.say("交办", "Assignment")}
	r.add(&s, r.say("办理方式", "How units share the work"), statistics.ByMode, statistics.Assigned, r.proposalsUnit())
	return s
}

func (r *Report) units() section {
	s := section{ID: "units", Title: r.say("承办单位", "Units")}
	units := r.Figures.Units()
	if len(units) == 0 {
		return s
	}
	t := table{
		Caption: r.say("各单位承办情况", "What each unit handled"),
		Head: []string{
			r.say("单位", "unit"), r.say("主办", "lead"), r.say("分办", "separate"), r.say("协办", "co-unit"), r.say("总数", "all"), r.say("办复", "answered"), r.say("办复率", "answered rate"),
			r.say("满意", "satisfied"), r.say("基本满意", "basically"), r.say("不满意", "dissatisfied"),
		},
		Note: r.say("单位：件承办件；办复率以总数为基数。主办含单独办理。意见为对办理结果的最后一次评议。", "Counted: items. The rate is over all items of the unit. Lead includes units that handle alone. Opinions are the last ones on the result."),
	}
	two := false
	for _, u := range units {
		two = two || u.Attitude.Given() > 0
	}
	if two {
		t.Head = append(t.Head, r.say("态度：满意", "attitude: satisfied"), r.say("态度：基本满意", "attitude: basically"), r.say("态度：不满意", "attitude: dissatisfied"))
	}
	var sum statistics.Unit
	line := func(name string, u statistics.Unit) row {
		one := row{Name: name, Cells: []cell{
			number(u.Lead), number(u.Separate), number(u.Co), number(u.All), number(u.Answered), percent(u.AnsweredRate()),
			number(u.Result.Satisfied), number(u.Result.Mostly), number(u.Result.Dissatisfied),
		}, Cases: u.Cases}
		if two {
			one.Cells = append(one.Cells, number(u.Attitude.Satisfied), number(u.Attitude.Mostly), number(u.Attitude.Dissatisfied))
		}
		return one
	}
	for _, u := range units {
		t.Rows = append(t.Rows, line(u.Unit, u))
		sum.Lead += u.Lead
		sum.Separate += u.Separate
		sum.Co += u.Co
		sum.All += u.All
		sum.Answered += u.Answered
		sum.Result = plus(sum.Result, u.Result)
		sum.Attitude = plus(sum.Attitude, u.Attitude)
	}
	t.Rows = append(t.Rows, line(r.say("合计", "total"), sum))
	s.Tables = append(s.Tables, t)
	return s
}

func plus(a, b statistics.Opinions) statistics.Opinions {
	return statistics.Opinions{Satisfied: a.Satisfied + b.Satisfied, Mostly: a.Mostly + b.Mostly, Dissatisfied: a.Dissatisfied + b.Dissatisfied}
}

// contacts are how units spoke with proposers, and what they promised.
func (r *Report) contacts() section {
	s := section{ID: "contacts", Title: r.say("沟通与承诺", "Contacts and promises")}
	if r.Figures.Total(statistics.Contacted) > 0 {
		s.Tables = append(s.Tables, r.shares(r.say("办理中的沟通", "Contacts while handling"), r.proposalsUnit(),
			[2]statistics.Base{statistics.Contacted, statistics.Assigned}, [2]statistics.Base{statistics.FaceToFace, statistics.Assigned}))
	}
	if r.Figures.Total(statistics.Promises) > 0 {
		s.Tables = append(s.Tables, r.shares(r.say("答复中的承诺事项", "Promises made in replies"), r.say("项承诺", "promises"),
			[2]statistics.Base{statistics.Promises, statistics.Promises}, [2]statistics.Base{statistics.PromisesKept, statistics.Promises},
			[2]statistics.Base{statistics.PromisesDropped, statistics.Promises}, [2]statistics.Base{statistics.PromisesLate, statistics.Promises}))
	}
	return s
}

func (r *Report) answers() section {
	s := section{ID: "answers", Title: r.say("答复", "Answers")}
	r.add(&s, r.say("答复类别", "Classes of answers"), statistics.ByClassIn, statistics.Stated, r.proposalsUnit())
	r.add(&s, r.say("答复类别的含义", "What the classes mean"), statistics.ByClassAs, statistics.Answered, r.proposalsUnit())
	if len(s.Tables) > 0 {
		s.Lead = r.say("一件提案由几个单位以不同类别答复的，每一类别各计一次，占比之和可以超过100%。", "A proposal that units answered in different classes counts once in each, so that shares can add up to more than 100 %.")
	}
	return s
}

func (r *Report) opinions() section {
	s := section{ID: "opinions", Title: r.say("提案者评议", "Opinions")}
	r.add(&s, r.say("对办理结果的评议", "Opinions on the result"), statistics.ByResult, statistics.Stated, r.proposalsUnit())
	r.add(&s, r.say("对办理态度的评议", "Opinions on the attitude"), statistics.ByAttitude, statistics.Stated, r.proposalsUnit())
	result, attitude := r.Figures.Opinions()
	t := table{
		Caption: r.say("满意率（满意与基本满意）", "Satisfied or basically satisfied"),
		Head:    []string{r.say("项目", "item"), r.say("数量", "count"), r.say("基数名称", "base"), r.say("基数", "base count"), r.say("占比", "share")},
		Note:    r.say("一件提案有几个单位答复的，按最低的评议计。", "Of several opinions on one proposal the worst counts."),
	}
	for _, axis := range []struct {
		name string
		o    statistics.Opinions
	}{{r.say("办理结果", "result"), result}, {r.say("办理态度", "attitude"), attitude}} {
		if axis.o.Given() == 0 {
			continue
		}
		for _, base := range []struct {
			name string
			n    int64
			of   statistics.Base
		}{
			{r.say("收到反馈", "opinion given"), axis.o.Given(), statistics.Heard},
			{r.total(statistics.Answered), r.Figures.Total(statistics.Answered), statistics.Answered},
			{r.total(statistics.Assigned), r.Figures.Total(statistics.Assigned), statistics.Assigned},
		} {
			rate := axis.o.Satisfaction(base.n, base.of)
			t.Rows = append(t.Rows, row{Name: axis.name, Cells: []cell{number(rate.Count), said(base.name), number(rate.Base), percent(rate)}})
		}
	}
	if len(t.Rows) > 0 {
		s.Tables = append(s.Tables, t)
	}
	return s
}

func (r *Report) attention() section {
	s := section{ID: "attention", Title: r.say("重点提案、督办与二次办理", "Key proposals, supervision, second handling")}
	var pairs [][2]statistics.Base
	for _, p := range [][2]statistics.Base{
		{statistics.Key, statistics.Filed}, {statistics.Supervised, statistics.Assigned}, {statistics.Visited, statistics.Supervised}, {statistics.Urged, statistics.Assigned},
		{statistics.Again, statistics.Assigned}, {statistics.AgainDone, statistics.Again}, {statistics.Raised, statistics.Answered},
	} {
		if r.Figures.Total(p[0]) > 0 {
			pairs = append(pairs, p)
		}
	}
	if len(pairs) > 0 {
		s.Tables = append(s.Tables, r.shares(s.Title, r.proposalsUnit(), pairs...))
	}
	r.add(&s, r.say("重点提案层级", "Tiers of key proposals"), statistics.ByTier, statistics.Stated, r.proposalsUnit())
	return s
}

func (r *Report) timeliness() section {
	s := section{ID: "timeliness", Title: r.say("时限", "Limits")}
	t := table{
		Caption: r.say("各项时限的遵守情况", "How limits were kept"),
		Head: []string{
			r.say("时限", "limit"), r.say("按期", "in time"), r.say("逾期办结", "late"), r.say("按期率", "in-time rate"), r.say("未到期", "running"), r.say("已超期", "overdue"), r.say("延期", "extended"), r.say("到期日未知", "no due day"),
		},
		Note: r.say("每个承办单位的每项时限各计一次。按期率以已停止计时的为基数（按期与逾期办结之和）。", "Each limit counts once for each unit. The rate is over those that have stopped, in time or late."),
	}
	for _, l := range r.Figures.Limits() {
		t.Rows = append(t.Rows, row{Name: r.limit(l.Limit), Cells: []cell{
			number(l.Met), number(l.MetLate), percent(l.Timely()), number(l.Running), number(l.Overdue), number(l.Extended), number(l.Undated),
		}, Cases: l.OverdueCases})
	}
	if len(t.Rows) > 0 {
		s.Tables = append(s.Tables, t)
	}
	return s
}

func (r *Report) days() section {
	s := section{ID: "days", Title: r.say("用时", "Days taken")}
	t := table{
		Caption: r.say("各阶段用时（天）", "Days in each step"),
		Head:    []string{r.say("阶段", "step"), r.say("数量", "count"), r.say("最短", "least"), r.say("中位数", "median"), r.say("九成不超过", "90th percentile"), r.say("最长", "most")},
		Note:    r.say("按自然日逐件精确计数；中位数与九成分位取实际出现的天数（最近序）。", "Calendar days, each length counted; median and percentile are the nearest ranks."),
	}
	for _, span := range r.spans() {
		d := r.Figures.Days(span)
		t.Rows = append(t.Rows, row{Name: r.spanName(span), Cells: []cell{number(d.Count), number(int64(d.Least)), number(int64(d.Median)), number(int64(d.Ninety)), number(int64(d.Most))}})
	}
	if n := r.Figures.Total(statistics.Disordered); n > 0 {
		t.Note += fmt.Sprintf(r.say("另有%d件承办件日期前后矛盾，未计入。", " The dates of %d items contradict each other; they are left out."), n)
	}
	if len(t.Rows) > 0 {
		s.Tables = append(s.Tables, t)
	}
	return s
}

// spans are those counted: stages in their order, then those of items.
func (r *Report) spans() []statistics.Span {
	counted := make(map[statistics.Span]bool)
	for _, s := range r.Figures.Spans() {
		counted[s] = true
	}
	var order []statistics.Span
	if r.Machine != nil {
		for _, stage := range r.Machine.Stages() {
			order = append(order, statistics.StageSpan(stage.Key))
		}
	}
	order = append(order, statistics.ToAccept, statistics.ToReply, statistics.ToOpinion)
	var some []statistics.Span
	for _, s := range append(order, r.Figures.Spans()...) {
		if counted[s] {
			some = append(some, s)
			delete(counted, s)
		}
	}
	return some
}

func (r *Report) spanName(s statistics.Span) string {
	switch s {
	case statistics.ToAccept:
		return r.say("交办至接收（每承办件）", "assignment to acceptance (items)")
	case statistics.ToReply:
		return r.say("交办至首次答复（每承办件）", "assignment to first reply (items)")
	case statistics.ToOpinion:
		return r.say("首次答复至反馈（每承办件）", "first reply to opinion (items)")
	}
	return r.stage(s.Stage()) + r.say("环节", " (stage)")
}

func (r *Report) overdueList() section {
	s := section{ID: "overdue", Title: r.say("超期清单", "Overdue")}
	if len(r.Overdue) == 0 {
		s.Lead = r.say("截至报告日，没有超期的时限。", "No limit is overdue on the day of the report.")
		return s
	}
	t := table{
		Caption: fmt.Sprintf(r.say("截至%s超期的时限", "Overdue on %s"), r.date(r.Made)), Words: 3,
		Head: []string{r.say("案号", "number"), r.say("案由", "title"), r.say("承办单位", "unit"), r.say("时限", "limit"), r.say("到期日", "due"), r.say("超期天数", "days")},
	}
	for _, o := range r.Overdue {
		name := o.Number
		if name == "" {
			name = r.say("（无案号）", "(none)")
		}
		t.Rows = append(t.Rows, row{Name: name, Cells: []cell{said(o.Title), said(r.whom(o)), said(r.limit(o.Limit)), said(r.date(o.Due)), number(int64(o.Days))}, Cases: []string{o.ID}})
	}
	if r.OverdueMore > 0 {
		t.Note = fmt.Sprintf(r.say("另有%d项超期较短，未列出。", "%d more, overdue for a shorter time, are not listed."), r.OverdueMore)
	}
	s.Tables = []table{t}
	return s
}

func (r *Report) rules() section {
	merging := r.Figures.Merging().Label()
	return section{ID: "rules", Title: r.say("统计口径", "How it was counted"), Lead: fmt.Sprintf(r.say(
		"%s。每个百分比均由所列数量除以所列基数得出，四舍五入保留两位小数，不为凑足100%%而调整。草稿不计入任何数字（共%d件）。报告日：%s。",
		"Rule: %s. Each percentage is its count over its base, rounded half up to two places, and never adjusted to make a sum of 100 %%. Drafts (%d) count nowhere. Day of the report: %s."),
		r.label(merging, ""), r.Figures.Total(statistics.Drafts), r.date(r.Made))}
}

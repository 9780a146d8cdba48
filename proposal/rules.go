package proposal

import (
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal/workflow"
)

// Rules is what a body words and codes in its own way. The zero Rules knows no
// code at all; start from [DefaultRules].
type Rules struct {
	Categories Versions `json:"categories"`
	Refusals   Versions `json:"refusals"` // reasons for not filing (不予立案)
	Classes    Versions `json:"classes"`  // answer classes (答复类别)

	// Opinions holds every scale on which proposers may be asked, each in its
	// versions. An opinion keeps the scale it was given in.
	Opinions []Versions `json:"opinions"`

	// Plenaries says from when until when proposals of a plenary (大会提案) are
	// taken. For a session that is not among them the draft says which it is.
	Plenaries []PlenaryTime `json:"plenaries,omitempty"`

	// EnterFor lists the roles that may enter a proposal in another's name
	// (代为录入); whoever did is named beside the proposer.
	EnterFor []string `json:"enter_for,omitempty"`
}

// PlenaryTime is when a plenary takes proposals. Both ends are in time: 渝北 closed
// on 15 January 2019 at 12:00, 安康 on 27 March 2022 and 滁州 on 6 January 2022 at
// the same hour.
type PlenaryTime struct {
	Session string    `json:"session,omitempty"` // 届次, in any spelling; "": whichever a proposal names
	Opens   time.Time `json:"opens"`
	Closes  time.Time `json:"closes"`
}

// DefaultRules returns the six categories, the national refusal reasons, the
// classes A, B and C in their commonest reading, and the scale 满意 / 基本满意 /
// 不满意.
func DefaultRules() Rules {
	return Rules{
		Categories: Versions{FiveCategories(), SixCategories()},
		Refusals:   Versions{NationalRefusals()},
		Classes:    Versions{CommonClasses()},
		Opinions:   []Versions{{ThreeOpinions()}},
		EnterFor:   []string{"committee", "office"},
	}
}

// NationalRefusals is the national catalogue of reasons for not filing: the ten
// of the national committee's rules on proposals.
func NationalRefusals() Scheme {
	return Scheme{Name: "refusals", Version: 1, Terms: []Term{
		{Key: "state_secret", Label: label("涉及党和国家秘密", "touches secrets of Party or state")},
		{Key: "forbidden", Label: label("国家明令禁止", "forbidden by the state")},
		{Key: "cpc_internal", Label: label("中共党员对党内有关组织、人事安排等方面有意见", "party-internal matter of CPC members")},
		{Key: "party_internal", Label: label("民主党派成员反映本组织内部问题", "internal matter of another party")},
		{Key: "litigation", Label: label("进入民事、刑事、行政诉讼或仲裁程序", "in litigation or arbitration")},
		{Key: "academic", Label: label("学术研讨", "academic discussion")},
		{Key: "personal", Label: label("为本人或亲属解决个人问题", "personal matter of the proposer or relatives")},
		{Key: "advertising", Label: label("宣传、推介具体作品、产品", "promotes works or products")},
		{Key: "accusation", Label: label("指名举报", "accuses by name")},
		{Key: "empty", Label: label("内容空泛、没有具体建议", "empty, without a concrete suggestion")},
	}}
}

// CommonClasses is the commonest reading of A, B and C in published replies.
// The letters mean other things elsewhere: 部分解决 is A in one city and B in
// others, 留作参考 is C or D.
func CommonClasses() Scheme {
	return Scheme{Name: "classes", Version: 1, Terms: []Term{
		{Key: "a", Letter: "A", As: Settled, Label: label("已经解决或采纳", "solved or adopted")},
		{Key: "b", Letter: "B", As: Planned, Label: label("正在解决或列入计划", "under way or planned")},
		{Key: "c", Letter: "C", As: Reference, Label: label("因条件限制留作参考", "kept for reference")},
	}}
}

// ThreeOpinions is the scale 满意 / 基本满意 / 不满意.
func ThreeOpinions() Scheme {
	return Scheme{Name: "opinion3", Version: 1, Terms: []Term{
		{Key: "satisfied", As: Satisfied, Label: label("满意", "satisfied")},
		{Key: "basically_satisfied", As: Mostly, Label: label("基本满意", "basically satisfied")},
		{Key: "dissatisfied", As: Dissatisfied, Label: label("不满意", "dissatisfied")},
	}}
}

func (r Rules) check(field string) error {
	lists := map[string]Versions{".categories": r.Categories, ".refusals": r.Refusals, ".classes": r.Classes}
	for _, name := range []string{".categories", ".refusals", ".classes"} {
		if err := lists[name].check(field + name); err != nil {
			return err
		}
	}
	if err := r.Classes.counts(field+".classes", Settled, Planned, Reference); err != nil {
		return err
	}
	for i, plenary := range r.Plenaries {
		if !plenary.Closes.After(plenary.Opens) {
			return workflow.Invalid(fmt.Sprintf("%s.plenaries[%d].closes", field, i), "out_of_order", "截止时间不晚于开始时间", "it closes no later than it opens")
		}
	}
	names := make(map[string]bool)
	for i, v := range r.Opinions {
		at := fmt.Sprintf("%s.opinions[%d]", field, i)
		if err := v.check(at); err != nil {
			return err
		}
		if err := v.counts(at, Satisfied, Mostly, Dissatisfied); err != nil {
			return err
		}
		switch name := v.Latest().Name; {
		case len(v) == 0:
			return workflow.Invalid(at, "empty", "量表没有版本", "the scale has no version")
		case names[name]:
			return workflow.Invalid(at, "duplicate", "量表%q有两个，同一量表的各版应放在一起", "there are two scales %q: versions of one stand together", name)
		default:
			names[name] = true
		}
	}
	return nil
}

// scale returns the latest version of the opinion scale of that name, the first
// scale for "".
func (r Rules) scale(name string) (Scheme, error) {
	for _, v := range r.Opinions {
		if s := v.Latest(); name == "" || s.Name == name {
			return s, nil
		}
	}
	return Scheme{}, workflow.Invalid("scale", "unknown", "没有评议量表%q", "there is no opinion scale %q", name)
}

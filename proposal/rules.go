package proposal

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/workflow"
)

// Rules is what a body words and codes in its own way. The zero Rules knows no
// code at all; start from [DefaultRules].
type Rules struct {
	Categories Versions `json:"categories"`
	Refusals   Versions `json:"refusals"` // reasons for not filing (不予立案)
	Classes    Versions `json:"classes"`  // answer classes (答复类别)

	// Tiers (督办层级) of key proposals, and forms of supervision (督办形式). Without
	// terms a body's people use words of their own.
	Tiers            Versions `json:"tiers,omitempty"`
	SupervisionForms Versions `json:"supervision_forms,omitempty"`

	// KeyShare is how many of the proposals filed are to be key ones; nil: nobody
	// is told.
	KeyShare *Share `json:"key_share,omitempty"`

	// Opinions holds every scale on which proposers may be asked, each in its
	// versions. An opinion keeps the scale it was given in.
	Opinions []Versions `json:"opinions"`

	// Hearing says whose opinion on a reply is asked for, and what several make.
	Hearing Hearing `json:"hearing,omitzero"`

	// Plenaries says from when until when proposals of a plenary (大会提案) are
	// taken. For a session that is not among them the draft says which it is.
	Plenaries []PlenaryTime `json:"plenaries,omitempty"`

	// Numbers says how numbers are printed that are given on request: see
	// [Service.FileNext]. A number given by hand may have any form.
	Numbers []NumberForm `json:"numbers,omitempty"`

	// Form is what is asked of title and text, and Attachments of files; Themes are
	// what a proposal may be tagged with.
	Form        Form             `json:"form,omitzero"`
	Attachments AttachmentLimits `json:"attachments,omitzero"`
	Themes      Versions         `json:"themes,omitempty"`

	// Units is the list of units (单位名录); none: a proposal is given to whichever unit
	// is named.
	Units []Unit `json:"units,omitempty"`

	// EnterFor lists the roles that may enter a proposal in another's name
	// (代为录入); whoever did is named beside the proposer.
	EnterFor []string `json:"enter_for,omitempty"`
}

// PlenaryTime is when a plenary takes proposals, and when it ends. Both ends are in time: 渝北 closed
// on 15 January 2019 at 12:00, 安康 on 27 March 2022 and 滁州 on 6 January 2022 at
// the same hour.
type PlenaryTime struct {
	Session string    `json:"session,omitempty"` // 届次, in any spelling; "": whichever a proposal names
	Opens   time.Time `json:"opens"`
	Closes  time.Time `json:"closes"`
	Ends    time.Time `json:"ends,omitzero"` // the close of the plenary itself (闭会), from which handling is counted in some places; zero: not known
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
	lists := map[string]Versions{
		".categories": r.Categories, ".refusals": r.Refusals, ".classes": r.Classes,
		".tiers": r.Tiers, ".supervision_forms": r.SupervisionForms, ".themes": r.Themes,
	}
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		if err := lists[name].check(field + name); err != nil {
			return err
		}
	}
	if err := r.Form.check(field + ".form"); err != nil {
		return err
	}
	if err := r.Attachments.check(field + ".attachments"); err != nil {
		return err
	}
	if err := r.checkUnits(field + ".units"); err != nil {
		return err
	}
	if err := r.KeyShare.check(field + ".key_share"); err != nil {
		return err
	}
	if err := r.Classes.counts(field+".classes", Settled, Planned, Reference); err != nil {
		return err
	}
	for i, plenary := range r.Plenaries {
		if !plenary.Closes.After(plenary.Opens) {
			return workflow.Invalid(fmt.Sprintf("%s.plenaries[%d].closes", field, i), "out_of_order", "截止时间不晚于开始时间", "it closes no later than it opens")
		}
	}
	for i, form := range r.Numbers {
		if err := form.check(fmt.Sprintf("%s.numbers[%d]", field, i)); err != nil {
			return err
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
	return r.Hearing.check(field+".hearing", r.Opinions)
}

// follow finds a version of a coded list that rules had and those in their place lack
// or word otherwise: what was coded by it could not be read any more.
func follow(field string, before, after Rules) error {
	lists := []struct {
		name          string
		before, after Versions
	}{
		{".categories", before.Categories, after.Categories}, {".refusals", before.Refusals, after.Refusals},
		{".classes", before.Classes, after.Classes}, {".opinions", slices.Concat(before.Opinions...), slices.Concat(after.Opinions...)},
	}
	for _, l := range lists {
		for _, scheme := range l.before {
			kept, there := l.after.Scheme(scheme.ID())
			switch {
			case !there:
				return workflow.Invalid(field+l.name, "lost", "少了%s：用过的版本须保留，另加新版本", "%s is gone: a version that was in use stays, and a new one is added", scheme.ID())
			case !reflect.DeepEqual(kept, scheme):
				return workflow.Invalid(field+l.name, "edited", "%s已改动：修改须用新版本", "%s was edited: changes need a new version", scheme.ID())
			}
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

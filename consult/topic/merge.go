package topic

import (
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// AddSource adds another who raised the same topic: a topic can have several sources.
type AddSource struct {
	Source Source `json:"source" zh:"议题来源" en:"source" field:"required"`
}

// Event is "add_source".
func (AddSource) Event() string { return "add_source" }

// Apply adds it.
func (a AddSource) Apply(_ *rules.Act, t *Topic) error {
	if err := a.Source.check("source"); err != nil {
		return err
	}
	if a.Source == t.Source || slices.Contains(t.Sources, a.Source) {
		return workflow.Invalid("source", "duplicate", "来源%q已登记", "the source %q is there already", a.Source.Name+a.Source.ID)
	}
	if err := check.Len("sources", len(t.Sources), 1); err != nil {
		return err
	}
	t.Sources = append(t.Sources, a.Source)
	return nil
}

// Merging returns the actions that merge topics into another (合并议题): what is done to
// each topic that is merged, and to the one that goes on with their sources. They belong
// to one commit: see Service.MergeTopics of package consult.
func Merging(into string, from ...*Topic) (source, target workflow.Action[*Topic, rules.Rules]) {
	var a absorb
	for _, t := range from {
		a.Topics = append(a.Topics, Absorbed{Topic: t.ID, Sources: append([]Source{t.Source}, t.Sources...), Clues: len(t.Clues)})
	}
	return mergeInto{Into: into}, a
}

// Unmerging returns the two actions that undo a merge.
func Unmerging(from *Topic) (source, target workflow.Action[*Topic, rules.Rules]) {
	return unmerge{}, release{From: from.ID}
}

// Absorbed (并入的议题) is a topic that was merged into this one.
type Absorbed struct {
	Topic   string   `json:"topic" zh:"被合并的议题" en:"topic merged" field:"id,required"`
	Sources []Source `json:"sources" zh:"议题来源" en:"sources"`
	Clues   int      `json:"clues,omitempty" zh:"线索数" en:"clues"` // kept there
}

type mergeInto struct {
	Into string `json:"into" zh:"并入的议题" en:"merged into" field:"id,required"`
}

// Event is "merge".
func (mergeInto) Event() string { return "merge" }

// Apply notes where it went.
func (m mergeInto) Apply(_ *rules.Act, t *Topic) error {
	if m.Into == t.ID {
		return workflow.Invalid("into", "itself", "议题不能并入自己", "a topic is not merged into itself")
	}
	t.MergedInto = m.Into
	return nil
}

type absorb struct {
	Topics []Absorbed `json:"topics" zh:"被合并的议题" en:"topics merged" field:"required"`
}

// Event is "absorb".
func (absorb) Event() string { return "absorb" }

// Apply keeps what came with it.
func (a absorb) Apply(_ *rules.Act, t *Topic) error {
	if len(a.Topics) == 0 {
		return workflow.Invalid("topics", "empty", "没有要合并的议题", "there is no topic to merge")
	}
	if err := check.Len("absorbed", len(t.Absorbed), len(a.Topics)); err != nil {
		return err
	}
	for i, from := range a.Topics {
		if slices.ContainsFunc(t.Absorbed, func(b Absorbed) bool { return b.Topic == from.Topic }) {
			return workflow.Invalid(check.At("topics", i), "duplicate", "议题%q已并入", "the topic %q has been merged already", from.Topic)
		}
		from.Sources = slices.Clone(from.Sources)
		t.Absorbed = append(t.Absorbed, from)
	}
	return nil
}

type unmerge struct{}

// Event is "unmerge".
func (unmerge) Event() string { return "unmerge" }

// Apply takes it back.
func (unmerge) Apply(_ *rules.Act, t *Topic) error {
	t.MergedInto = ""
	return nil
}

type release struct {
	From string `json:"from" zh:"恢复的议题" en:"topic released" field:"id,required"`
}

// Event is "release".
func (release) Event() string { return "release" }

// Apply gives back what came with it.
func (r release) Apply(_ *rules.Act, t *Topic) error {
	i := slices.IndexFunc(t.Absorbed, func(b Absorbed) bool { return b.Topic == r.From })
	if i < 0 {
		return workflow.Invalid("from", "unknown", "议题%q未并入", "the topic %q was not merged", r.From)
	}
	t.Absorbed = slices.Delete(slices.Clone(t.Absorbed), i, i+1)
	return nil
}

// raised returns every source of the topic, also of those merged into it.
func (t *Topic) raised() []Source {
	all := append([]Source{t.Source}, t.Sources...)
	for _, a := range t.Absorbed {
		all = append(all, a.Sources...)
	}
	return all
}

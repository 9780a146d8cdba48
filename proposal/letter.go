package proposal

import (
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// letterParts are what the guard "reply_has" can ask of a reply, in the order in
// which a letter has them.
var letterParts = []string{"document", "signer", "responsible", "contact", "text", "class"} //nolint:gochecknoglobals // a constant

// letterWords is what people call them.
var letterWords = map[string][2]string{ //nolint:gochecknoglobals // a constant
	"document": {"文号", "document number"}, "signer": {"签发人", "signer"}, "responsible": {"承办人", "responsible person"},
	"contact": {"沟通方式", "contact"}, "text": {"答复内容", "text"}, "class": {"答复类别", "class"},
}

// partsOfLetter reads the argument of the guard.
func partsOfLetter(argument string) error {
	for part := range strings.SplitSeq(argument, ",") {
		if !slices.Contains(letterParts, part) {
			return workflow.Invalid("guard", "unknown", "答复没有%q这一项：%s", "a reply has no %q: %s", part, strings.Join(letterParts, ", "))
		}
	}
	return nil
}

// lacks returns the parts of a letter that are empty. Where the unit has logged a
// contact with the proposers, how they were contacted is known; where every
// matter is answered, the text is.
func (a Answer) lacks(part *Part) []string {
	has := map[string]bool{
		"document": !text.IsBlank(a.Document), "signer": !text.IsBlank(a.Signer), "responsible": !text.IsBlank(a.Responsible),
		"contact": !text.IsBlank(a.Contact) || part != nil && len(part.Contacts) > 0,
		"text":    !text.IsBlank(a.Text) || len(a.Matters) > 0, "class": a.Class != "",
	}
	return slices.DeleteFunc(slices.Clone(letterParts), func(name string) bool { return has[name] })
}

// replyHas asks that the reply that is drafted, or that is to go out, is not
// empty where the definition says so.
func replyHas(act *Act, p *Proposal) []workflow.Blocker {
	part := p.Part(act.Instance)
	if act.Event == (Reply{}).Event() {
		return looked(act, "无法检查这一操作的答复内容", "what %T replies cannot be looked into", func(drafted interface{ letter() Answer }) []workflow.Blocker {
			return drafted.letter().without(part, act.Argument)
		})
	}
	var answer Answer
	if part != nil && part.Reply() != nil {
		answer = *part.Reply()
	}
	return answer.without(part, act.Argument)
}

// without finds what the guard's argument asks of an answer and is empty in it.
func (a Answer) without(part *Part, argument string) []workflow.Blocker {
	var blockers []workflow.Blocker
	for _, name := range a.lacks(part) {
		if slices.Contains(strings.Split(argument, ","), name) {
			words := letterWords[name]
			blockers = append(blockers, workflow.Block("reply_lacks", "答复没有"+words[0], "the reply has no "+words[1]))
		}
	}
	return blockers
}

package workflow

import (
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// own are the events of the engine's own acts, and what they are called: whoever reads
// the journal or the feed could not tell them from those of a definition.
var own = map[string]lifecycle.Label{ //nolint:gochecknoglobals // a constant
	Crossed:          {ZH: "时限到点", EN: "a day of a limit has come"},
	Migrated:         {ZH: "改用流程", EN: "move to another definition"},
	Relocated:        {ZH: "移交其他政协", EN: "move to another body"},
	Recounted:        {ZH: "重算时限", EN: "count limits anew"},
	Accepted:         {ZH: "认可记录", EN: "accept the record"},
	clock.Extending:  {ZH: "延期", EN: "extend"},
	clock.Asking:     {ZH: "申请延期或中止", EN: "ask for time"},
	clock.Answering:  {ZH: "审批延期或中止", EN: "answer a request for time"},
	clock.TakingBack: {ZH: "收回延期或中止", EN: "take time back"},
	clock.Correcting: {ZH: "更正日期", EN: "correct a date"},
}

func isOwn(event string) bool {
	_, is := own[event]
	return is
}

// EventLabel returns what an event is called in the journal of a case: as the
// definition that the case was pinned to words it, else as its action does; the
// engine's own acts have words of their own. It is zero for an event that the engine
// knows nothing of.
func (e *Engine[C, R]) EventLabel(pin Pin, event string) lifecycle.Label {
	if label, is := own[event]; is {
		return label
	}
	if m := e.Machine(pin.Name, pin.Version); m != nil {
		if label := m.EventLabel(event); label != (lifecycle.Label{}) {
			return label
		}
	}
	if types := e.actions[event]; len(types) > 0 {
		return types[0].Label
	}
	return lifecycle.Label{}
}

package lifecycle

import (
	"fmt"
	"maps"
	"slices"
)

// sight finds what is wrong with who sees what.
func (l *lint) sight(d Definition) {
	means := make(map[string]bool)
	for _, s := range Meanings(d.States) {
		means[s.Is] = true
	}
	for i, s := range d.Sight {
		where := fmt.Sprintf("sight[%d]", i)
		if len(s.Who) == 0 {
			l.add(NoRole, where+".who", "没有写明谁可以看", "it is not said who sees it")
		}
		if len(s.Sees) == 0 {
			l.add(BadSight, where+".sees", "没有写明可以看什么", "it is not said what is seen")
		}
		for j, stage := range s.Stages {
			if !counts(d, stage) && !slices.ContainsFunc(d.Tracks, func(t Track) bool { return hasStage(t.States, stage) }) {
				l.add(UnknownStage, fmt.Sprintf("%s.stages[%d]", where, j), "没有环节%[1]q", "there is no stage %[1]q", stage)
			}
		}
		l.meant(where+".while", s.While, means)
		l.meant(where+".unless", s.Unless, means)
	}
}

func (l *lint) meant(where string, words []string, means map[string]bool) {
	for i, word := range words {
		if !means[word] {
			l.unknown(UnknownState, fmt.Sprintf("%s[%d]", where, i), maps.Keys(means), "没有含义为%q的状态", "no state means %q", word)
		}
	}
}

package house_test

import (
	"strings"
	"testing"
)

// A reader has to hold the names of a package in mind, so it exports few.
const mostNames = 90

// Packages with more names than that, each with its reason.
var wide = map[string]string{
	"proposal":          "every action of a proposal's life is a name; its doc.go groups them by stage",
	"proposal/workflow": "what a vocabulary is made of, acting and reading stand on the same cases; its doc.go groups them",
	"consult/activity":  "every action of a consultation is a name; its doc.go groups them by what they are about",
	"proposal/calendar": "days, limits and clocks are written in terms of one another",
}

func TestPackagesExportFewNames(t *testing.T) {
	t.Parallel()
	found := map[string]int{}
	for _, m := range modules(t) {
		if !released(m) {
			continue
		}
		for _, p := range packagesOf(t, m) {
			found[strings.TrimPrefix(p.Path, modulePath+"/")] = len(p.Names)
		}
	}
	for name, count := range found {
		if wide[name] == "" && count > mostNames {
			t.Errorf("%s exports %d names, and the most is %d: divide it, or give a reason in width_test.go", name, count, mostNames)
		}
	}
	for name := range wide {
		if found[name] <= mostNames {
			t.Errorf("%s exports %d names, and needs no reason in width_test.go any more", name, found[name])
		}
	}
}

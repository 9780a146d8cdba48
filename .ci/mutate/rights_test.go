package main

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/evaluate/appraisal"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow/vocabularytest"
)

// Whichever right a definition gives, taken away, and whichever role it knows, given to
// anything, is a difference in the tables that stand beside the tests: to do, to open and
// to see. The system's own role is in no table, since nobody can have it; TestRefusals
// holds that.
func TestEveryRightIsInTheTables(t *testing.T) {
	t.Parallel()
	for _, d := range []lifecycle.Definition{
		proposal.Nine(), proposal.Seven(), activity.Lifecycle(), platform.Lifecycle(), topic.Lifecycle(), plan.Lifecycle(), appraisal.Lifecycle(),
	} {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			known := rolesOf(d)
			acts, sights := vocabularytest.Acts(t, d), vocabularytest.Sights(t, d)
			tried := 0
			differs := func(list *[]string, table func(*testing.T, ...lifecycle.Definition) string, was, where string, words []string) {
				whole := *list
				for _, word := range whole {
					if word == lifecycle.System || len(whole) == 1 { // without its last role a definition is refused
						continue
					}
					*list = slices.DeleteFunc(slices.Clone(whole), func(w string) bool { return w == word })
					require.NotEqual(t, was, table(t, d), "%s without %q", where, word)
					tried++
				}
				for _, word := range words {
					if slices.Contains(whole, word) || slices.Contains(whole, lifecycle.Anyone) {
						continue
					}
					*list = append(slices.Clone(whole), word)
					require.NotEqual(t, was, table(t, d), "%s with %q", where, word)
					tried++
				}
				*list = whole
			}
			differs(&d.Open, vocabularytest.Acts, acts, "open", known)
			lines := [][]lifecycle.Transition{d.Transitions}
			for _, track := range d.Tracks {
				lines = append(lines, track.Transitions)
			}
			for _, line := range lines {
				for i := range line {
					if line[i].Auto { // fired by the system alone, or the definition is refused
						continue
					}
					differs(&line[i].Roles, vocabularytest.Acts, acts, line[i].Event, known)
				}
			}
			for i := range d.Sight {
				// Whom another sight names may see the same by that.
				elsewhere := func(role string) bool {
					return slices.ContainsFunc(d.Sight, func(s lifecycle.Sight) bool {
						return slices.Contains(s.Who, role) && !slices.Equal(s.Who, d.Sight[i].Who)
					})
				}
				differs(&d.Sight[i].Who, vocabularytest.Sights, sights, "sight", slices.DeleteFunc(slices.Clone(known), elsewhere))
			}
			require.Greater(t, tried, 10)
			t.Log(tried, "rights taken or given")
		})
	}
}

// rolesOf returns the roles and relations that a definition names anywhere.
func rolesOf(d lifecycle.Definition) []string {
	known := slices.Clone(d.Open)
	for _, t := range d.Transitions {
		known = append(known, t.Roles...)
	}
	for _, track := range d.Tracks {
		for _, t := range track.Transitions {
			known = append(known, t.Roles...)
		}
	}
	known = slices.DeleteFunc(known, func(role string) bool { return role == lifecycle.System })
	slices.Sort(known)
	return slices.Compact(known)
}

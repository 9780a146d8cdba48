package ledger

import (
	"slices"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
)

// printed is the scheme of words that are kept as they stand in a list. It is
// open: its terms are whatever is printed, and none says what it counts as.
const printed = "printed"

// rules are those of the ledger's bodies: the coded categories, and classes and
// opinions as printed.
func rules(rows []Row) proposal.Rules {
	r := proposal.DefaultRules()
	classes, opinions := make([]string, 0, len(rows)), make([]string, 0, len(rows))
	for _, row := range rows {
		classes = append(classes, row.Class)
		if _, coded := opinionKey(row.Opinion); !coded {
			opinions = append(opinions, row.Opinion, row.attitude())
		}
	}
	r.Classes = proposal.Versions{asPrinted(classes)}
	r.Opinions = append(r.Opinions, proposal.Versions{asPrinted(opinions)})
	r.Refusals = proposal.Versions{asPrinted([]string{NotPrinted})}
	r.EnterFor = append(r.EnterFor, Registrar)
	return r
}

// asPrinted makes a scheme of the words.
func asPrinted(words []string) proposal.Scheme {
	s := proposal.Scheme{Name: printed, Version: 1}
	slices.Sort(words)
	for _, w := range slices.Compact(words) {
		if w != "" {
			s.Terms = append(s.Terms, proposal.Term{Key: w, Letter: w, Label: lifecycle.Label{
				ZH: w + "（含义未载明）", EN: w + " (its meaning is not printed)",
			}})
		}
	}
	return s
}

// categoryKey finds the coded category that a word is the key or label of.
func categoryKey(word string) (proposal.Category, bool) {
	key, ok := keyOf(proposal.SixCategories(), word)
	return proposal.Category(key), ok
}

// opinionKey finds the opinion of the common scale that a word is the key or
// label of.
func opinionKey(word string) (string, bool) { return keyOf(proposal.ThreeOpinions(), word) }

func keyOf(s proposal.Scheme, word string) (string, bool) {
	for _, t := range s.Terms {
		if word != "" && (word == t.Key || word == t.Label.ZH || word == t.Label.EN) {
			return t.Key, true
		}
	}
	return "", false
}

package main

import (
	"math/rand/v2"

	"github.com/tian-go/tian/proposal"
)

// share is how often something is chosen, beside the others of its list.
type share[T any] struct {
	of     T
	weight int
}

// pick chooses by weight.
func pick[T any](r *rand.Rand, shares []share[T]) T {
	sum := 0
	for _, s := range shares {
		sum += s.weight
	}
	n := r.IntN(sum)
	for _, s := range shares {
		if n -= s.weight; n < 0 {
			return s.of
		}
	}
	return shares[len(shares)-1].of
}

// chance reports true n times in a thousand.
func chance(r *rand.Rand, n int) bool { return r.IntN(1000) < n }

// The shares that reports print. Whether a proposal that is not merged is filed, its
// category, and how many proposers are collectives:
// 全国政协十四届二次会议提案审查情况的报告 (2024), 5898 received, 160 of them merged. Classes:
// 汉中市政协五届四次会议以来 (2020), 329 filed.
func reviewed() []share[bool] { return []share[bool]{{true, 5006}, {false, 732}} }

func categories() []share[proposal.Category] {
	return []share[proposal.Category]{
		{proposal.Economic, 1985}, {proposal.Political, 465}, {proposal.Cultural, 457},
		{proposal.Social, 1436}, {proposal.Ecological, 663},
	}
}

func classes() []share[string] { return []share[string]{{"a", 165}, {"b", 132}, {"c", 32}} }

// How the 4534 of members and the 472 of collectives fall to their kinds is not
// printed there, and is assumed.
func proposers() []share[proposal.ProposerKind] {
	return []share[proposal.ProposerKind]{
		{proposal.Member, 4034}, {proposal.Joint, 500},
		{proposal.Party, 272}, {proposal.Organisation, 80}, {proposal.Sector, 60}, {proposal.Committee, 40}, {proposal.Group, 20},
	}
}

// What follows is assumed: reports print no shares of modes or of the ways not to
// file, and rates of satisfaction near 100 %.
func modes() []share[proposal.Mode] {
	return []share[proposal.Mode]{{proposal.Sole, 55}, {proposal.Led, 33}, {proposal.Separate, 8}, {proposal.Mixed, 4}}
}

func rejections() []share[string] {
	return []share[string]{{"refer", 50}, {"refuse", 35}, {"withdraw", 10}, {"settle", 5}}
}

func refusals() []share[string] {
	return []share[string]{{"empty", 60}, {"personal", 15}, {"litigation", 10}, {"academic", 10}, {"advertising", 5}}
}

func opinions() []share[string] {
	return []share[string]{{"satisfied", 93}, {"basically_satisfied", 7}}
}

// Of a thousand; assumed.
const (
	atPlenary    = 880 // proposals made at the plenary
	returned     = 40  // given back for revision, and submitted again
	researched   = 300 // drafts that grow from an inquiry
	keyed        = 30  // key proposals; each is supervised
	supervised   = 30  // supervised without being key proposals
	objected     = 30  // parts of sole units that object and are relieved
	suspended    = 20  // handlings that pause
	extended     = 30  // replies that get more time
	late         = 40  // replies after their limit
	urged        = 60  // handlings that are urged
	dissatisfied = 20  // first opinions that reopen the handling
	lateOpinions = 50  // opinions after their limit
	published    = 400
	evaluated    = 50
	followed     = 50
	honoured     = 15
)

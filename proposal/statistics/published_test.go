package statistics_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/statistics"
	"github.com/tian-go/tian/proposal/workflow"
)

// ledger makes proposals that have the counts of a published report.
type ledger struct{ all []*proposal.Proposal }

// received adds n proposals that came in, and were filed or not.
func (l *ledger) received(n int, filed bool, merged bool) {
	for range n {
		p := &proposal.Proposal{Header: workflow.Header{ID: fmt.Sprintf("p-%05d", len(l.all)), State: "refused", Stage: "review"}}
		switch {
		case merged:
			p.MergedInto = "p-00000"
		case filed:
			p.State, p.Stage, p.Number = "handling", "handling", strconv.Itoa(len(l.all)+1)
		default:
			p.Review = &proposal.Review{Outcome: "refuse"}
		}
		l.all = append(l.all, p)
	}
}

// spread gives the first proposals a word each, so many of each.
func (l *ledger) spread(counts []int, give func(p *proposal.Proposal, i int)) {
	at := 0
	for i, n := range counts {
		for range n {
			give(l.all[at], i)
			at++
		}
	}
}

// A published report, and which of its counts the ledger is made from.
type published struct {
	received, filed, merged int
	spread                  map[string][]int // by dimension
	// where each printed figure is found: a total over a base, or the i-th word of a dimension
	at map[string]func(*statistics.Figures) rates.Rate
	// the figures that their counts do not give, and what comes of them instead
	wrong map[string]string
}

func word(d proposal.Dimension, i int) func(*statistics.Figures) rates.Rate {
	return func(f *statistics.Figures) rates.Rate { return f.Figure(d, fmt.Sprint("k", i), statistics.Filed).Rate }
}

func share(of, over statistics.Base) func(*statistics.Figures) rates.Rate {
	return func(f *statistics.Figures) rates.Rate { return f.Share(of, over).Rate }
}

func categories(labels ...string) map[string]func(*statistics.Figures) rates.Rate {
	at := map[string]func(*statistics.Figures) rates.Rate{}
	for i, l := range labels {
		at[l] = word(statistics.OfFiled(proposal.ByCategory), i)
	}
	return at
}

func with(at map[string]func(*statistics.Figures) rates.Rate, label string, f func(*statistics.Figures) rates.Rate) map[string]func(*statistics.Figures) rates.Rate {
	at[label] = f
	return at
}

func side(key string) func(*statistics.Figures) rates.Rate {
	return func(f *statistics.Figures) rates.Rate {
		return f.Figure(statistics.OfFiled(statistics.ByOrigin), key, statistics.Filed).Rate
	}
}

func outcomes(over statistics.Base) map[string]func(*statistics.Figures) rates.Rate {
	at := map[string]func(*statistics.Figures) rates.Rate{}
	for label, as := range map[string]string{"解决": proposal.Settled, "计划": proposal.Planned, "参考": proposal.Reference} {
		at[label] = func(f *statistics.Figures) rates.Rate { return f.Figure(statistics.ByClassAs, as, over).Rate }
	}
	return at
}

func reports() map[string]published {
	return map[string]published{
		"全国政协十四届二次会议提案审查情况的报告 (2024)": {
			received: 5898, filed: 5006, merged: 160,
			spread: map[string][]int{"category": {1985, 465, 457, 1436, 663}, "origin": {4534, 472}},
			at: with(with(categories("经济建设", "政治建设", "文化建设", "社会建设", "生态文明建设"),
				"委员", side(statistics.Individual)), "集体", side(statistics.Collective)),
		},
		"汉中市政协五届四次会议以来 (2020)": {
			received: 468, filed: 329,
			spread: map[string][]int{"category": {101}, "origin": {221, 108}, "class": {165, 132, 32}},
			at: with(with(outcomes(statistics.Filed), "立案率", share(statistics.Filed, statistics.Received)),
				"经济高质量发展101件", word(statistics.OfFiled(proposal.ByCategory), 0)),
		},
		"某市政协六届三次会议第一次提案审查会议": {
			received: 400, filed: 349,
			spread: map[string][]int{"category": {136, 25, 44, 131, 13}},
			at:     with(categories("经济", "政治", "文化", "社会", "生态"), "立案率", share(statistics.Filed, statistics.Received)),
		},
		"运城市政协五届四次会议提案审查情况的报告 (2025)": {
			received: 615, filed: 555,
			spread: map[string][]int{"category": {137, 18, 146, 243, 11}, "origin": {467, 88}},
			at: with(with(categories("经济", "政治", "文化", "社会", "生态"),
				"委员", side(statistics.Individual)), "集体", side(statistics.Collective)),
			wrong: map[string]string{"生态": "the rest"},
		},
		"上海松江区政协五届三次会议 (2020)": {
			received: 223, filed: 205, merged: 6,
			spread: map[string][]int{"category": {25, 15, 24, 40, 64, 11}},
			at:     categories("G60", "城镇化", "人文", "生态治理", "民生", "营商"),
			wrong:  map[string]string{"城镇化": "received"},
		},
		"迪庆州政协十届三次会议 (2008)": {
			received: 93, filed: 89,
			spread: map[string][]int{"class": {26, 53, 10}},
			at:     outcomes(statistics.Filed),
		},
	}
}

// ledgerOf makes the synthetic ledger of a published report.
func ledgerOf(c published) ledger {
	var l ledger
	l.received(c.filed, true, false)
	l.received(c.merged, false, true)
	l.received(c.received-c.filed-c.merged, false, false)
	l.spread(c.spread["category"], func(p *proposal.Proposal, i int) {
		p.Category, p.Scheme = proposal.Category(fmt.Sprint("k", i)), "printed@1"
	})
	l.spread(c.spread["origin"], func(p *proposal.Proposal, i int) {
		p.Proposer.Kind = []proposal.ProposerKind{proposal.Member, proposal.Party}[i]
	})
	l.spread(c.spread["class"], func(p *proposal.Proposal, i int) {
		p.Parts = []proposal.Part{{Unit: "u", Role: proposal.Lead, Assigned: day(0), Replies: []proposal.Answer{{Class: []string{"a", "b", "c"}[i], Scheme: "classes@1", Issued: day(30)}}}}
	})
	return l
}

// Six published reports: a ledger with their counts gives every figure that adds
// up, and those that do not are found and explained.
func TestPublishedReportsAreReproduced(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/published_reports.json")
	require.NoError(t, err)
	var raw []json.RawMessage
	require.NoError(t, json.Unmarshal(data, &raw))
	cases := reports()
	require.Len(t, raw, len(cases))
	consistent := 0
	for _, one := range raw {
		report, err := rates.DecodeReport(one)
		require.NoError(t, err)
		t.Run(report.Name, func(t *testing.T) {
			c, known := cases[report.Name]
			require.True(t, known)
			f, err := statistics.Of(each(ledgerOf(c).all), options(statistics.Beside))
			require.NoError(t, err)
			for name, base := range map[string]statistics.Base{"received": statistics.Received, "filed": statistics.Filed, "merged": statistics.Merged, "not_filed": statistics.NotFiled} {
				if n := report.Totals[name]; n != nil {
					require.Zero(t, n.Cmp(big.NewInt(f.Total(base))), name)
				}
			}
			verdict, err := report.Verify()
			require.NoError(t, err)
			right := true
			for i, p := range report.Rates {
				require.Contains(t, c.at, p.Label)
				r := c.at[p.Label](f)
				require.Equal(t, p.Count.Int64(), r.Count, p.Label)
				require.Equal(t, p.Base.Int64(), r.Base, p.Label)
				rules, err := r.Reproduces(p.Printed)
				require.NoError(t, err)
				found := verdict.Rates[i]
				require.Equal(t, found.OK, len(rules) > 0, "%s: our figure and the verdict agree", p.Label)
				right = right && found.OK
				other, isWrong := c.wrong[p.Label]
				require.Equal(t, isWrong, !found.OK, "%s: %s", p.Label, found.Chinese())
				switch other {
				case "":
				case "the rest":
					require.True(t, found.Balance)
				default:
					require.Equal(t, other, found.OtherBases[0].Base)
				}
			}
			require.Equal(t, verdict.Consistent, right)
			if right {
				consistent++
			}
		})
	}
	require.Equal(t, 4, consistent)
}

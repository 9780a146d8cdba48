package main

import (
	"fmt"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/statistics"
)

// text is what people read.
func text(s summary, r *result, tenths []tenth, where *country) string {
	var b strings.Builder
	line := func(format string, args ...any) { _, _ = fmt.Fprintf(&b, format+"\n", args...) }
	part := func(name string) { line("\n── %s ──", name) }

	part("The year")
	n, f := r.nation, r.figures
	rate := n.FilingRate()
	line("received %d by %d bodies, filed %d (%s), merged %d, not filed %d", n.Received, len(r.own), n.Filed, percent(rate),
		f.Total(statistics.Merged), f.Total(statistics.NotFiled))
	line("handled by %d parts of units; supervised %d, key proposals %d, urged %d, handled again %d",
		f.Total(statistics.Items), f.Total(statistics.Supervised), f.Total(statistics.Key), f.Total(statistics.Urged), f.Total(statistics.Again))
	for _, d := range []proposal.Dimension{
		proposal.ByCategory, proposal.ByProposer, statistics.ByTiming, proposal.ByOutcome, statistics.ByMode,
	} {
		all := f.Shares(d, statistics.Stated)
		shares := make([]string, 0, len(all))
		for _, share := range all {
			shares = append(shares, fmt.Sprintf("%s %d (%s)", share.Key, share.Count, percent(share.Rate)))
		}
		line("by %s: %s", d, strings.Join(shares, ", "))
	}
	for _, d := range []proposal.Dimension{proposal.ByClass, proposal.ByOpinion} {
		keys := n.Keys(d)
		shares := make([]string, 0, len(keys))
		for _, key := range keys {
			shares = append(shares, fmt.Sprintf("%s %d (%s)", key, n.Rate(d, key).Count, percent(n.Rate(d, key))))
		}
		line("by %s, of those that state it: %s", d, strings.Join(shares, ", "))
	}
	for _, limit := range f.Limits() {
		line("limit %s: met %d, met late %d, extended %d (in time %s)", limit.Limit, limit.Met, limit.MetLate, limit.Extended, percent(limit.Timely()))
	}
	days := f.Days(statistics.ToReply)
	line("days from assignment to reply: median %d, of ten nine within %d, at most %d", days.Median, days.Ninety, days.Most)

	part("The ten longest waits for a reply")
	for _, w := range r.longest {
		line("%4d days  %s  %s %s", w.days, runewidth.FillRight(w.unit, 23), runewidth.FillRight("第"+w.number+"号", 12), w.title)
	}

	part("How it went")
	line("%d acts in %.1f s, most heap in use %.1f MB", s.Acts, s.Seconds, s.HeapMB)
	line("%10s %10s %12s %10s", "proposals", "acts", "µs an act", "live MB")
	for _, t := range tenths {
		line("%10d %10d %12.1f %10.1f", t.cases, t.acts, t.perAct(), t.liveMB)
	}

	part("Checks")
	which := "all"
	if s.Verified < s.Cases {
		which = "a sample, spread evenly over the IDs"
	}
	line("histories verified: %d of %d (%s), broken: %d", s.Verified, s.Cases, which, s.HistoriesBroken)
	line("entries: %d; counts held against the plans: the nation's, and received and filed of %d bodies; different: %d",
		r.entries, len(where.ids), s.CountsDiffer)
	return b.String()
}

// percent prints a rate to two places, half up.
func percent(r rates.Rate) string {
	p, err := r.Percent(2, points.HalfUp)
	if err != nil {
		return "-"
	}
	return p + " %"
}

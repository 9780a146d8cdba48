package calendar

import "slices"

// stretch is a merged pause.
type stretch struct {
	from, to Date
	open     bool // to is not known; it is then the last date there is
	reason   string
}

// mergePauses sorts pauses and joins those that overlap or touch. An open
// pause reaches to today, or without end when today is zero; one that begins
// after today is left out.
func mergePauses(pauses []Pause, today Date) []stretch {
	if len(pauses) == 0 {
		return nil
	}
	all := make([]stretch, 0, len(pauses))
	for _, p := range pauses {
		s := stretch{from: p.From, to: p.To, reason: p.Reason}
		if p.To.IsZero() {
			s.to = today
			if today.IsZero() {
				s.to, s.open = Date{maxDay}, true
			}
			if s.to.Before(s.from) {
				continue
			}
		}
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b stretch) int { return a.from.Compare(b.from) })
	merged := all[:0]
	for _, s := range all {
		k := len(merged) - 1
		if k < 0 || s.from.n > merged[k].to.n+1 {
			merged = append(merged, s)
			continue
		}
		if s.to.After(merged[k].to) {
			merged[k].to, merged[k].open = s.to, s.open
		}
		merged[k].open = merged[k].open || s.open
		if s.reason != "" && s.reason != merged[k].reason {
			merged[k].reason = join(merged[k].reason, s.reason, "、")
		}
	}
	return merged
}

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
)

// print prints a summary, as JSON or for people.
func (s summary) print(out io.Writer, o options) error {
	s.AlonePerS, s.TogetherPer = rounded(s.AlonePerS), rounded(s.TogetherPer)
	if o.json {
		return json.NewEncoder(out).Encode(s)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	line := func(what string, value any) { _, _ = fmt.Fprintf(w, "%s\t%v\n", what, value) }
	c := &s.checked
	line("processes, callers", fmt.Sprintf("%d, %d", o.processes, o.callers))
	line("acts a second, one process", s.AlonePerS)
	line("acts a second, all", s.TogetherPer)
	if s.AlonePerS > 0 {
		line("all against one", rounded(s.TogetherPer/s.AlonePerS))
	}
	line("acts a second, while disturbed", rounded(s.rough))
	line("acts acknowledged", s.Acts)
	line("requests sent again", s.repeated)
	line("processes killed", s.Kills)
	line("standbys promoted", s.Promotions)
	line("programs deployed", s.Deploys)
	for _, v := range c.versions() {
		line("cases on "+pinned(v), c.cases[v])
	}
	line("entries", c.entries)
	line("alarms crossed", c.crossings)
	line("letters", len(c.letters))
	line("messages in the stream", len(c.met))
	line("lost", s.Lost)
	line("doubled", s.Doubled)
	line("reactions twice", s.ReactionsTwice)
	line("stream differs", s.StreamDiffers)
	line("histories broken", s.Broken)
	return w.Flush()
}

func rounded(x float64) float64 { return float64(int64(x*100+0.5)) / 100 }

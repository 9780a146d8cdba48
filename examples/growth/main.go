// Command growth prints what an operation costs at growing sizes, and the exponent
// with which the cost grows: 0 is flat, 1 linear, 2 quadratic.
//
//	go run ./examples/growth                  # a few minutes
//	go run ./examples/growth --scale 10       # sizes ten times as large
//	go run ./examples/growth --only act --json
//
// Costs are medians, or totals where a whole run is measured. It works on SQLite
// files of its own in a temporary folder, and in memory where the database does
// not matter. It exits with 2 when it could not do its work.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"os/signal"
	"strings"
	"text/tabwriter"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// result is what was measured of one operation.
type result struct {
	What     string    `json:"what"`
	Unit     string    `json:"unit"` // of Costs
	Sizes    []int     `json:"sizes"`
	Costs    []float64 `json:"costs"`
	Exponent float64   `json:"exponent"`
	Wanted   string    `json:"wanted"` // how it may grow, and why
}

func run(ctx context.Context, args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("growth", flag.ContinueOnError)
	flags.SetOutput(errs)
	scale := flags.Float64("scale", 1, "multiplies every size (规模倍数)")
	only := flags.String("only", "", "measures only what has this in its name (只测名称含此者)")
	asJSON := flags.Bool("json", false, "prints JSON (输出JSON)")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if *scale <= 0 || flags.NArg() > 0 {
		_, _ = fmt.Fprintln(errs, "growth: --scale is a number above 0, and there are no arguments (规模须大于0，不带参数)")
		return 2
	}
	var results []result
	for _, m := range measures() {
		if !strings.Contains(m.what, *only) {
			continue
		}
		r, err := m.take(ctx, *scale)
		if err != nil {
			_, _ = fmt.Fprintf(errs, "growth: %s: %v\n", m.what, err)
			return 2
		}
		results = append(results, r)
		if !*asJSON {
			_, _ = fmt.Fprintf(errs, "%s: %v\n", r.What, r.Costs)
		}
	}
	if *asJSON {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(results); err != nil {
			return 2
		}
		return 0
	}
	return table(out, results)
}

// table prints results as Markdown.
func table(out io.Writer, results []result) int {
	w := tabwriter.NewWriter(out, 0, 0, 1, ' ', tabwriter.Debug)
	_, _ = fmt.Fprintln(w, "\t what\t unit\t n → cost\t exponent\t wanted\t")
	_, _ = fmt.Fprintln(w, "\t ---\t ---\t ---\t ---:\t ---\t")
	for _, r := range results {
		points := make([]string, len(r.Sizes))
		for i, n := range r.Sizes {
			points[i] = fmt.Sprintf("%d → %.3g", n, r.Costs[i])
		}
		_, _ = fmt.Fprintf(w, "\t %s\t %s\t %s\t %.2f\t %s\t\n", r.What, r.Unit, strings.Join(points, ", "), r.Exponent, r.Wanted)
	}
	if err := w.Flush(); err != nil {
		return 2
	}
	return 0
}

// exponent is the slope of a line through the logarithms, by least squares. Sizes
// that do not differ have none: 0.
func exponent(sizes []int, costs []float64) float64 {
	var sx, sy, sxx, sxy float64
	n := float64(len(sizes))
	for i := range sizes {
		x, y := math.Log(float64(sizes[i])), math.Log(math.Max(costs[i], 1e-9))
		sx, sy, sxx, sxy = sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	if d := n*sxx - sx*sx; d > 1e-12 {
		return (n*sxy - sx*sy) / d
	}
	return 0
}

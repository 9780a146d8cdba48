package main

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const (
	unit = "x-floor"
	most = 1.5 // times what the table has
)

// processors ends the name of a benchmark, as in BenchmarkAct/draft-2.
var processors = regexp.MustCompile(`-\d+$`)

// read adds the least ratio of each benchmark that go test has printed for a folder.
func read(printed, folder string, to map[string]float64) error {
	for line := range strings.Lines(printed) {
		fields := strings.Fields(line)
		at := slices.Index(fields, unit)
		if at < 1 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		ratio, err := strconv.ParseFloat(fields[at-1], 64)
		if err != nil {
			return fmt.Errorf("%q: %w", strings.TrimSpace(line), err)
		}
		name := folder + " " + processors.ReplaceAllString(fields[0], "")
		if before, there := to[name]; !there || ratio < before {
			to[name] = ratio
		}
	}
	return nil
}

// compare returns a line for each benchmark, and how many are not as they were.
func compare(last, now map[string]float64) (lines []string, drifted int) {
	names := slices.Sorted(maps.Keys(now))
	for name := range last {
		if _, there := now[name]; !there {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		before, known := last[name]
		ratio, there := now[name]
		said := ""
		switch {
		case !known:
			said = "  not in the table"
		case !there:
			said = "  in the table, but not measured"
		case ratio > most*before:
			said = fmt.Sprintf("  more than %g times as much", most)
		}
		if said != "" {
			drifted++
		}
		lines = append(lines, fmt.Sprintf("%8.2f %8.2f  %s%s", before, ratio, name, said))
	}
	return lines, drifted
}

// parse reads the table: on each line a ratio, a folder and a benchmark.
func parse(text string) (map[string]float64, error) {
	ratios := map[string]float64{}
	n := 0
	for line := range strings.Lines(text) {
		n++
		number, name, ok := strings.Cut(strings.TrimSpace(line), " ")
		ratio, err := strconv.ParseFloat(number, 64)
		if name = strings.TrimSpace(name); !ok || err != nil || name == "" {
			return nil, fmt.Errorf("%s:%d: want a ratio, a folder and a benchmark", tableFile, n)
		}
		ratios[name] = ratio
	}
	return ratios, nil
}

func written(ratios map[string]float64) string {
	var b strings.Builder
	for _, name := range slices.SortedFunc(maps.Keys(ratios), cmp.Compare) {
		fmt.Fprintf(&b, "%.2f %s\n", ratios[name], name)
	}
	return b.String()
}

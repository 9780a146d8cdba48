// Command drift runs every benchmark that tells how many times its floor it takes,
// and holds that ratio against the last one in table.txt:
//
//	go run ./.ci/drift            # fails where one has grown by more than half
//	go run ./.ci/drift --update   # writes the table, on a machine that does nothing else
//
// A floor is the least that any code would do for the same, measured in the same run,
// so that the ratio hangs less on the machine than the time does. Of three runs the
// least ratio counts.
package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
)

const tableFile = ".ci/drift/table.txt"

//go:embed table.txt
var table string

func main() {
	update := flag.Bool("update", false, "write the table instead of comparing with it")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := drift(ctx, *update)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "drift:", err)
		os.Exit(1)
	}
}

func drift(ctx context.Context, update bool) error {
	folders, err := withFloors(ctx)
	if err != nil {
		return err
	}
	now := map[string]float64{}
	for _, folder := range folders {
		printed, err := benchmark(ctx, folder)
		if err != nil {
			return err
		}
		if err := read(printed, strings.TrimPrefix(folder, "./"), now); err != nil {
			return fmt.Errorf("%s: %w", folder, err)
		}
	}
	if update {
		return os.WriteFile(tableFile, []byte(written(now)), 0o600)
	}
	last, err := parse(table)
	if err != nil {
		return err
	}
	lines, drifted := compare(last, now)
	for _, line := range lines {
		_, _ = fmt.Fprintln(os.Stdout, line)
	}
	if drifted > 0 {
		return fmt.Errorf("%d of %d benchmarks are not as in %s", drifted, len(now), tableFile)
	}
	return nil
}

// withFloors returns the folders whose benchmarks measure a floor.
func withFloors(ctx context.Context) ([]string, error) {
	printed, err := exec.CommandContext(ctx, "git", "grep", "-l", `"`+unit+`"`, "--", "*_test.go", ":!.ci").Output()
	if err != nil {
		return nil, fmt.Errorf("git grep: %w; run it at the top of the tree", err)
	}
	var folders []string
	for name := range strings.Lines(string(printed)) {
		folder := "./" + name[:max(0, strings.LastIndexByte(name, '/'))]
		if len(folders) == 0 || folders[len(folders)-1] != folder {
			folders = append(folders, folder)
		}
	}
	if len(folders) == 0 {
		return nil, errors.New("no benchmark measures a floor")
	}
	return folders, nil
}

func benchmark(ctx context.Context, folder string) (string, error) {
	var out bytes.Buffer
	command := exec.CommandContext(ctx, "go", "test", "-short", "-run", "^$", "-bench", ".", "-benchtime", "0.2s", "-count", "3", folder)
	command.Stdout, command.Stderr = &out, os.Stderr
	if err := command.Run(); err != nil {
		return "", fmt.Errorf("benchmarks of %s: %w\n%s", folder, err, &out)
	}
	return out.String(), nil
}

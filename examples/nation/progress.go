package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"
)

// progress shows on w how far work is: a function to call with what is done, and
// with a tenth that has ended, and one to call at the end. Where no person is
// looking there is a line for each tenth instead of a bar.
func progress(w io.Writer, what string, total int) (done func(n int, last *tenth), end func()) {
	f, ok := w.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) {
		return func(n int, last *tenth) {
			switch {
			case last == nil:
			case last.acts == 0:
				_, _ = fmt.Fprintf(w, "%s %d of %d: there already\n", what, n, total)
			default:
				_, _ = fmt.Fprintf(w, "%s %d of %d: %.1f µs an act, %.1f MB live\n", what, n, total, last.perAct(), last.liveMB)
			}
		}, func() {}
	}
	bar := progressbar.NewOptions(total, progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish())
	return func(n int, _ *tenth) { _ = bar.Set(n) }, func() { _ = bar.Finish() } // a bar that cannot be drawn is no reason to stop
}

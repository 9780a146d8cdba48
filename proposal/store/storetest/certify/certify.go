// Package certify tells, in a certificate, which promises of the seam a database
// keeps under a driver of your own, and why it does not keep the others.
//
// A Go driver must be compiled in. So the command is yours, and three lines long;
// that of the shipped engines is proposal/store/campaign/certify:
//
//	func main() {
//		os.Exit(certify.Run(context.Background(), os.Args[1:], os.Stdout, os.Stderr, time.Now(), engine))
//	}
//
// For a relative of an engine that is shipped, such as openGauss or Kingbase of
// PostgreSQL and OceanBase of MySQL, the engine is sqlstore.New on a pool of the
// vendor's driver with the dialect of package postgres or mysql; for another, a
// dialect of some fifty lines.
package certify

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/store/storetest"
)

// Engine is a database under a driver, as it is to be certified.
type Engine struct {
	// Name names the engine and its driver: "openGauss, gitee.com/opengauss/…".
	Name string

	// Takes reports whether a connection string is one of this engine's. nil: all are.
	Takes func(dsn string) bool

	// Version asks the server which version it is.
	Version func(ctx context.Context, dsn string) (string, error)

	// Stores says how to come by stores at places of their own, which are made on
	// the server of the connection string and removed again.
	Stores func(dsn string) storetest.Durable
}

// Certificate says what was found of one engine on one day.
type Certificate struct {
	Engine    string              `json:"engine"`
	Version   string              `json:"version"`
	Date      string              `json:"date"` // as handed in: 2006-01-02
	Holds     int                 `json:"holds"`
	Broken    int                 `json:"broken"`
	NotTested int                 `json:"not_tested"`
	Promises  []storetest.Verdict `json:"promises"`
}

// Certify holds the engine on the server of a connection string to every promise.
// each, if not nil, hears of each as it is found. The error is about the server
// that cannot be reached, not about a promise.
func Certify(ctx context.Context, e Engine, dsn string, on time.Time, each func(storetest.Verdict)) (Certificate, error) {
	if e.Stores == nil || e.Version == nil {
		return Certificate{}, errors.New("certify: an engine says how to ask for its version and how to come by stores (须给出版本与开库的方法)")
	}
	version, err := e.Version(ctx, dsn)
	if err != nil {
		return Certificate{}, fmt.Errorf("certify: %s: the server does not say its version (无法取得数据库版本): %w", e.Name, err)
	}
	c := Certificate{Engine: e.Name, Version: version, Date: on.Format(time.DateOnly)}
	c.Promises = storetest.Examine(ctx, e.Stores(dsn), each)
	for _, v := range c.Promises {
		switch v.Outcome {
		case storetest.Holds:
			c.Holds++
		case storetest.Broken:
			c.Broken++
		case storetest.NotTested:
			c.NotTested++
		}
	}
	return c, nil
}

// Kept reports whether every promise that was tested holds, and some were.
func (c Certificate) Kept() bool { return c.Broken == 0 && c.Holds > 0 }

// WriteText writes the certificate for people.
func (c Certificate) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n%s\n\n", c.Engine, c.Version, c.Date)
	marks := map[storetest.Outcome]string{storetest.Holds: "holds      成立", storetest.Broken: "BROKEN     不成立", storetest.NotTested: "not tested 未测"}
	for _, v := range c.Promises {
		fmt.Fprintf(&b, "%-20s  %s\n", marks[v.Outcome], v.Promise)
		if v.Why != "" {
			fmt.Fprintf(&b, "    %s\n", strings.ReplaceAll(v.Why, "\n", "\n    "))
		}
	}
	fmt.Fprintf(&b, "\n%d promises hold, %d are broken, %d were not tested\n", c.Holds, c.Broken, c.NotTested)
	_, err := io.WriteString(w, b.String())
	return err
}

// Run is the command: it reads --db and --json from args, writes the certificate
// to out and what happens meanwhile to notes, and returns the status to exit with:
// 0 when every promise holds that was tested, 1 when one is broken, 2 when the
// arguments or the server are of no use.
func Run(ctx context.Context, args []string, out, notes io.Writer, on time.Time, engines ...Engine) int {
	flags := flag.NewFlagSet("certify", flag.ContinueOnError)
	flags.SetOutput(notes)
	dsn := flags.String("db", "", "connection string of the database `DSN`, on which places are made and removed (数据库连接串)")
	asJSON := flags.Bool("json", false, "print the certificate as JSON (输出JSON)")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	fail := func(err error) int {
		_, _ = fmt.Fprintln(notes, err)
		return 2
	}
	if *dsn == "" || flags.NArg() > 0 {
		return fail(errors.New("certify: name one database with --db (须以--db指明一个数据库)"))
	}
	at := slices.IndexFunc(engines, func(e Engine) bool { return e.Takes == nil || e.Takes(*dsn) })
	if at < 0 {
		return fail(errors.New("certify: no engine of this command takes the connection string (没有引擎接受此连接串)"))
	}
	c, err := Certify(ctx, engines[at], *dsn, on, func(v storetest.Verdict) {
		_, _ = fmt.Fprintf(notes, "%s: %s\n", v.Outcome, v.Promise)
	})
	if err != nil {
		return fail(err)
	}
	if *asJSON {
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		err = encoder.Encode(c)
	} else {
		err = c.WriteText(out)
	}
	switch {
	case err != nil:
		return fail(err)
	case !c.Kept():
		return 1
	}
	return 0
}

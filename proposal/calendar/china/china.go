// Package china holds the working days (工作日) of the People's Republic of
// China for 2007 to 2026, as the General Office of the State Council (国务院办公厅)
// arranges them every year in its notice on holidays, and the Council's three
// later notices of 2015, 2019 and 2020. Document numbers are those printed with
// the notices; the dates under the notices for 2008 and 2009 could not be
// verified and are left out.
//
// The end of December can still be rearranged by the next year's notice,
// which comes out in October to December: that of 2008 made Saturday
// 2007-12-29 a working day. When it is out, extend the calendar:
//
//	cal, err := china.Calendar().With(calendar.Notice{Year: 2027, Days: days})
package china

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
)

// Name is the name of the calendar.
const Name = "china"

const (
	issuer = "国务院办公厅"
	title  = "国务院办公厅关于%d年部分节假日安排的通知"
)

//go:embed notices.txt
var text string

// load parses the embedded text once; what it returns is immutable.
var load = sync.OnceValues(func() (*calendar.Calendar, error) {
	notices, err := parse(text)
	if err != nil {
		return nil, err
	}
	return calendar.New(calendar.Spec{Name: Name, Notices: notices, Zone: zone()})
})

// zone is the one time of the whole country, eight hours ahead of UTC, without
// summer time since 1992.
func zone() *time.Location { return time.FixedZone("Asia/Shanghai", 8*60*60) }

// Calendar returns the calendar of all notices held here. Its Version is their
// number, and its Notices tell each year's source.
func Calendar() *calendar.Calendar {
	c, _ := load() // the text is part of the program; a test holds that it parses
	return c
}

// parse reads the form described at the head of notices.txt.
func parse(text string) ([]calendar.Notice, error) {
	var notices []calendar.Notice
	number := 0
	for line := range strings.Lines(text) {
		number++
		fields := strings.Fields(line)
		var err error
		switch {
		case len(fields) == 0 || fields[0] == "#":
			continue
		case fields[0] == "notice":
			var n calendar.Notice
			n, err = parseNotice(fields[1:])
			notices = append(notices, n)
		case len(notices) == 0:
			err = fmt.Errorf("days before the first notice")
		default:
			err = parseDays(&notices[len(notices)-1], fields[0], fields[1:])
		}
		if err != nil {
			return nil, &calendar.LineError{Line: number, Err: err}
		}
	}
	return notices, nil
}

func parseNotice(fields []string) (calendar.Notice, error) {
	if len(fields) != 3 && len(fields) != 5 {
		return calendar.Notice{}, fmt.Errorf("a notice has 3 or 5 fields, not %d", len(fields))
	}
	first, err := calendar.ParseDate(fields[0] + "-01-01")
	if err != nil {
		return calendar.Notice{}, err
	}
	n := calendar.Notice{Year: first.Year(), Issuer: issuer, Title: fmt.Sprintf(title, first.Year())}
	if fields[1] != "-" {
		n.Number = fields[1]
	}
	if fields[2] != "-" {
		if n.Issued, err = calendar.ParseDate(fields[2]); err != nil {
			return calendar.Notice{}, err
		}
	}
	if len(fields) == 5 {
		n.Issuer, n.Title = fields[3], fields[4]
	}
	return n, nil
}

func parseDays(n *calendar.Notice, name string, fields []string) error {
	for _, field := range fields {
		kind := calendar.Off
		if rest, ok := strings.CutPrefix(field, "+"); ok {
			field, kind = rest, calendar.Work
		}
		from, to, run := strings.Cut(field, "..")
		first, err := parseDay(n.Year, from)
		if err != nil {
			return err
		}
		last := first
		if run {
			if last, err = parseDay(n.Year, to); err != nil {
				return err
			}
		}
		for d := first; !d.After(last); {
			n.Days = append(n.Days, calendar.ListedDay{Date: d, Kind: kind, Name: name})
			if d, err = d.AddDays(1); err != nil {
				return err
			}
		}
	}
	return nil
}

func parseDay(year int, s string) (calendar.Date, error) {
	if len(s) == len("01-02") {
		s = fmt.Sprintf("%04d-%s", year, s)
	}
	return calendar.ParseDate(s)
}

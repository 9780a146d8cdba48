package calendar

import (
	"fmt"
	"slices"
	"strings"
)

// DayInfo says what a calendar knows of one day.
type DayInfo struct {
	Date    Date
	Workday bool
	// Listed is the entry that decides the day; its Kind is "" when nobody
	// lists the day and the weekend rule decides.
	Listed ListedDay
	// Notice is the notice that lists the day, or nil.
	Notice *Notice
	// Layer names the layer that lists the day, or is "".
	Layer string
}

// Describe reports whether d is worked and who says so. It is an error when the
// year of d is unknown.
func (c *Calendar) Describe(d Date) (DayInfo, error) {
	works, err := c.IsWorkday(d)
	if err != nil {
		return DayInfo{}, err
	}
	info := DayInfo{Date: d, Workday: works}
	if f, ok := c.listing(d); ok {
		info.Listed, info.Layer = f.ListedDay, f.layer
		if f.notice >= 0 {
			info.Notice = &cloneNotices(c.spec.Notices[f.notice : f.notice+1])[0]
		}
	}
	return info, nil
}

func (c *Calendar) listing(d Date) (fact, bool) {
	i, ok := slices.BinarySearchFunc(c.listed, d, func(f fact, d Date) int { return f.Date.Compare(d) })
	if !ok {
		return fact{}, false
	}
	return c.listed[i], true
}

// why says what kind of day off d is.
func (c *Calendar) why(d Date) Text {
	if f, ok := c.listing(d); ok {
		if f.Name != "" {
			return Text{Zh: f.Name + "放假", En: "a day off for " + f.Name}
		}
		return Text{Zh: "放假日", En: "a day off"}
	}
	return Text{Zh: "每周休息日", En: "a weekly day off"}
}

// between says which listed days a count of working days from a, excluded, to
// b met outside pauses: the days off it left out, the made-up days it counted,
// and the notices that say so. It is empty when there are none.
func (c *Calendar) between(a, b Date, pauses []stretch) Text {
	if c == nil {
		return Text{}
	}
	met := c.met(a, b, pauses)
	var off, work struct{ zh, en []string }
	var notices []int
	for i := 0; i < len(met); i++ {
		f := met[i]
		if f.notice >= 0 && !slices.Contains(notices, f.notice) {
			notices = append(notices, f.notice)
		}
		if f.Kind == Work {
			work.zh, work.en = append(work.zh, shortZh(f.Date)), append(work.en, shortEn(f.Date))
			continue
		}
		for i+1 < len(met) && met[i+1].Kind == Off && met[i+1].Name == f.Name && met[i+1].Date.n == met[i].Date.n+1 {
			i++
		}
		off.zh = append(off.zh, f.Name+rangeOf(f.Date, met[i].Date, "至", shortZh))
		off.en = append(off.en, join(f.Name, rangeOf(f.Date, met[i].Date, " to ", shortEn), " "))
	}
	var t Text
	if len(off.zh) > 0 {
		t.Zh += "其间放假不计：" + strings.Join(off.zh, "、") + "。"
		t.En += " Days off left out: " + strings.Join(off.en, ", ") + "."
	}
	if len(work.zh) > 0 {
		t.Zh += "调休上班照计：" + strings.Join(work.zh, "、") + "。"
		t.En += " Made-up working days counted: " + strings.Join(work.en, ", ") + "."
	}
	for _, i := range notices {
		n := c.spec.Notices[i]
		title := join(n.Title, n.Number, " ")
		if title == "" {
			title = fmt.Sprintf("%s %d", c.spec.Name, n.Year)
		}
		t.Zh += "依据：" + title + "。"
		t.En += " By " + title + "."
	}
	return t
}

// met returns the listed days after a up to and with b that lie in no pause.
func (c *Calendar) met(a, b Date, pauses []stretch) []fact {
	first, _ := slices.BinarySearchFunc(c.listed, Date{a.n + 1}, func(f fact, d Date) int { return f.Date.Compare(d) })
	var met []fact
	for _, f := range c.listed[first:] {
		if f.Date.After(b) {
			break
		}
		pauses = endingAfter(pauses, Date{f.Date.n - 1})
		if len(pauses) == 0 || pauses[0].from.After(f.Date) {
			met = append(met, f)
		}
	}
	return met
}

func rangeOf(a, b Date, sep string, format func(Date) string) string {
	if a == b {
		return format(a)
	}
	return format(a) + sep + format(b)
}

func shortZh(d Date) string {
	_, m, day := d.Civil()
	return fmt.Sprintf("%d月%d日", int(m), day)
}

func shortEn(d Date) string {
	_, m, day := d.Civil()
	return fmt.Sprintf("%d %s", day, m)
}

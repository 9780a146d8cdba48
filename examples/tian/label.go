package main

import (
	"strings"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// names are what the keys of a case's definition are called.
type names struct {
	m     *lifecycle.Machine
	event func(event string) lifecycle.Label
}

// namesOf returns the names for a case on a definition; those of the nine stages when
// the program does not have it.
func namesOf(svc *proposal.Service, on workflow.Pin) names {
	m := svc.Machine(on.Name, on.Version)
	if m == nil {
		nine := proposal.Nine()
		m = svc.Machine(nine.Name, nine.Version)
	}
	return names{m, func(event string) lifecycle.Label { return svc.EventLabel(on, event) }}
}

// words are names in a language.
type words struct {
	lang string
	names
}

func (w words) state(line, key string) string {
	m := w.m
	track, _, _ := strings.Cut(line, "/")
	if t := m.Track(track); t != nil {
		m = t
	}
	s, _ := m.State(key)
	return s.Label.In(w.lang, key)
}

func (w words) stage(key string) string {
	for _, s := range w.m.Stages() {
		if s.Key == key {
			return s.Label.In(w.lang, key)
		}
	}
	return key
}

func (w words) track(line string) string {
	track, of, _ := strings.Cut(line, "/")
	if t := w.m.Track(track); t != nil {
		track = t.Label().In(w.lang, track)
	}
	return strings.TrimSpace(track + " " + of)
}

func (w words) role(key string) string {
	for _, r := range w.m.Definition().Roles {
		if r.Key == key {
			return r.Label.In(w.lang, key)
		}
	}
	label := map[string]string{
		"member": "委员", "proposer": "提案者", "committee": "提案委", "office": "交办机关", "unit": "承办单位", "leader": "督办领导",
		"evaluator": "评估人员", "cosigner": "联名人", "lead_unit": "主办单位", "co_unit": "会办单位", "system": "系统", "party": "党派",
	}[key]
	return lifecycle.Label{ZH: label}.In(w.lang, key)
}

// partRole says how a unit takes part.
func (c *console) partRole(role proposal.PartRole) string {
	switch role {
	case proposal.Lead:
		return c.t("主办", "lead")
	case proposal.Co:
		return c.t("会办", "co")
	case proposal.With:
		return c.t("合办", "with the lead")
	case proposal.EachOwn:
		return c.t("分办", "separate")
	}
	return string(role)
}

// clockTime is a time in the zone of a body, to the minute.
func clockTime(t time.Time, zone *time.Location) string { return t.In(zone).Format("2006-01-02 15:04") }

// zoneName says which zone that is, such as UTC+8.
func zoneName(t time.Time, zone *time.Location) string {
	offset := strings.TrimSuffix(t.In(zone).Format("-07:00"), ":00")
	return "UTC" + offset[:1] + strings.TrimPrefix(offset[1:], "0")
}

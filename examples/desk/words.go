package main

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// words are what the keys of a definition are called in a language. Of a definition
// that the program does not have a key stands for itself.
type words struct {
	lang string
	m    *lifecycle.Machine
}

// track returns the machine of a line such as part/market-bureau, nil of the main one.
func (w words) track(line string) *lifecycle.Machine {
	if w.m == nil {
		return nil
	}
	key, _, _ := strings.Cut(line, "/")
	return w.m.Track(key)
}

func (w words) state(line, key string) string {
	m := w.m
	if t := w.track(line); t != nil {
		m = t
	}
	if m == nil {
		return key
	}
	s, _ := m.State(key)
	return s.Label.In(w.lang, key)
}

// line names a track and whose instance it is; "" for the main line.
func (w words) line(line string) string {
	t := w.track(line)
	if t == nil {
		return ""
	}
	key, of, _ := strings.Cut(line, "/")
	return strings.TrimSpace(t.Label().In(w.lang, key) + " " + nameOf(w.lang, of))
}

// moves says what an act moved, as 已交办 → 已接收.
func (w words) moves(e workflow.Entry) (told []string) {
	for _, m := range e.Moves {
		if m.From == m.To {
			continue
		}
		text := w.state(m.Line, m.To)
		if m.From != "" {
			text = w.state(m.Line, m.From) + " → " + text
		}
		told = append(told, strings.TrimSpace(w.line(m.Line)+" "+text))
	}
	return told
}

// functions are what templates call, in a language.
func functions(lang string) template.FuncMap {
	return template.FuncMap{
		"t":      func(zh, en string) string { return named(zh, en).In(lang, "") },
		"l":      func(l lifecycle.Label, key string) string { return l.In(lang, key) },
		"name":   func(account string) string { return nameOf(lang, account) },
		"count":  func(zh, en string, n any) string { return fmt.Sprintf(named(zh, en).In(lang, ""), n) },
		"lang":   func() string { return lang },
		"moment": func(t time.Time) string { return t.In(beijing()).Format("2006-01-02 15:04") },
	}
}

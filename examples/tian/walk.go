package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// walkRequest is a definition and ways through it.
type walkRequest struct {
	Definition json.RawMessage   `json:"definition"`
	Walks      []json.RawMessage `json:"walks"`
}

// walk is one way: events one after the other, by someone who has the roles.
type walk struct {
	Roles  []string `json:"roles"`
	Events []string `json:"events"`
}

// walked is how far a walk came.
type walked struct {
	States  []string     `json:"states"`
	Refused *refusedStep `json:"refused"`
}

// refusedStep is the event at which a walk ended, counted from 0, and why.
type refusedStep struct {
	At       int                 `json:"at"`
	Blockers []lifecycle.Blocker `json:"blockers"`
}

func walkCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "walk --in FILE",
		Short:   c.t("按事项走查一个流程，看走到哪里", "Walk a definition by events and see where it leads"),
		Example: `  tian lifecycle walk --in walks.json`,
		Long: c.t(`读取 {"definition":{…},"walks":[{"roles":["r"],"events":["e1","e2"]}]} 或其数组，逐一输出所经过的状态（从初始状态起），或被拒绝的事件（从0数起）及其全部障碍。

这样走一遍没有具体的提案：守卫条件一律通过，也没有自动发生的事。自动流转须写出其事件，角色中须有 "system"。分线的事件也可以走，以该分线的一个已开始的实例为准；输出的状态是主线的，主线此时不动。定义有问题的，只要还能据以行走，就照走。`,
			`Walk reads {"definition":{…},"walks":[{"roles":["r"],"events":["e1","e2"]}]}, or an
array of such, and prints for each walk the states it came through, the initial
one first, or the event that was refused, counted from 0, with every blocker.

A walk has no case: every guard passes, and nothing happens by itself. An
automatic transition is walked by naming its event, with "system" among the
roles. Events of tracks are walked too, on one instance of the track, which has
begun; the states printed are the main line's, which then stays where it is.
A definition with problems is walked as long as they leave a table to walk by.`),
		Args: cobra.NoArgs,
	}
	in := inputFlag(cmd, "a definition and its walks")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.answerInput(*in, func(element []byte) (any, error) { return walkAll(cmd.Context(), element) }, func(answer any) string {
			var b strings.Builder
			answers, _ := answer.([]any)
			for _, a := range answers {
				b.WriteString(c.walkedText(a) + "\n")
			}
			return strings.TrimRight(b.String(), "\n")
		})
	}
	return cmd
}

func (c *console) walkedText(answer any) string {
	switch a := answer.(type) {
	case walked:
		var b strings.Builder
		b.WriteString(strings.Join(a.States, " → "))
		if a.Refused != nil {
			for _, why := range a.Refused.Blockers {
				fmt.Fprintf(&b, c.t("\n  第%d个事项未通过：%s（%s）", "\n  event %d refused: %s (%s)"), a.Refused.At, c.t(why.ZH, why.EN), why.Code)
			}
		}
		return b.String()
	case failure:
		return a.Error.Code + ": " + a.Error.Message
	}
	return ""
}

func walkAll(ctx context.Context, data []byte) (any, error) {
	var r walkRequest
	if err := strictly(data, &r); err != nil {
		return nil, err
	}
	if r.Definition == nil {
		return nil, &codedError{"malformed", errors.New("definition: missing")}
	}
	d, err := decodeDefinition(r.Definition)
	if err != nil {
		return nil, err
	}
	m, err := lifecycle.Compile(d, lifecycle.Tolerate(
		lifecycle.UnknownStage, lifecycle.UnknownEvent, lifecycle.Unreachable, lifecycle.DeadEnd, lifecycle.MissingGuard,
		lifecycle.NoRole, lifecycle.BadAuto, lifecycle.BadLimit, lifecycle.UnsafeName))
	if err != nil {
		return nil, &codedError{"definition", err}
	}
	answers := make([]any, len(r.Walks))
	for i, text := range r.Walks {
		var w walk
		if err := strictly(text, &w); err != nil {
			answers[i] = failed(codeOf(err), fmt.Sprintf("walks[%d]: %v", i, err))
			continue
		}
		if answers[i], err = w.on(ctx, m); err != nil {
			return nil, err
		}
	}
	return answers, nil
}

// on walks the machine.
func (w walk) on(ctx context.Context, m *lifecycle.Machine) (walked, error) {
	state := m.Initial()
	tracks := make(map[string]string)
	way := walked{States: []string{state}}
	for i, event := range w.Events {
		line, at, track := m, state, m.TrackOf(event)
		if track != "" {
			line = m.Track(track)
			if at = tracks[track]; at == "" {
				at = line.Initial()
			}
		}
		blockers := line.Blockers(at, event, w.Roles)
		if t, ok := line.Transition(at, event); ok && len(t.While) > 0 && !slices.Contains(t.While, state) {
			blockers = append(blockers, lifecycle.Blocker{Code: lifecycle.BlockWrongState, Label: lifecycle.Label{
				ZH: fmt.Sprintf("主线在“%s”时不能进行“%s”", state, event),
				EN: fmt.Sprintf("%q does not happen while the main line is in %q", event, state),
			}})
		}
		if len(blockers) > 0 {
			way.Refused = &refusedStep{At: i, Blockers: blockers}
			return way, nil
		}
		to, err := line.Fire(ctx, at, event)
		if err != nil {
			return way, err
		}
		if track != "" {
			tracks[track] = to
		} else {
			state = to
		}
		way.States = append(way.States, state)
	}
	return way, nil
}

// strictly decodes one JSON value and lets nothing pass that it does not know.
func strictly(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("more after the end of the value")
		}
	}
	if err == nil {
		return nil
	}
	offset := d.InputOffset()
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset, err = kind.Offset, fmt.Errorf("%s: a %s stands where something else belongs", kind.Field, kind.Value)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		offset, err = int64(len(data)), errors.New("the text ends too early")
	}
	return &codedError{"malformed", fmt.Errorf("line %d: %w", lineAt(data, offset), err)}
}

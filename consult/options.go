package consult

import (
	"maps"
	"slices"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// Option sets a service up.
type Option interface{ apply(*settings) }

type settings struct {
	definitions map[string][]lifecycle.Definition // by kind of record
	standard    map[string]string
	platform    vocabulary[*Platform]
	topic       vocabulary[*Topic]
	activity    vocabulary[*Activity]
	rules       map[string]Rules
	engine      []workflow.Option
	own         map[string][]workflow.Option // by kind of record
	errs        []error
}

type vocabulary[C workflow.Case] struct {
	guards    map[string]workflow.Guard[C]
	relations []workflow.Relation[C]
}

type optionFunc func(*settings)

func (f optionFunc) apply(s *settings) { f(s) }

// WithDefinition adds a lifecycle, or another version of one, for the cases of a
// kind: [PlatformRecords], [TopicRecords] or [ActivityRecords].
func WithDefinition(kind string, d lifecycle.Definition) Option {
	return optionFunc(func(s *settings) { s.definitions[kind] = append(s.definitions[kind], d) })
}

// WithDefault names the lifecycle, in its highest version, of new cases of a
// kind. Without it that is "platform", "topic" or "activity".
func WithDefault(kind, name string) Option {
	return optionFunc(func(s *settings) { s.standard[kind] = name })
}

// WithBodyDefinition gives the new cases of a kind in a body, and in the bodies
// below it, the lifecycle of that name in its highest version.
func WithBodyDefinition(kind, body, name string) Option {
	return optionFunc(func(s *settings) { s.own[kind] = append(s.own[kind], workflow.WithDefinition(body, name)) })
}

// WithGuard adds a guard for cases of one type (*[Platform], *[Topic] or
// *[Activity]), which definitions then may name, or replaces one.
func WithGuard[C workflow.Case](name string, g workflow.Guard[C]) Option {
	return optionFunc(func(s *settings) {
		switch g := any(g).(type) {
		case workflow.Guard[*Platform]:
			s.platform.guards[name] = g
		case workflow.Guard[*Topic]:
			s.topic.guards[name] = g
		case workflow.Guard[*Activity]:
			s.activity.guards[name] = g
		default:
			s.errs = append(s.errs, workflow.Invalid("guard "+name, "unknown", "consult has no cases of the type of %T", g))
		}
	})
}

// WithRelation adds a relation for cases of one type, which definitions then may
// name as a role.
func WithRelation[C workflow.Case](r workflow.Relation[C]) Option {
	return optionFunc(func(s *settings) {
		switch r := any(r).(type) {
		case workflow.Relation[*Platform]:
			s.platform.relations = append(s.platform.relations, r)
		case workflow.Relation[*Topic]:
			s.topic.relations = append(s.topic.relations, r)
		case workflow.Relation[*Activity]:
			s.activity.relations = append(s.activity.relations, r)
		default:
			s.errs = append(s.errs, workflow.Invalid("relation", "unknown", "consult has no cases of the type of %T", r))
		}
	})
}

// WithRules sets the rules of a body, and of the bodies below it that have none
// of their own; body "" is every body. Without it they are [DefaultRules].
func WithRules(body string, r Rules) Option {
	return optionFunc(func(s *settings) { s.rules[body] = r })
}

// WithCalendar sets the working days of a body, and of the bodies below it that
// have none of their own; body "" is every body. Without it they are China's.
func WithCalendar(body string, cal *calendar.Calendar) Option {
	return WithEngine(workflow.WithCalendar(body, cal))
}

// WithTree sets the bodies of the deployment.
func WithTree(t *workflow.Tree) Option { return WithEngine(workflow.WithTree(t)) }

// WithEngine passes options on to all three engines. Set the lifecycles of a body
// by [WithBodyDefinition].
func WithEngine(options ...workflow.Option) Option {
	return optionFunc(func(s *settings) { s.engine = append(s.engine, options...) })
}

// check finds rules that do not go together, with themselves or with the
// definitions.
func (s *settings) check() error {
	if len(s.errs) > 0 {
		return s.errs[0]
	}
	for _, kinds := range [][]string{slices.Sorted(maps.Keys(s.definitions)), slices.Sorted(maps.Keys(s.standard)), slices.Sorted(maps.Keys(s.own))} {
		for _, kind := range kinds {
			if kind != PlatformRecords && kind != TopicRecords && kind != ActivityRecords {
				return workflow.Invalid("definitions", "unknown", "consult has no cases of the kind %q", kind)
			}
		}
	}
	limits := make(map[string]bool)
	for _, d := range s.definitions[ActivityRecords] {
		for _, l := range d.Limits {
			limits[l.Key] = true
		}
	}
	for _, body := range slices.Sorted(maps.Keys(s.rules)) {
		field := "rules[" + body + "]"
		if err := s.rules[body].check(field); err != nil {
			return err
		}
		for i, f := range s.rules[body].Forms {
			for _, l := range f.Limits {
				if !limits[l] {
					return workflow.Invalid(at(field+".forms", i)+".limits", "unknown", "no lifecycle of activities has a limit %q", l)
				}
			}
		}
	}
	return nil
}

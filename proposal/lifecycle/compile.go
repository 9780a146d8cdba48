package lifecycle

// Option says something about what a definition is compiled for.
type Option interface{ apply(*lint) }

type optionFunc func(*lint)

func (f optionFunc) apply(l *lint) { f(l) }

// Guards names the guards that code stands behind. A definition that names
// another has the problem [MissingGuard].
func Guards(names ...string) Option {
	return optionFunc(func(l *lint) {
		for _, n := range names {
			l.guards[n] = true
		}
	})
}

// Tolerate compiles a definition in spite of problems of the given codes, as
// when it is only to be drawn or walked. Problems that leave no table to work
// from cannot be tolerated: no_initial, unknown_state, duplicate_key,
// two_targets, and of unsafe_name a key that is empty.
func Tolerate(codes ...Code) Option {
	return optionFunc(func(l *lint) {
		for _, c := range codes {
			switch c {
			case NoInitial, UnknownState, DuplicateKey, TwoTargets:
			default:
				l.tolerated[c] = true
			}
		}
	})
}

// Compile makes a machine of d, which it copies. Otherwise the error is a
// *DefinitionError with every problem of d, in the order of the definition.
func Compile(d Definition, options ...Option) (*Machine, error) {
	d = d.clone()
	if problems := Lint(d, options...); len(problems) > 0 {
		return nil, &DefinitionError{Name: d.Name, Version: d.Version, Problems: problems}
	}
	return newMachine(d, spelledOut(d)), nil
}

// Lint returns the problems for which Compile would refuse d, in the order of
// the definition; none is nil.
func Lint(d Definition, options ...Option) []Problem {
	l := &lint{
		guards: make(map[string]bool), tolerated: make(map[Code]bool),
		stages: make(map[string]bool), owner: make(map[string]string), each: make(map[string]bool), rolesOf: make(map[string]map[string]bool),
		main: keys(d.States),
	}
	for _, o := range options {
		if o != nil {
			o.apply(l)
		}
	}
	l.definition(d)
	return l.problems
}

package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Source is a file with all its mutants in it: which of them is alive, a variable
// of the environment says when the program runs. So a package is compiled once.
type source struct {
	file    string // as the tree names it
	text    []byte
	set     *token.FileSet
	edits   []edit
	mutants []mutant
	first   int            // the number of the next mutant
	names   map[string]int // how often a name has been given
	within  string         // the function that is being read
}

// Mutant is one thing that a piece of code does otherwise.
type mutant struct {
	number int
	name   string // the file, the function, what was done, and to what
}

func (m mutant) environment() string { return "TIAN_MUTANT=" + strconv.Itoa(m.number) }

// Edit puts text where a piece of the source stood, or between two.
type edit struct {
	from, to int
	text     string
	closing  bool // what ends here comes before what begins here
	order    int
}

// WholeFile reports whether every function of a file is mutated: it holds guards,
// relations or access, and nothing else.
func wholeFile(name string) bool {
	return slices.Contains([]string{"guards.go", "relations.go", "authorise.go", "sight.go", "actor.go", "office.go"}, path.Base(name))
}

// Instrument reads a file of a package and puts its mutants into it, numbered from
// first on.
func instrument(name string, text []byte, first int) (*source, error) {
	s := &source{file: name, text: text, set: token.NewFileSet(), first: first, names: map[string]int{}}
	file, err := parser.ParseFile(s.set, name, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("mutate: %w", err)
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil || !wholeFile(name) && !isGuard(f.Type) && f.Name.Name != "Guards" && f.Name.Name != "Relations" {
			continue
		}
		s.within = f.Name.Name
		s.function(f.Type, f.Body)
	}
	return s, nil
}

// IsGuard reports whether a function returns blockers, and nothing else.
func isGuard(f *ast.FuncType) bool {
	if f.Results == nil || len(f.Results.List) != 1 {
		return false
	}
	list, ok := f.Results.List[0].Type.(*ast.ArrayType)
	return ok && strings.HasSuffix(types(list.Elt), "Blocker")
}

// Types returns the name of a type, without its package.
func types(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	default:
		return ""
	}
}

// Function mutates a body: what it returns, and on what conditions.
func (s *source) function(f *ast.FuncType, body *ast.BlockStmt) {
	if isGuard(f) {
		s.insert(body.Lbrace+1, fmt.Sprintf(" if mutantAlive(%d) { return nil };", s.mutant("allows always", body)))
	}
	truth, list := false, false
	if f.Results != nil && len(f.Results.List) == 1 && len(f.Results.List[0].Names) < 2 {
		result := f.Results.List[0].Type
		truth = types(result) == "bool"
		_, list = result.(*ast.ArrayType)
	}
	header := map[ast.Stmt]bool{} // what stands before the brace of an if, for or switch
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			s.function(n.Type, n.Body)
			return false
		case *ast.IfStmt:
			header[n.Init] = true
			s.condition(n.Cond)
		case *ast.ForStmt:
			header[n.Init], header[n.Post] = true, true // its condition stays: one that is always true never ends
		case *ast.SwitchStmt:
			header[n.Init] = true
			s.cases(n)
		case *ast.ReturnStmt:
			if len(n.Results) != 1 {
				break
			}
			if truth {
				s.condition(n.Results[0])
			} else if list && types(n.Results[0]) != "nil" {
				s.insert(n.Pos(), fmt.Sprintf("if mutantAlive(%d) { return nil }; ", s.mutant("returns nothing", n.Results[0])))
			}
		case *ast.ExprStmt:
			s.statement(n)
		case *ast.AssignStmt:
			if n.Tok == token.ASSIGN && !header[n] && len(n.Lhs) == 1 {
				s.statement(n)
			}
		}
		return true
	})
}

// Statement leaves one out.
func (s *source) statement(n ast.Stmt) {
	s.insert(n.Pos(), fmt.Sprintf("if !mutantAlive(%d) { ", s.mutant("leaves out", n)))
	s.close(n.End(), " }")
}

// Condition makes each part of a condition always true and always false, and an
// order of numbers one off.
func (s *source) condition(e ast.Expr) {
	switch n := e.(type) {
	case *ast.ParenExpr:
		s.condition(n.X)
		return
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			s.condition(n.X)
			return
		}
	case *ast.BinaryExpr:
		if n.Op == token.LAND || n.Op == token.LOR {
			s.condition(n.X)
			s.condition(n.Y)
			return
		}
	case *ast.Ident:
		if n.Name == "true" || n.Name == "false" {
			return
		}
	}
	end := "))"
	s.insert(e.Pos(), fmt.Sprintf("(mutantAlive(%d) || !mutantAlive(%d) && (", s.mutant("always", e), s.mutant("never", e)))
	if b, ok := e.(*ast.BinaryExpr); ok && slices.Contains([]token.Token{token.LSS, token.LEQ, token.GTR, token.GEQ}, b.Op) {
		s.insert(e.Pos(), fmt.Sprintf("mutantOrder(%d, %q, ", s.mutant("one off", e), b.Op))
		at := s.offset(b.OpPos)
		s.edits = append(s.edits, edit{from: at, to: at + len(b.Op.String()), text: ",", order: len(s.edits)})
		end = ")))"
	}
	s.close(e.End(), end)
}

// Cases takes each value out of the cases of a switch.
func (s *source) cases(n *ast.SwitchStmt) {
	for _, c := range n.Body.List {
		for _, e := range c.(*ast.CaseClause).List { //nolint:forcetypeassert // a switch has nothing else
			if n.Tag == nil {
				s.condition(e)
				continue
			}
			s.insert(e.Pos(), fmt.Sprintf("mutantCase(%d, ", s.mutant("without the case", e)))
			s.close(e.End(), ")")
		}
	}
}

// Mutant notes one and returns its number. Its name says what it is without the
// line, which moves with every edit.
func (s *source) mutant(what string, of ast.Node) int {
	from, to := s.offset(of.Pos()), s.offset(of.End())
	quoted := strings.Join(strings.Fields(string(s.text[from:to])), " ")
	if short := []rune(quoted); len(short) > 90 {
		quoted = string(short[:90]) + "…"
	}
	name := fmt.Sprintf("%s %s %s: %s", s.file, s.within, what, quoted)
	if what == "allows always" {
		name = fmt.Sprintf("%s %s %s", s.file, s.within, what)
	}
	s.names[name]++
	if again := s.names[name]; again > 1 {
		name += " #" + strconv.Itoa(again)
	}
	number := s.first
	s.first++
	s.mutants = append(s.mutants, mutant{number, name})
	return number
}

func (s *source) offset(p token.Pos) int { return s.set.Position(p).Offset }

func (s *source) insert(p token.Pos, text string) {
	at := s.offset(p)
	s.edits = append(s.edits, edit{from: at, to: at, text: text, order: len(s.edits)})
}

func (s *source) close(p token.Pos, text string) {
	at := s.offset(p)
	s.edits = append(s.edits, edit{from: at, to: at, text: text, closing: true, order: len(s.edits)})
}

// Mutated returns the text with every mutant in it.
func (s *source) mutated() []byte {
	slices.SortFunc(s.edits, func(a, b edit) int {
		switch {
		case a.from != b.from:
			return a.from - b.from
		case a.closing != b.closing && a.closing:
			return -1
		case a.closing != b.closing:
			return 1
		case a.closing:
			return b.order - a.order // the inner one ends first
		default:
			return a.order - b.order
		}
	})
	var out bytes.Buffer
	at := 0
	for _, e := range s.edits {
		out.Write(s.text[at:e.from])
		out.WriteString(e.text)
		at = e.to
	}
	out.Write(s.text[at:])
	return out.Bytes()
}

// Switches is the file that tells the mutants of a package which of them is alive.
func switches(name string) []byte {
	return []byte("package " + name + `

import (
	"cmp"
	"os"
	"strconv"
)

var theMutant, _ = strconv.Atoi(os.Getenv("TIAN_MUTANT"))

func mutantAlive(n int) bool { return theMutant == n }

func mutantCase[T any](n int, value T) T {
	var none T
	if mutantAlive(n) {
		return none
	}
	return value
}

func mutantOrder[T cmp.Ordered](n int, op string, a, b T) bool {
	off := mutantAlive(n)
	switch op {
	case "<":
		return a < b || off && a == b
	case "<=":
		return a < b || !off && a == b
	case ">":
		return a > b || off && a == b
	default:
		return a > b || !off && a == b
	}
}
`)
}

package api

import (
	"fmt"
	"go/types"
	"strconv"
	"strings"
)

// describer writes the lines of one package. Names of other packages are
// written as in source, with the package's name.
type describer struct {
	of    *types.Package
	lines []string
}

func (d *describer) add(format string, arguments ...any) {
	d.lines = append(d.lines, fmt.Sprintf(format, arguments...))
}

func (d *describer) typ(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p == d.of {
			return ""
		}
		return p.Name()
	})
}

// signature is the type of a function without the word func.
func (d *describer) signature(t types.Type) string { return strings.TrimPrefix(d.typ(t), "func") }

func (d *describer) object(o types.Object) {
	switch o := o.(type) {
	case *types.Const:
		d.add("const %s%s = %s", o.Name(), d.constType(o.Type()), o.Val().ExactString())
	case *types.Var:
		d.add("var %s %s", o.Name(), d.typ(o.Type()))
	case *types.Func:
		d.add("func %s%s", o.Name(), d.signature(o.Type()))
	case *types.TypeName:
		d.typeName(o)
	}
}

func (d *describer) constType(t types.Type) string {
	if basic, ok := t.(*types.Basic); ok && basic.Info()&types.IsUntyped != 0 {
		return ""
	}
	return " " + d.typ(t)
}

func (d *describer) typeName(o *types.TypeName) {
	if alias, ok := o.Type().(*types.Alias); ok {
		d.add("type %s%s = %s", o.Name(), d.parameters(alias.TypeParams()), d.typ(alias.Rhs()))
		return
	}
	named, ok := o.Type().(*types.Named)
	if !ok {
		return // there is no third kind of exported type name
	}
	name := o.Name() + d.parameters(named.TypeParams())
	switch under := named.Underlying().(type) {
	case *types.Struct:
		d.add("type %s struct", name)
		d.fields(o.Name(), under)
	case *types.Interface:
		d.add("type %s interface", name)
		d.abilities(o.Name(), under)
		return
	default:
		d.add("type %s %s", name, d.typ(under))
	}
	d.methods(named)
}

func (d *describer) parameters(list *types.TypeParamList) string {
	if list.Len() == 0 {
		return ""
	}
	parameters := make([]string, 0, list.Len())
	for p := range list.TypeParams() {
		parameters = append(parameters, p.Obj().Name()+" "+d.typ(p.Constraint()))
	}
	return "[" + strings.Join(parameters, ", ") + "]"
}

// A tag is part of the line, because it says how the field is written as JSON.
func (d *describer) fields(owner string, s *types.Struct) {
	for i := range s.NumFields() {
		field, tag := s.Field(i), ""
		if !field.Exported() {
			continue
		}
		if s.Tag(i) != "" {
			tag = " " + quote(s.Tag(i))
		}
		if field.Embedded() {
			d.add("type %s struct, embedded %s%s", owner, d.typ(field.Type()), tag)
		} else {
			d.add("type %s struct, %s %s%s", owner, field.Name(), d.typ(field.Type()), tag)
		}
	}
}

func quote(tag string) string {
	if strconv.CanBackquote(tag) {
		return "`" + tag + "`"
	}
	return strconv.Quote(tag)
}

func (d *describer) abilities(owner string, i *types.Interface) {
	sealed := false
	for method := range i.ExplicitMethods() {
		if method.Exported() {
			d.add("type %s interface, %s%s", owner, method.Name(), d.signature(method.Type()))
		} else {
			sealed = true
		}
	}
	if sealed {
		d.add("type %s interface, unexported methods", owner)
	}
	for embedded := range i.EmbeddedTypes() {
		d.add("type %s interface, embedded %s", owner, d.typ(embedded))
	}
}

// methods writes those of the type itself, and those it has from an unexported
// embedded field, which are in no other line.
func (d *describer) methods(named *types.Named) {
	set := types.NewMethodSet(types.NewPointer(named))
	for selection := range set.Methods() {
		method := selection.Obj()
		if !method.Exported() || len(selection.Index()) > 1 && embedsExported(named, selection.Index()[0]) {
			continue
		}
		d.add("method (%s%s) %s%s", d.pointer(named, method), named.Obj().Name(), method.Name(), d.signature(method.Type()))
	}
}

func embedsExported(named *types.Named, field int) bool {
	s, ok := named.Underlying().(*types.Struct)
	return ok && s.Field(field).Exported()
}

// pointer is "*" for a method that values of the type do not have.
func (d *describer) pointer(named *types.Named, method types.Object) string {
	if types.NewMethodSet(named).Lookup(method.Pkg(), method.Name()) == nil {
		return "*"
	}
	return ""
}

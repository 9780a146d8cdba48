package codec

import "reflect"

// Left returns the paths of what a codec leaves to encoding/json.
func (c *Codec) Left() []string { return left("", c.typ, c.plan) }

func left(path string, t reflect.Type, p plan) []string {
	switch p := p.(type) {
	case foreign:
		return []string{path + " " + t.String()}
	case structure:
		var all []string
		for _, f := range p {
			at := t.FieldByIndex(f.index)
			all = append(all, left(path+"."+at.Name, at.Type, f.plan)...)
		}
		return all
	case pointer:
		return left(path, t.Elem(), p.to)
	case slice:
		return left(path+"[]", t.Elem(), p.of)
	case mapping:
		return left(path+"{}", t.Elem(), p.of)
	}
	return nil
}

package letter

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// node is an element of a Word document, by its local name.
type node struct {
	name     string
	attrs    map[string]string
	children []*node
	text     string
}

// maxDepth is how deep elements may stand in each other.
const maxDepth = 200

// parse reads a part of a document.
func parse(data []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	root := &node{}
	open := []*node{root}
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return root, nil
		}
		if err != nil {
			return nil, err //nolint:wrapcheck // HTML says which part
		}
		top := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			n := &node{name: token.Name.Local, attrs: make(map[string]string, len(token.Attr))}
			for _, a := range token.Attr {
				n.attrs[a.Name.Local] = a.Value
			}
			top.children = append(top.children, n)
			if open = append(open, n); len(open) > maxDepth {
				return nil, fmt.Errorf("elements stand more than %d deep", maxDepth)
			}
		case xml.EndElement:
			if len(open) > 1 {
				open = open[:len(open)-1]
			}
		case xml.CharData:
			top.text += string(token)
		}
	}
}

// at follows a path of names down, and returns nil where there is none.
func (n *node) at(names ...string) *node {
	for _, name := range names {
		if n == nil {
			return nil
		}
		var next *node
		for _, c := range n.children {
			if c.name == name {
				next = c
				break
			}
		}
		n = next
	}
	return n
}

func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	return n.attrs[name]
}

// number reads an attribute, and reports whether there is one that is a number.
func (n *node) number(name string) (float64, bool) {
	v, err := strconv.ParseFloat(n.attr(name), 64)
	return v, err == nil && v > -1e6 && v < 1e6
}

// on reports whether a switch such as w:b is there and on.
func (n *node) on() bool {
	if n == nil {
		return false
	}
	switch n.attr("val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

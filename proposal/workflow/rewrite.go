package workflow

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// rewrite returns JSON in which every text is what of makes of it; all else stays,
// byte for byte. of gets the keys that lead to the text, joined by dots, such as
// parts.replies.text: places in lists are not told.
func rewrite(data []byte, of func(field, text string) (string, error)) ([]byte, error) {
	w := &rewriter{data: data, dec: json.NewDecoder(bytes.NewReader(data)), of: of}
	w.dec.UseNumber()
	if err := w.value(""); err != nil {
		return nil, err
	}
	return append(w.out, data[w.done:]...), nil
}

type rewriter struct {
	data []byte
	dec  *json.Decoder
	of   func(field, text string) (string, error)
	out  []byte
	done int64 // bytes of data that out stands for
}

// value reads one value, and rewrites the texts in it.
func (w *rewriter) value(field string) error {
	from := w.dec.InputOffset()
	token, err := w.dec.Token()
	if err != nil {
		return err //nolint:wrapcheck // the caller names what it is
	}
	switch t := token.(type) {
	case json.Delim:
		return w.values(field, t == '{')
	case string:
		now, err := w.of(field, t)
		if err != nil || now == t {
			return err
		}
		return w.replace(from, now)
	}
	return nil
}

// values reads the values of an object or a list, to its end.
func (w *rewriter) values(field string, keyed bool) error {
	for w.dec.More() {
		inner := field
		if keyed {
			key, err := w.dec.Token()
			if err != nil {
				return err //nolint:wrapcheck // the caller names what it is
			}
			if inner = fmt.Sprint(key); field != "" {
				inner = field + "." + inner
			}
		}
		if err := w.value(inner); err != nil {
			return err
		}
	}
	_, err := w.dec.Token()
	return err //nolint:wrapcheck // the caller names what it is
}

// replace puts a text in the place of the one just read, which began behind from.
func (w *rewriter) replace(from int64, now string) error {
	quoted, err := json.Marshal(now)
	if err != nil {
		return err //nolint:wrapcheck // the caller names what it is
	}
	end := w.dec.InputOffset()
	start := from + int64(bytes.IndexByte(w.data[from:end], '"'))
	w.out = append(append(w.out, w.data[w.done:start]...), quoted...)
	w.done = end
	return nil
}

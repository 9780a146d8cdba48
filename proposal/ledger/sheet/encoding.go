package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

const bom = "\xef\xbb\xbf"

// lines reads the lines of a text in UTF-8, UTF-16, or GB18030, of which GBK and
// GB2312 are parts. Which it is, the text itself tells: the lines at its beginning
// that can be of one only decide, and where there is none, the first that comes. In
// a file in GB18030, a line that is UTF-8 is read as that; what is of neither is
// left as it is. A line ends as on Windows, Unix or an old Mac.
type lines struct {
	in     *bufio.Reader
	most   int // bytes of a line
	is     encoding
	number int // of the line read last
	back   []line
	cut    byte   // pieces of a long line end behind this; 0: nowhere
	text   []byte // of the line that is being read
}

type encoding int

const (
	undecided encoding = iota
	isUTF8
	isGB18030
)

// line is a line of text without its end.
type line struct {
	number int
	text   string
	long   bool // more than most bytes; text is its beginning
	open   bool // the line goes on
}

func newLines(in *bufio.Reader, most int) *lines {
	begin, _ := in.Peek(1 << 10) // what is wrong is met again on reading
	if order, is := utf16(begin); is {
		in = bufio.NewReaderSize(unicode.UTF16(order, unicode.UseBOM).NewDecoder().Reader(in), 1<<16)
	} else if bytes.HasPrefix(begin, []byte(bom)) {
		_, _ = in.Discard(len(bom)) // it is in the buffer
	}
	begin, _ = in.Peek(1 << 16)
	return &lines{in: in, most: most, is: encodingOf(begin)}
}

// utf16 reports whether a text is UTF-16, which a mark says at its beginning, or
// else that every other byte of some is zero, as in that of digits and commas.
func utf16(begin []byte) (unicode.Endianness, bool) {
	switch {
	case bytes.HasPrefix(begin, []byte("\xff\xfe")):
		return unicode.LittleEndian, true
	case bytes.HasPrefix(begin, []byte("\xfe\xff")):
		return unicode.BigEndian, true
	}
	var zero [2]int
	for i, c := range begin {
		if c == 0 {
			zero[i%2]++
		}
	}
	const oneIn = 20
	switch {
	case zero[0] == 0 && zero[1]*oneIn > len(begin):
		return unicode.LittleEndian, true
	case zero[1] == 0 && zero[0]*oneIn > len(begin):
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

// encodingOf returns the encoding that more lines can only be in.
func encodingOf(begin []byte) encoding {
	gb, utf := 0, 0
	for len(begin) > 0 {
		end := bytes.IndexAny(begin, "\r\n")
		line := begin
		if end >= 0 {
			line, begin = begin[:end], begin[end+1:]
		} else {
			begin = nil
		}
		switch {
		case end < 0 && gb+utf > 0: // the last line may be cut
		case threeBytes(line):
			utf++
		case !utf8.Valid(line) && isGB(line):
			gb++
		}
	}
	switch {
	case gb > utf:
		return isGB18030
	case utf > 0:
		return isUTF8
	}
	return undecided
}

// threeBytes reports whether a line is UTF-8 with a character of three bytes, as
// Chinese ones are: hardly any GB18030 is.
func threeBytes(line []byte) bool {
	return utf8.Valid(line) && bytes.ContainsFunc(line, func(r rune) bool { return r >= 0x800 })
}

func isGB(line []byte) bool {
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(line)
	return err == nil && !bytes.ContainsRune(decoded, utf8.RuneError)
}

// decode returns a line in UTF-8, or as it is if it is in neither encoding.
func (l *lines) decode(line []byte) string {
	if l.is == undecided && !utf8.Valid(line) && isGB(line) {
		l.is = isGB18030
	}
	if threeBytes(line) {
		l.is = max(l.is, isUTF8)
		return string(line)
	}
	if l.is != isGB18030 {
		return string(line)
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(line)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return string(line)
	}
	return string(decoded)
}

// next returns the next line, or io.EOF.
func (l *lines) next() (line, error) {
	if n := len(l.back); n > 0 {
		back := l.back[n-1]
		l.back = l.back[:n-1]
		return back, nil
	}
	l.text = l.text[:0]
	long, open, size := false, false, 0
	for ended := false; !ended; {
		n, end, err := l.piece()
		switch {
		case errors.Is(err, io.EOF) && size == 0:
			return line{}, io.EOF
		case errors.Is(err, io.EOF):
			end = true
		case err != nil:
			return line{}, err
		}
		if size += n; size > l.most {
			long = true
		}
		if ended = end; !ended && l.cut != 0 && bytes.HasSuffix(l.text, []byte{l.cut}) {
			ended, open = true, true
		}
	}
	if l.number++; open {
		l.number--
	}
	text := l.text
	if long {
		const shown = 200
		text = text[:min(len(text), shown)]
	}
	return line{number: l.number, text: l.decode(text), long: long, open: open}, nil
}

// piece reads the next bytes of a line, as many as there is room for, and reports
// how many there were and whether they end it.
func (l *lines) piece() (n int, end bool, err error) {
	if _, err := l.in.Peek(1); err != nil {
		return 0, false, err //nolint:wrapcheck // who reads the file says of which
	}
	held, _ := l.in.Peek(l.in.Buffered()) // they are there
	at := bytes.IndexByte(held, '\n')
	if at < 0 {
		at = len(held)
	}
	if mac := bytes.IndexByte(held[:at], '\r'); mac >= 0 {
		at = mac
	}
	end = at < len(held)
	if !end && l.cut != 0 {
		if tag := bytes.LastIndexByte(held, l.cut); tag >= 0 {
			at = tag + 1
		}
	}
	l.text = append(l.text, held[:min(at, max(0, l.most-len(l.text)))]...)
	mac := end && held[at] == '\r'
	_, _ = l.in.Discard(at)
	if !end {
		return at, false, nil
	}
	_, _ = l.in.Discard(1)
	if mac {
		if then, _ := l.in.Peek(1); len(then) > 0 && then[0] == '\n' {
			_, _ = l.in.Discard(1)
		}
	}
	return at, true, nil
}

// unread gives lines back, to be read again in their order.
func (l *lines) unread(again []line) {
	for _, one := range slices.Backward(again) {
		l.back = append(l.back, one)
	}
}

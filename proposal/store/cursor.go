package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ErrRewound is matched by the error of a reader of the feed that has seen what
// the feed no longer holds: the database was restored from a backup.
var ErrRewound = errors.New("store: the feed is behind its reader")

// Cursor is where a reader of the feed has got to: the position of the last entry
// that it met, with a mark of what that entry was. Its text is for keeping; the
// zero Cursor is before the first entry.
type Cursor struct {
	Position uint64
	Mark     string // 32 hexadecimal digits
}

// CursorAt returns the place behind an entry of the feed.
func CursorAt(l Line) Cursor {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %d %q", l.Kind, l.ID, l.Seq, l.Hash))
	return Cursor{l.Position, hex.EncodeToString(sum[:16])}
}

// Follow returns the entries of the feed behind c, at most limit of them (0:
// [DefaultLimit]), and the cursor behind the last. When the feed does not hold the
// entry that c stands behind, because it ends before or holds another there, the
// error is a *[RewoundError]: the database is not the one that the reader has read,
// but an older state of it, from which it may have gone on.
func Follow(ctx context.Context, s Store, c Cursor, limit int) ([]Line, Cursor, error) {
	if c == (Cursor{}) {
		lines, err := s.Feed(ctx, 0, limit)
		return lines, behind(c, lines), err
	}
	if c.Position == 0 || len(c.Mark) == 0 {
		return nil, c, &RewoundError{Cursor: c}
	}
	lines, err := s.Feed(ctx, c.Position-1, min(Limit(limit)+1, MaxLimit))
	if err != nil {
		return nil, c, err
	}
	if len(lines) == 0 || CursorAt(lines[0]) != c {
		return nil, c, &RewoundError{Cursor: c, Other: len(lines) > 0 && lines[0].Position == c.Position}
	}
	return lines[1:], behind(c, lines), nil
}

// behind returns the cursor behind the last of the lines, or c when there is none.
func behind(c Cursor, lines []Line) Cursor {
	if len(lines) == 0 {
		return c
	}
	return CursorAt(lines[len(lines)-1])
}

// MarshalText writes the cursor as 17-6b86b273ff34fce19d6b804eff5a3f57, and the
// zero Cursor as "".
func (c Cursor) MarshalText() ([]byte, error) {
	if c == (Cursor{}) {
		return nil, nil
	}
	return []byte(c.String()), nil
}

// String returns the text of the cursor.
func (c Cursor) String() string {
	if c == (Cursor{}) {
		return ""
	}
	return strconv.FormatUint(c.Position, 10) + "-" + c.Mark
}

// UnmarshalText reads what MarshalText writes. Another text matches [ErrInvalid].
func (c *Cursor) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = Cursor{}
		return nil
	}
	number, mark, _ := strings.Cut(string(text), "-")
	position, err := strconv.ParseUint(number, 10, 63)
	raw, bad := hex.DecodeString(mark)
	if err != nil || bad != nil || position == 0 || position > MaxNumber || len(raw) != 16 || strings.ToLower(mark) != mark {
		return fmt.Errorf("%w: %q is not a cursor of a feed, such as 17-6b86b273ff34fce19d6b804eff5a3f57 (不是总账的读取位置)", ErrInvalid, text)
	}
	*c = Cursor{position, mark}
	return nil
}

// RewoundError says where a reader stood in a feed that does not lead there. It
// matches [ErrRewound].
type RewoundError struct {
	Cursor Cursor
	Other  bool // the feed holds another entry there; else it ends before
}

func (e *RewoundError) Error() string {
	what := "ends before it"
	if e.Other {
		what = "holds another entry there"
	}
	return fmt.Sprintf("%v: the reader has read up to position %d, and the feed %s; the database may have been restored from a backup", ErrRewound, e.Cursor.Position, what)
}

// Is reports whether target is [ErrRewound].
func (e *RewoundError) Is(target error) bool { return target == ErrRewound }

package workflow

import (
	"fmt"
	"slices"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// Room is how large the record of a case may grow, so that nobody fills a case for the
// others: whoever may add to it is stopped while there is room for those who handle it,
// these while there is room for those who run it, and these while there is room for the
// engine's own acts, such as a sweep.
type Room struct {
	All      int // bytes up to which anybody may add
	Handlers int // up to which the roles and relations of [Vocabulary.Handles] may
	Runners  int // up to which the roles of [Vocabulary.Runs] may, and the administrator
}

// defaultRoom is what cases have where [WithRoom] says nothing else.
func defaultRoom() Room {
	return Room{All: store.MaxBody * 5 / 8, Handlers: store.MaxBody * 13 / 16, Runners: store.MaxBody - 256<<10}
}

// WithRoom sets the room of every case; a zero stands for the default.
func WithRoom(r Room) Option {
	return optionFunc(func(s *settings) {
		if r.All != 0 {
			s.room.All = r.All
		}
		if r.Handlers != 0 {
			s.room.Handlers = r.Handlers
		}
		if r.Runners != 0 {
			s.room.Runners = r.Runners
		}
	})
}

func (r Room) check() error {
	if r.All < 0 || r.All > r.Handlers || r.Handlers > r.Runners || r.Runners > store.MaxBody {
		return Invalid("room", "out_of_range", "余量应依次递增：%d、%d、%d，最多%d字节", "the room grows from all to handlers to runners: %d, %d, %d, and at most %d bytes", r.All, r.Handlers, r.Runners, store.MaxBody)
	}
	return nil
}

// fit refuses an act that makes a record larger than it may become by whoever acts.
func (e *Engine[C, R]) fit(act *Act[R], h *Header, size int) error {
	most := e.room.All
	switch {
	case size <= h.size || act.Role == lifecycle.System:
		return nil
	case slices.Contains(act.Roles, Administrator) || firstOf(e.vocabulary.Runs, act.Roles) != "":
		most = e.room.Runners
	case firstOf(e.vocabulary.Handles, act.Roles) != "":
		most = e.room.Handlers
	}
	if size <= most {
		return nil
	}
	return &RefusedError{h.ID, act.Event, h.State, []Blocker{Block("no_room",
		fmt.Sprintf("本件将达%d字节，超过%d字节：余下的留给其他各方和工作机构", size, most),
		fmt.Sprintf("the case would have %d bytes, more than %d: the rest is for the others and for those who run it", size, most))}}
}

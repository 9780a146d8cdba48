package workflow

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// Room is how large the record of a case may grow, so that nobody fills a case for the
// others: whoever may add to it is stopped while there is room for those who handle it,
// these while there is room for those who run it, and these while there is room for the
// engine's own acts, such as a sweep. Nor does one account take what is meant for many:
// of the data of a case each may add a share, told by [Choice.Warnings] before it is
// used up, and by [Header.Added] at any time. Those who run a case and the
// administrator have no share.
type Room struct {
	All      int // bytes up to which anybody may add
	Handlers int // up to which the roles and relations of [Vocabulary.Handles] may
	Runners  int // up to which the roles of [Vocabulary.Runs] may, and the administrator
	Share    int // bytes that one account may add
}

// defaultRoom is what cases have where [WithRoom] says nothing else.
func defaultRoom() Room {
	return Room{All: store.MaxBody * 5 / 8, Handlers: store.MaxBody * 13 / 16, Runners: store.MaxBody - 256<<10, Share: store.MaxBody / 8}
}

// WithRoom sets the room of every case; a zero stands for the default.
func WithRoom(r Room) Option {
	return optionFunc(func(s *settings) {
		s.room = Room{
			All: cmp.Or(r.All, s.room.All), Handlers: cmp.Or(r.Handlers, s.room.Handlers),
			Runners: cmp.Or(r.Runners, s.room.Runners), Share: cmp.Or(r.Share, s.room.Share),
		}
	})
}

func (r Room) check() error {
	if r.All < 0 || r.All > r.Handlers || r.Handlers > r.Runners || r.Runners > store.MaxBody {
		return Invalid("room", "out_of_range", "余量应依次递增：%d、%d、%d，最多%d字节", "the room grows from all to handlers to runners: %d, %d, %d, and at most %d bytes", r.All, r.Handlers, r.Runners, store.MaxBody)
	}
	if r.Share < 0 || r.Share > store.MaxBody {
		return Invalid("room.share", "out_of_range", "每个账号的份额应为0至%d字节，现为%d", "the share of an account is 0 to %d bytes, not %d", store.MaxBody, r.Share)
	}
	return nil
}

// runs reports whether whoever acts runs the case, and so has no share.
func (e *Engine[C, R]) runs(act *Act[R]) bool {
	return slices.Contains(act.Roles, Administrator) || firstOf(e.vocabulary.Runs, act.Roles) != ""
}

// most returns how large the record may become by whoever acts.
func (e *Engine[C, R]) most(act *Act[R]) int {
	switch {
	case e.runs(act):
		return e.room.Runners
	case firstOf(e.vocabulary.Handles, act.Roles) != "":
		return e.room.Handlers
	}
	return e.room.All
}

// fit refuses an act that makes a record larger than it may become by whoever acts,
// or by which an account adds more than its share.
func (e *Engine[C, R]) fit(act *Act[R], h *Header, now size) error {
	if act.Role == lifecycle.System {
		return nil
	}
	var blockers []Blocker
	if most := e.most(act); now.whole() > h.size.whole() && now.whole() > most {
		blockers = append(blockers, Block("no_room",
			fmt.Sprintf("本件将达%d字节，超过%d字节：余下的留给其他各方和工作机构", now.whole(), most),
			fmt.Sprintf("the case would have %d bytes, more than %d: the rest is for the others and for those who run it", now.whole(), most)))
	}
	if added := h.added(act.Actor.ID); now.data > h.size.data && added > e.room.Share && !e.runs(act) {
		blockers = append(blockers, Block("share_used",
			fmt.Sprintf("账号%s在本件中将累计写入%d字节，超过每个账号的%d字节", act.Actor.ID, added, e.room.Share),
			fmt.Sprintf("account %s would have added %d bytes to the case, more than the %d of each", act.Actor.ID, added, e.room.Share)))
	}
	if len(blockers) > 0 {
		return &RefusedError{h.ID, act.Event, h.State, blockers}
	}
	return nil
}

// scarce returns what to tell whoever acts before there is no room left for them: less
// than a quarter of a share, by the share or by the room.
func (e *Engine[C, R]) scarce(act *Act[R], h *Header) []Blocker {
	left := e.most(act) - h.size.whole()
	if !e.runs(act) {
		left = min(left, e.room.Share-h.added(act.Actor.ID))
	}
	if left >= e.room.Share/4 {
		return nil
	}
	left = max(left, 0)
	return []Blocker{Block("little_room",
		fmt.Sprintf("在本件中还可写入%d字节", left), fmt.Sprintf("%d bytes are left to add to the case", left))}
}

// count notes what whoever acts adds to the data of a case, or takes out again: now is
// how large it becomes. What the engine does by itself is added by nobody.
func (e *Engine[C, R]) count(act *Act[R], h *Header, now int) {
	if act.Role == lifecycle.System {
		return
	}
	i := slices.Index(h.Acted, act.Actor.ID)
	for len(h.Added) <= i {
		h.Added = append(h.Added, 0)
	}
	h.Added[i] = max(0, h.Added[i]+now-h.size.data)
}

// added returns how many bytes of the data an account has added.
func (h *Header) added(account string) int {
	if i := slices.Index(h.Acted, account); i >= 0 && i < len(h.Added) {
		return h.Added[i]
	}
	return 0
}

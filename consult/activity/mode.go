package activity

import (
	"slices"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Mode (协商方式) is how people meet.
type Mode string

// How people meet.
const (
	InRoom    Mode = "room"    // 会议室
	OnSite    Mode = "on_site" // 现场
	ByVideo   Mode = "video"   // 视频
	InWriting Mode = "writing" // 书面、网络议政
)

// Values returns how people meet.
func (Mode) Values() []form.Value {
	value := func(m Mode, zh, en string) form.Value {
		return form.Value{Key: string(m), Label: lifecycle.Label{ZH: zh, EN: en}}
	}
	return []form.Value{value(InRoom, "会议室", "in a room"), value(OnSite, "现场", "on site"), value(ByVideo, "视频", "by video"), value(InWriting, "书面、网络议政", "in writing")}
}

func (m Mode) known() bool {
	return slices.ContainsFunc(m.Values(), func(v form.Value) bool { return v.Key == string(m) })
}

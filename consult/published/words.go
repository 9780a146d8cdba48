package published

import (
	"strings"

	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
)

// reading maps a word of a source to a key of [rules.Default].
type reading struct{ word, key string }

// meetings are the forms that are meetings of the conference itself rather than
// platforms; the first word found decides.
func meetings() []reading {
	return []reading{
		{"提案办理协商", rules.FormHandling}, {"督办", rules.FormHandling}, {"专题议政", rules.FormPlenary}, {"全会协商", rules.FormPlenary},
		{"对口协商", rules.FormCounterpart}, {"界别协商", rules.FormSector}, {"双周协商", rules.FormThematic},
		{"专题协商", rules.FormThematic}, {"常委会协商", rules.FormThematic},
	}
}

// form returns the form of a record, and whether it is a meeting of the
// conference itself.
func (r Record) form() (form string, meeting bool) {
	for _, m := range meetings() {
		if strings.Contains(r.PlatformKind, m.word) {
			return m.key, true
		}
	}
	switch {
	case strings.Contains(r.PlatformKind, "小微"):
		return rules.FormMicro, false
	case strings.Contains(r.PlatformKind, "全媒体"):
		return rules.FormOnline, false
	}
	return rules.FormPlatform, false
}

// platformKind returns the kind of platform, by its name and the source's words.
func (r Record) platformKind() string {
	for _, k := range []reading{
		{"委员议事厅", rules.KindForum}, {"工作站", rules.KindStation}, {"联络站", rules.KindStation},
		{"议事室", rules.KindRoom}, {"工作室", rules.KindStudio},
	} {
		if strings.Contains(r.Platform, k.word) || strings.Contains(r.PlatformKind, k.word) {
			return k.key
		}
	}
	return rules.KindPlatform
}

// tier returns the tier of a platform: the level of its place.
func (r Record) tier() platform.Tier {
	switch r.Level {
	case "county":
		return platform.County
	case "prefecture":
		return platform.Prefecture
	}
	return platform.Province
}

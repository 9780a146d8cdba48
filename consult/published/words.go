package published

import (
	"strings"

	"github.com/tian-go/tian/consult"
)

// reading maps a word of a source to a key of [consult.DefaultRules].
type reading struct{ word, key string }

// meetings are the forms that are meetings of the conference itself rather than
// platforms; the first word found decides.
func meetings() []reading {
	return []reading{
		{"提案办理协商", consult.FormHandling}, {"督办", consult.FormHandling}, {"专题议政", consult.FormPlenary}, {"全会协商", consult.FormPlenary},
		{"对口协商", consult.FormCounterpart}, {"界别协商", consult.FormSector}, {"双周协商", consult.FormThematic},
		{"专题协商", consult.FormThematic}, {"常委会协商", consult.FormThematic},
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
		return consult.FormMicro, false
	case strings.Contains(r.PlatformKind, "全媒体"):
		return consult.FormOnline, false
	}
	return consult.FormPlatform, false
}

// platformKind returns the kind of platform, by its name and the source's words.
func (r Record) platformKind() string {
	for _, k := range []reading{
		{"委员议事厅", consult.KindForum}, {"工作站", consult.KindStation}, {"联络站", consult.KindStation},
		{"议事室", consult.KindRoom}, {"工作室", consult.KindStudio},
	} {
		if strings.Contains(r.Platform, k.word) || strings.Contains(r.PlatformKind, k.word) {
			return k.key
		}
	}
	return consult.KindPlatform
}

// tier returns the tier of a platform: the level of its place.
func (r Record) tier() consult.Tier {
	switch r.Level {
	case "county":
		return consult.County
	case "prefecture":
		return consult.Prefecture
	}
	return consult.Province
}

package lifecycle

// Label is what people read: Chinese and English. Keys never depend on it.
type Label struct {
	ZH string `json:"zh,omitempty"`
	EN string `json:"en,omitempty"`
}

// In returns the label in lang, "zh" or "en"; the other one when that is
// empty, and key when both are.
func (l Label) In(lang, key string) string {
	first, second := l.EN, l.ZH
	if lang == "zh" {
		first, second = l.ZH, l.EN
	}
	switch {
	case first != "":
		return first
	case second != "":
		return second
	}
	return key
}

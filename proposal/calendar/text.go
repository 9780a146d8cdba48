package calendar

// Text is one statement in Chinese and in English; the two say the same.
type Text struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// In returns the Chinese text for the language "zh" and the English text for
// every other.
func (t Text) In(lang string) string {
	if lang == "zh" {
		return t.Zh
	}
	return t.En
}

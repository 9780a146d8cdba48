// Package quote puts text from outside into errors.
package quote

import "strconv"

// Short quotes untrusted text for an error, bounded in length.
func Short(s string) string {
	const most = 40
	if r := []rune(s); len(s) > most && len(r) > most {
		return strconv.Quote(string(r[:most])) + "…"
	}
	return strconv.Quote(s)
}

package lifecycle

import "strings"

const longestName = 64 // characters of a key or a role

// safeKey reports whether s can be a key of anything in a definition: a
// lower-case letter, then at most 63 of a-z, 0-9, "_", "." and "-".
func safeKey(s string) bool {
	return s != "" && len(s) <= longestName && lower(s[0]) &&
		every(s, func(c byte) bool { return lower(c) || digit(c) || strings.IndexByte("_.-", c) >= 0 })
}

// safeRole reports whether s can be a role. Roles may come from the host's
// identity system, so upper case and the separators in use there are let in.
func safeRole(s string) bool {
	return s != "" && len(s) <= longestName && letter(s[0]) &&
		every(s, func(c byte) bool { return letter(c) || digit(c) || strings.IndexByte("_.:/-", c) >= 0 })
}

func every(s string, ok func(byte) bool) bool {
	for i := range len(s) {
		if !ok(s[i]) {
			return false
		}
	}
	return true
}

func lower(c byte) bool  { return c >= 'a' && c <= 'z' }
func digit(c byte) bool  { return c >= '0' && c <= '9' }
func letter(c byte) bool { return lower(c) || c >= 'A' && c <= 'Z' }

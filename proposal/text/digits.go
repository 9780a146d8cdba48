package text

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// group is digits that stand side by side.
type group struct {
	start, end int
	gap        string // what separates it from the group before; "" for the first of a run
}

// numbers finds phone numbers, identity cards and bank cards: runs of digits in
// groups with few signs between them.
func (t reading) numbers() []Contact {
	var found []Contact
	s := t.plain
	for i := 0; i < len(s); {
		if !isDigit(s[i]) {
			i++
			continue
		}
		var run []group
		run, i = groups(s, i)
		found = append(found, t.numbersOf(run)...)
	}
	return found
}

const mostSigns = 3 // between two groups

// groups reads a run of groups that begins at i, and returns where it ends.
func groups(s string, i int) ([]group, int) {
	var run []group
	gap := ""
	for {
		end := i
		for end < len(s) && isDigit(s[end]) {
			end++
		}
		run = append(run, group{i, end, gap})
		next := end
		for next < len(s) && next-end <= mostSigns && strings.IndexByte("-_./() \t\n|*", s[next]) >= 0 {
			next++
		}
		if next == end || next-end > mostSigns || next == len(s) || !isDigit(s[next]) {
			return run, end
		}
		gap = s[end:next]
		i = next
	}
}

// mostGroups is how many groups one number may be in: each digit may stand alone.
const mostGroups = 19

func (t reading) numbersOf(run []group) []Contact {
	var found []Contact
	for i := 0; i < len(run); {
		if n := date(t.plain, run[i:]); n > 0 {
			i += n
			continue
		}
		kind, n := t.number(run[i:])
		if n == 0 {
			i++
			continue
		}
		start, end := run[i].start, run[i+n-1].end
		if end < len(t.plain) && (t.plain[end] == 'X' || t.plain[end] == 'x') && kind == IDNumber {
			end++
		}
		if kind == Phone {
			end += len(extension.FindString(t.plain[end:min(len(t.plain), end+longestExtension)]))
		}
		found = append(found, Contact{kind, t.opened(start), end})
		i += n
	}
	return found
}

// opened takes a + or the bracket around an area code in.
func (t reading) opened(start int) int {
	if start > 0 && t.plain[start-1] == '(' {
		if i := strings.IndexByte(t.plain[start:min(len(t.plain), start+5)], ')'); i > 0 {
			start--
		}
	}
	if start > 0 && t.plain[start-1] == '+' {
		start--
	}
	return start
}

// number returns what the first groups of a run are, and how many.
func (t reading) number(run []group) (Kind, int) {
	var digits strings.Builder
	var sizes []int
	const longest = 20 // digits
	best, kind := 0, Kind("")
	for n, g := range run[:min(len(run), mostGroups)] {
		if n > 0 && date(t.plain, run[n:]) > 0 && digits.Len() != 6 {
			break
		}
		if digits.Len()+g.end-g.start > longest {
			break
		}
		digits.WriteString(t.plain[g.start:g.end])
		sizes = append(sizes, g.end-g.start)
		if k := t.kindOf(digits.String(), sizes, run[:n+1], run[n+1:]); k != "" {
			best, kind = n+1, k
		}
	}
	return kind, best
}

const longestExtension = 24 // bytes

const (
	province = `^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{4}`
	birth    = `(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])`
)

var (
	mobile   = regexp.MustCompile(`^1[3-9]\d{9}$`)
	landline = regexp.MustCompile(`^0(?:10|2\d|[3-9]\d\d)[2-8]\d{6,7}$`)
	abroad   = regexp.MustCompile(`^(?:10|2\d|[3-9]\d\d)[2-8]\d{6,7}$`) // a landline behind +86
	local    = regexp.MustCompile(`^[2-8]\d{6,7}$`)
	id18     = regexp.MustCompile(province + `(?:18|19|20)\d\d` + birth + `\d{3}[\dX]$`)
	id15     = regexp.MustCompile(province + `\d\d` + birth + `\d{3}$`)
	// An extension is written like 转8001 or ext. 12.
	extension = regexp.MustCompile(`^[ ,(-]{0,2}(?:转(?:分机)?|分机|(?i:ext)\.?)[:. ]{0,2}\d{1,6}`)

	called = regexp.MustCompile(`(?:电话|手机|座机|联系方式|热线|传真|[Tt][Ee][Ll]|[Pp]hone)[号码为是:.( \-]{0,6}$`)
)

// kindOf returns what the groups of one number are. rest is what follows of the
// run.
func (t reading) kindOf(digits string, sizes []int, number, rest []group) Kind {
	if len(digits) < 7 {
		return ""
	}
	kind := t.formOf(digits, sizes, number)
	switch {
	case kind == "", isPart(t.plain, number[0].start, number[len(number)-1].end):
		return ""
	case kind != IDNumber && t.isSum(sizes, number, rest):
		return ""
	}
	return kind
}

// formOf returns what the groups of one number look like by themselves.
func (t reading) formOf(digits string, sizes []int, number []group) Kind {
	s, start, end := t.plain, number[0].start, number[len(number)-1].end
	switch {
	case t.isID(digits, sizes, end):
		return IDNumber
	case isPhone(s, digits, sizes, number):
		return Phone
	case len(digits) <= 8 && isOneOf(sizes, "8", "7", "4 4", "3 4") && local.MatchString(digits) && called.MatchString(s[max(0, start-40):start]):
		return Phone
	case isCard(digits, sizes):
		return BankCard
	}
	return ""
}

// isPart reports whether a number stands in the middle of a longer word: 第…号.
func isPart(s string, start, end int) bool {
	return strings.HasSuffix(strings.TrimRight(s[max(0, start-8):start], " "), "第") &&
		strings.HasPrefix(strings.TrimLeft(s[end:min(len(s), end+8)], " "), "号")
}

// isID reports whether digits, and the X that may stand at their end, are the
// number of an identity card.
func (t reading) isID(digits string, sizes []int, end int) bool {
	if len(digits) == 17 && end < len(t.plain) && (t.plain[end] == 'X' || t.plain[end] == 'x') {
		digits += "X"
	}
	switch len(digits) {
	case 18:
		return id18.MatchString(digits) && (checks(digits) && plausible(sizes) || atSeams(sizes, 3, 6, 10, 12, 14, 17))
	case 15:
		return atSeams(sizes, 6, 12) && id15.MatchString(digits)
	}
	return false
}

// checks reports whether the check digit of an identity card is right (GB 11643).
func checks(id string) bool {
	sum := 0
	for i, weight := range [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += weight * int(id[i]-'0')
	}
	return "10X98765432"[sum%11] == id[17]
}

// atSeams reports whether the groups end where a number has its seams.
func atSeams(sizes []int, seams ...int) bool {
	at := 0
	for _, n := range sizes[:len(sizes)-1] {
		if at += n; !slices.Contains(seams, at) {
			return false
		}
	}
	return true
}

// plausible reports whether people group a number so: by few or by single digits.
func plausible(sizes []int) bool {
	return len(sizes) <= 6 || slices.Max(sizes) == 1
}

// isPhone reports whether digits are a mobile number or a landline with its area
// code, grouped as people do.
func isPhone(s, digits string, sizes []int, number []group) bool {
	plus := number[0].start > 0 && s[number[0].start-1] == '+' || strings.HasPrefix(digits, "0086") ||
		len(number) > 1 && number[0].end-number[0].start == 2 && number[1].gap == "-"
	for _, country := range []string{"0086", "86"} {
		if rest, ok := strings.CutPrefix(digits, country); ok {
			if cut := without(sizes, len(country)); cut != nil && (isMobile(rest, cut, s, number) || isLandline(rest, cut) ||
				plus && abroad.MatchString(rest)) {
				return true
			}
		}
	}
	return isMobile(digits, sizes, s, number) || isLandline(digits, sizes)
}

// without returns the sizes of the groups behind a country code of so many digits,
// nil when a group ends inside it.
func without(sizes []int, code int) []int {
	switch {
	case sizes[0] == code && len(sizes) > 1:
		return sizes[1:]
	case sizes[0] > code:
		rest := slices.Clone(sizes)
		rest[0] -= code
		return rest
	}
	return nil
}

func isMobile(digits string, sizes []int, s string, number []group) bool {
	if len(digits) != 11 || !mobile.MatchString(digits) {
		return false
	}
	if isOneOf(sizes, "11", "3 4 4", "3 8", "7 4", "3 3 5") {
		return true
	}
	for _, g := range number[1:] {
		if strings.ContainsAny(g.gap, "\t\n") { // a table
			return false
		}
	}
	if len(sizes) == len(digits) {
		return true
	}
	if slices.Max(sizes) == 2 && sizes[0] == 2 && len(sizes) == 6 { // 13-81-23-45-67-8
		return !strings.ContainsAny(s[number[0].end:number[1].start], " ")
	}
	return sizes[0] >= 3 && len(sizes) <= 5 && slices.Min(sizes) >= 2
}

func isLandline(digits string, sizes []int) bool {
	if len(digits) < 10 || len(digits) > 12 || !landline.MatchString(digits) {
		return false
	}
	area := 4
	if digits[1] <= '2' {
		area = 3
	}
	return len(sizes) == 1 || atSeams(sizes, area, area+3, area+4) && sizes[0] == area
}

// isCard reports whether digits are the number of a bank card: by its length, its
// groups and its last digit (Luhn).
func isCard(digits string, sizes []int) bool {
	if len(digits) < 16 || len(digits) > 19 || strings.IndexByte("34569", digits[0]) < 0 {
		return false
	}
	if len(sizes) > 1 && !atSeams(sizes, 4, 8, 12, 16) && !isOneOf(sizes, "6 13", "6 10") && slices.Max(sizes) > 1 {
		return false
	}
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0 && strings.Count(digits, digits[:1]) < len(digits)
}

// isSum reports whether a number is a quantity: a decimal, in thousands, or with
// a unit behind it or the sign of a currency before.
func (t reading) isSum(sizes []int, number, rest []group) bool {
	s := t.plain
	start, end := number[0].start, number[len(number)-1].end
	if number[0].gap == "." && len(number) == 1 && strings.HasSuffix(s[:start], "0.") && (start < 3 || !isDigit(s[start-3])) {
		return true
	}
	if len(rest) > 0 && rest[0].gap == "." && rest[0].end-rest[0].start <= 2 && len(number) == 1 &&
		(len(rest) == 1 || rest[1].gap != ".") {
		return true
	}
	thousands := len(sizes) > 2 && sizes[0] <= 3
	for _, n := range sizes[1:] {
		thousands = thousands && n == 3
	}
	if thousands || counts(s[end:min(len(s), end+16)]) {
		return true
	}
	before := s[max(0, start-4):start]
	return strings.HasSuffix(before, "¥") || strings.HasSuffix(before, "￥") || strings.HasSuffix(before, "$")
}

// isOneOf reports whether the sizes of the groups are one of those written.
func isOneOf(sizes []int, forms ...string) bool {
	return slices.ContainsFunc(forms, func(form string) bool {
		for i, n := range sizes {
			word, rest, _ := strings.Cut(form, " ")
			if word != strconv.Itoa(n) || (rest == "") != (i == len(sizes)-1) {
				return false
			}
			form = rest
		}
		return true
	})
}

// date returns how many groups a day takes at the beginning of a run: 2017.6.22.
func date(s string, run []group) int {
	const groups = 3
	if len(run) < groups || run[0].end-run[0].start != 4 || run[1].gap != run[2].gap || strings.IndexByte("-./_", run[1].gap[0]) < 0 {
		return 0
	}
	year, month, day := s[run[0].start:run[0].end], s[run[1].start:run[1].end], s[run[2].start:run[2].end]
	if year < "1900" || year > "2099" || !below(month, 12) || !below(day, 31) {
		return 0
	}
	return groups
}

// below reports whether one or two digits are a number from 1 to most.
func below(digits string, most int) bool {
	if len(digits) > 2 {
		return false
	}
	n := 0
	for i := range len(digits) {
		n = 10*n + int(digits[i]-'0')
	}
	return n >= 1 && n <= most
}

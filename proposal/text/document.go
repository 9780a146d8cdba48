package text

import (
	"regexp"
	"strings"
)

// What stands on papers and vehicles: letters and digits.
var (
	// E12345678 and EA1234567 are of today, G12345678 of before 2012, C and W those of
	// 港澳 and 台湾; the digits may be grouped.
	passportForm = regexp.MustCompile(`(?i)(?:E[ .-]?\d|E[A-HJ-NP-Z][ .-]?\d|G[ .-]?\d)(?:[ .-]?\d){6,7}`)
	passportWord = regexp.MustCompile(`(?i)(?:护照|通行证|旅行证|回乡证|台胞证|passport)[ :]?(?:号码|编号|号|number|no\.?)?[ :是为(\[.-]{0,6}([A-Z]{0,3}[ .-]?\d(?:[ .-]?[A-Z\d]){4,11})`)

	// 渝A12345, 渝A·1234学, 渝AD12345: with three figures at least, no English word is one.
	plateForm = regexp.MustCompile(`(?i)[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ ._-]{0,2}[A-Z](?:[ ._-]{0,2}[A-HJ-NP-Z0-9]){4,6}[挂学警港澳领使]?`)
	plateTail = regexp.MustCompile(`^(?:[A-HJ-NP-Z0-9]{5}|[A-HJ-NP-Z0-9]{4}[挂学警港澳领使]|[A-HJ-K][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJ-K])$`)
)

// passports finds the numbers of passports and travel permits.
func (t reading) passports() []Contact {
	var found []Contact
	for _, at := range passportForm.FindAllStringIndex(t.plain, -1) {
		start, end := at[0], at[1]
		number := joined(t.plain[start:end])
		figures := strings.TrimLeft(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		if len(number) != 9 || stuck(t.plain, start, end) || isDay(figures) || isPart(t.plain, start, end) {
			continue
		}
		found = append(found, Contact{Passport, start, end})
	}
	for _, at := range passportWord.FindAllStringSubmatchIndex(t.plain, -1) {
		start, end := at[2], at[3]
		if figures := countDigits(t.plain[start:end]); figures < 5 || stuck(t.plain, start, end) || counts(t.plain[end:]) {
			continue
		}
		found = append(found, Contact{Passport, start, end})
	}
	return found
}

// plates finds number plates of vehicles.
func (t reading) plates() []Contact {
	const province = len("京")
	var found []Contact
	for _, at := range plateForm.FindAllStringIndex(t.plain, -1) {
		start, end := at[0], at[1]
		number := joined(t.plain[start+province : end])
		if stuck(t.plain, start, end) || countDigits(number[1:]) < 3 || !plateTail.MatchString(number[1:]) {
			continue
		}
		found = append(found, Contact{Plate, start, end})
	}
	return found
}

// joined leaves out the signs between the groups, and makes letters capital.
func joined(s string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" ._-", r) {
			return -1
		}
		return r
	}, s))
}

// stuck reports whether a word goes on before or after what was found in it.
func stuck(s string, start, end int) bool {
	return start > 0 && isASCIIWord(s[start]) && isASCIIWord(s[start-1]) || end < len(s) && isASCIIWord(s[end]) && isASCIIWord(s[end-1])
}

// isDay reports whether eight figures begin as a day does: 20240123.
func isDay(figures string) bool {
	return len(figures) == 8 && (strings.HasPrefix(figures, "19") || strings.HasPrefix(figures, "20")) &&
		below(figures[4:6], 12) && below(figures[6:], 31)
}

func countDigits(s string) (n int) {
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

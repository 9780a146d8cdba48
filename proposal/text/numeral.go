package text

import (
	"strconv"
	"strings"
)

// numeral reads a number from 1 to 99 in digits or in Chinese.
func numeral(s string) (int, bool) {
	if n, err := strconv.Atoi(s); err == nil {
		return n, n >= 1 && n <= 99 && len(s) <= 2
	}
	tens, ones, found := strings.Cut(s, "十")
	switch {
	case !found:
		n := figure(s)
		return n, n > 0
	case tens == "" && ones == "":
		return 10, true
	}
	n := 10
	if tens != "" {
		n = 10 * figure(tens)
	}
	if ones != "" {
		if figure(ones) <= 0 {
			return 0, false
		}
		n += figure(ones)
	}
	return n, n >= 10
}

const figures = "一二三四五六七八九"

// figure returns what one Chinese figure stands for, 0 when it is none.
func figure(s string) int {
	at := strings.Index(figures, s)
	if at < 0 || len(s) != len("一") {
		return 0
	}
	return at/len("一") + 1
}

// Numeral writes a number from 1 to 99 in Chinese, such as 二十一, and any other in
// digits.
func Numeral(n int) string {
	one := func(n int) string {
		if n == 0 {
			return ""
		}
		return figures[(n-1)*len("一") : n*len("一")]
	}
	switch {
	case n < 1 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return one(n)
	case n < 20:
		return "十" + one(n-10)
	}
	return one(n/10) + "十" + one(n%10)
}

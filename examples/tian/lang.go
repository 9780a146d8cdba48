package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/tian-go/tian/proposal/workflow"
)

// languageOf returns the language that a command line asks for: by --lang, by
// TIAN_LANG, or by the locale. It is zh or en; English where nothing says.
func languageOf(args []string) (string, error) {
	for i, a := range args {
		if a == "--" {
			break
		}
		value, is := strings.CutPrefix(a, "--lang=")
		if a == "--lang" && i+1 < len(args) {
			value, is = args[i+1], true
		}
		switch {
		case is && value != "zh" && value != "en":
			return "en", said("--lang：“%s”既不是 zh 也不是 en", "--lang: %q is neither zh nor en", value)
		case is:
			return value, nil
		}
	}
	for _, name := range []string{"TIAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		switch value := strings.ToLower(os.Getenv(name)); {
		case value == "":
			continue
		case strings.HasPrefix(value, "zh"):
			return "zh", nil
		default:
			return "en", nil
		}
	}
	return "en", nil
}

// t returns one of two texts, by the language.
func (c *console) t(zh, en string) string {
	if c.lang == "zh" {
		return zh
	}
	return en
}

// spoken is an error of this command's own, in both languages.
type spoken struct{ zh, en string }

func (e *spoken) Error() string { return e.en }

// said makes a spoken error of two formats with the same arguments.
func said(zh, en string, args ...any) error {
	return &spoken{fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)}
}

// errorText is an error in one line, in the language where it has one.
func (c *console) errorText(err error) string {
	text := err.Error()
	var invalid *workflow.InvalidError
	if errors.As(err, &invalid) {
		text = strings.Replace(text, invalid.Error(), c.t(invalid.ZH, invalid.EN), 1)
	}
	var own *spoken
	if errors.As(err, &own) {
		text = strings.Replace(text, own.en, c.t(own.zh, own.en), 1)
	}
	var refused *workflow.RefusedError
	if errors.As(err, &refused) {
		var why []string
		for _, b := range refused.Blockers {
			why = append(why, c.t(b.ZH, b.EN))
		}
		text = strings.Replace(text, refused.Error(), strings.Join(why, c.t("；", "; ")), 1)
	}
	if c.lang == "zh" {
		text = inChinese(text)
	}
	return strings.Join(strings.Fields(text), " ")
}

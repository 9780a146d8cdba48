package main

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"
)

// speak has a command and all below it say in the language of the console what
// cobra says in English, and fits what they say to the screen.
func (c *console) speak(cmd *cobra.Command) {
	cmd.Long = flowed(cmd.Long)
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	for name, zh := range map[string]string{
		"help": "显示帮助", "version": "输出版本", "in": "读取的文件，或 - 表示标准输入",
		"db": "数据库：SQLite 文件、postgres://… 或 mysql://用户:口令@主机:端口/库名",
	} {
		if f := cmd.Flags().Lookup(name); f != nil {
			f.Usage = c.t(zh, f.Usage)
		}
	}
	for _, sub := range cmd.Commands() {
		switch sub.Name() {
		case "help":
			sub.Short = c.t("显示某个命令的帮助", sub.Short)
		case "completion":
			sub.Short = c.t("生成命令行补全脚本", sub.Short)
			continue
		}
		c.speak(sub)
	}
}

// usage is cobra's template in the language, with flags that fit the screen.
func (c *console) usage(template string) string {
	words := []string{
		".LocalFlags.FlagUsages", ".LocalFlags.FlagUsagesWrapped 80", ".InheritedFlags.FlagUsages", ".InheritedFlags.FlagUsagesWrapped 80",
	}
	if c.lang == "zh" {
		words = append(words, "Usage:", "用法：", "Aliases:", "别名：", "Examples:", "示例：", "Available Commands:", "命令：",
			"Additional Commands:", "其他命令：", "Global Flags:", "通用选项：", "Flags:", "选项：", "Additional help topics:", "其他说明：",
			`Use "{{.CommandPath}} [command] --help" for more information about a command.`, `用“{{.CommandPath}} 命令 --help”查看某个命令的详细说明。`)
	}
	return strings.NewReplacer(words...).Replace(template)
}

// flowed lays paragraphs out anew for the screen. Lines that are set in stay as
// they are.
func flowed(text string) string {
	var out []string
	paragraph := ""
	end := func() {
		if paragraph != "" {
			out = append(out, filled(paragraph)...)
			paragraph = ""
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		switch {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, " ") || strings.ContainsAny(line[:1], "{}[]"):
			end()
			out = append(out, line)
		case paragraph == "":
			paragraph = line
		default:
			before, _ := utf8.DecodeLastRuneInString(paragraph)
			after, _ := utf8.DecodeRuneInString(line)
			if before < wideFrom && after < wideFrom || before < wideFrom && after >= wideFrom && before != ' ' {
				paragraph += " "
			}
			paragraph += line
		}
	}
	end()
	return strings.Join(out, "\n")
}

// wideFrom is the first of the characters that take two places.
const wideFrom = 0x2E80

// filled breaks a paragraph into lines: at spaces, and between Chinese characters
// but not before a sign that ends something.
func filled(paragraph string) []string {
	width := (&runewidth.Condition{}).StringWidth
	var lines []string
	line := ""
	for _, piece := range pieces.FindAllString(paragraph, -1) {
		if line != "" && width(line+strings.TrimRight(piece, " ")) > screen {
			lines = append(lines, strings.TrimRight(line, " "))
			line = ""
		}
		line += piece
	}
	return append(lines, strings.TrimRight(line, " "))
}

// pieces are what no line is broken within: a word, or a Chinese character, with
// what belongs to it.
var pieces = regexp.MustCompile(`[（“《]*(?:[^\s\p{Han}，。；：、！？）”》（“《]+|\p{Han}|[，。；：、！？）”》（“《])[，。；：、！？）”》]*\s*|\s+`)

// toldInChinese gives in Chinese what cobra and the system say in English.
var toldInChinese = []struct { //nolint:gochecknoglobals // a constant
	english *regexp.Regexp
	chinese string
}{
	{regexp.MustCompile(`^unknown command "(.*)" for "(.*)"`), "${2} 没有命令“${1}”"},
	{regexp.MustCompile(`^unknown (?:shorthand )?flag: (.*)`), "没有选项 ${1}"},
	{regexp.MustCompile(`^flag needs an argument: (.*)`), "选项 ${1} 后面须有值"},
	{regexp.MustCompile(`^invalid argument "(.*)" for "(.*)" flag: .*`), "选项 ${2} 的值“${1}”不合格"},
	{regexp.MustCompile(`^accepts (\d+) arg\(s\), received (\d+)`), "须有${1}个参数，给出了${2}个"},
	{regexp.MustCompile(`^if any flags in the group \[(.*)\] are set none of the others can be.*`), "选项 ${1} 不能同时使用"},
	{regexp.MustCompile(`open (.*): no such file or directory`), "没有文件 ${1}"},
	{regexp.MustCompile(`open (.*): permission denied`), "没有权限打开 ${1}"},
	{regexp.MustCompile(`invalid character '.*' looking for beginning of value|unexpected end of JSON input`), "不是完整的 JSON"},
	{regexp.MustCompile(`^standard input: `), "标准输入："},
	{regexp.MustCompile(`cannot read request: `), "不能读取："},
}

// inChinese is an error text in Chinese, as far as it is known.
func inChinese(text string) string {
	for _, told := range toldInChinese {
		text = told.english.ReplaceAllString(text, told.chinese)
	}
	return text
}

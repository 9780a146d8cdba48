package ledger

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger/sheet"
	"github.com/tian-go/tian/proposal/text"
)

// What a later stage would refuse. It is refused on reading instead, so that a
// row goes in whole or not at all. The limits are the library's.
const (
	maxNumber = 64   // bytes
	maxUnit   = 100  // bytes
	maxWord   = 200  // bytes of a place, level, class, opinion or category
	maxText   = 1000 // bytes of a session or organisation
)

// read fills the row from a record, or says what is wrong with it.
func (r *Row) read(rec sheet.Row, order places, means reading, table *Table) *Refusal {
	if sum := sumOf(rec.Cells); sum != "" {
		return r.refused("row_total", "“%s”是合计行，不是提案", "%q: the row is a total and no proposal", sum)
	}
	values, from := make(map[string]string, len(order)), make(map[string]int, len(order))
	for _, name := range Columns() {
		for i, at := range order[name] {
			value, refused := r.value(name, rec.Cells[at], means, &table.Columns[at])
			switch {
			case refused != nil:
				return refused
			case i == 0 || values[name] == "":
				values[name], from[name] = value, at
			case value == "" || text.Narrow(value) == text.Narrow(values[name]):
			case isList(name):
				values[name] += ";" + value
			default:
				return r.refused(name+"_twice", "“%s”与“%s”两列都是同一内容，却填写不同：“%s”与“%s”；可用列名对照表把其中一列列入 ignore",
					"the columns %q and %q mean the same and say different things, %q and %q: a map can name one of them under ignore",
					table.Columns[from[name]].Header, table.Columns[at].Header, short(values[name]), short(value))
			}
		}
	}
	r.Place, r.Level, r.Session, r.Number, r.Title = values["place"], values["level"], values["session"], values["number"], values["title"]
	r.Category, r.ProposerKind, r.ProposerOrg = values["category"], values["proposer_kind"], values["proposer_org"]
	r.Class, r.Opinion, r.Source = values["answer_class"], values["opinion"], values["source"]
	r.Key, r.Outcome = values["key"] == "yes", values["outcome"]
	r.Attitude, r.Timing = values["attitude"], values["timing"]
	r.Published, r.Promised = text.Spell(values["published"]), text.Spell(values["promised"])
	r.Document, r.Signer = text.Document(values["document"]), text.Spell(values["signer"])
	if year := strings.TrimSuffix(strings.TrimSuffix(sheet.WesternFigures(text.Narrow(values["year"])), "度"), "年"); year != "" {
		var err error
		if r.Year, err = strconv.Atoi(year); err != nil || r.Year < 1949 || r.Year > 9999 {
			return r.refused("year_malformed", "“%s”不是年份，应如2022", "%q is not a year such as 2022", short(year))
		}
	}
	if refused := r.readDates(rec, from, values); refused != nil {
		return refused
	}
	if refused := r.readUnits(values, means); refused != nil {
		return refused
	}
	if r.assigned() && slices.Contains([]string{OutcomeRefuse, OutcomeRefer, OutcomeReturn, OutcomeSettle, OutcomePending}, r.Outcome) {
		return r.refused("outcome_contradicts", "未立案，却有承办单位、交办日期、答复或评价", "it was not filed, and has a unit, an assignment, a reply or an opinion")
	}
	return r.opens()
}

// value reads one cell of a column.
func (r *Row) value(name, cell string, means reading, column *Column) (string, *Refusal) {
	if refused := checkCell(name, cell); refused != nil {
		refused.Sheet, refused.Line, refused.header, refused.cells = r.Sheet, r.Line, r.header, r.cells
		return "", refused
	}
	value := strings.TrimSpace(cell)
	if name != "title" && name != "source" && means.isNothing(value) {
		return "", nil
	}
	if slices.Contains([]string{"#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#N/A"}, value) {
		return "", r.refused(name+"_error_value", "公式出错：“%s”", "a formula failed: %q", value)
	}
	if !slices.Contains(codedColumns(), name) {
		return value, nil
	}
	key := ""
	for _, word := range text.Units(value) { // 性质 may say several things at once
		one := means.word(name, word)
		switch {
		case !slices.Contains(keysOf(name), one):
			column.puzzles(one)
			return "", r.refused(name+"_unknown", "“%s”不是可识别的值，可用：%s", "%q is none of %s", short(one), strings.Join(keysOf(name), ", "))
		case name == "key" && (key == "yes" || one == "yes"):
			key = "yes"
		case key != "" && key != one:
			return "", r.refused(name+"_several", "“%s”有几个不同的值", "%q says several things", short(value))
		default:
			key = one
		}
	}
	return key, nil
}

// sumOf returns the word by which a row says that it sums up others, "" for none.
func sumOf(cells []string) string {
	for _, c := range cells {
		if len(c) > longestHeader {
			continue
		}
		switch word := heading(c); word {
		case "合计", "总计", "小计", "共计":
			return word
		}
	}
	return ""
}

func (r *Row) readUnits(values map[string]string, means reading) *Refusal {
	leads := means.units(values["lead_unit"], "")
	if r.LeadUnit = ""; len(leads) == 1 {
		r.LeadUnit = leads[0]
	}
	r.CoUnits = means.units(values["co_units"], r.LeadUnit)
	r.SeparateUnits = means.units(values["separate_units"], r.LeadUnit)
	if len(leads) > 1 { // 承办单位 of which none is said to lead
		r.SeparateUnits = means.units(strings.Join(append(leads, r.SeparateUnits...), ";"), "")
	}
	r.SeparateUnits = slices.DeleteFunc(r.SeparateUnits, func(u string) bool { return slices.Contains(r.CoUnits, u) })
	if r.LeadUnit == "" && len(r.SeparateUnits) > 0 && len(r.CoUnits) > 0 {
		return r.refused("lead_unit_ambiguous", "有协办单位，却有多个或没有主办单位", "there are co-units, and several lead units or none")
	}
	r.Cosigners = means.list(text.Units(values["cosigners"]), "")
	const mostUnits = 100
	all := slices.Concat(r.CoUnits, r.SeparateUnits, r.Cosigners)
	if len(all) > mostUnits {
		return r.refused("units_too_many", "这一行有%d个单位或联名人，超过%d个", "the row names %d units and co-signers, more than %d", len(all), mostUnits)
	}
	for _, unit := range append(all, r.LeadUnit) {
		if len(unit) > maxUnit {
			return r.refused("unit_too_long", "单位“%s”有%d字节，超过%d字节", "the unit %q has %d bytes, more than %d", short(unit), len(unit), maxUnit)
		}
	}
	return nil
}

// puzzles keeps a word that was not understood, if it is one of the first.
func (c *Column) puzzles(word string) {
	const most = 5
	if word = short(word); len(c.Words) < most && !slices.Contains(c.Words, word) {
		c.Words = append(c.Words, word)
	}
}

// isList reports whether a cell of the column holds several names.
func isList(name string) bool {
	return name == "co_units" || name == "lead_unit" || name == "separate_units" || name == "cosigners"
}

// opens asks the library whether a proposal may be opened with what the row
// says: its title, its proposer's kind.
func (r *Row) opens() *Refusal {
	own := proposal.DefaultRules()
	own.EnterFor = []string{Registrar}
	err := entering(*r).Apply(&proposal.Act{Rules: own, Roles: []string{Registrar}}, new(proposal.Proposal))
	if err == nil {
		return nil
	}
	return refusal(*r, err)
}

// units splits a list of units. One printed twice, or as the lead too, has one
// part, and what says that there is none has none.
func (r reading) units(cell, lead string) []string {
	var names []string //nolint:prealloc // a cell has few
	for _, name := range text.Units(cell) {
		names = append(names, r.joined.apart(name)...)
	}
	return r.list(names, lead)
}

// list leaves out of names what is there twice, the lead, and what says that there
// is none.
func (r reading) list(names []string, lead string) []string {
	seen := map[string]bool{text.Narrow(lead): true}
	var list []string
	for _, unit := range names {
		if key := text.Narrow(unit); !seen[key] && !r.isNothing(unit) {
			seen[key] = true
			list = append(list, unit)
		}
	}
	return list
}

// checkCell refuses what no record can hold.
func checkCell(name, cell string) *Refusal {
	most := maxWord
	switch name {
	case "number":
		most = maxNumber
	case "session", "proposer_org", "published", "promised":
		most = maxText
	case "title", "co_units", "lead_unit", "separate_units", "cosigners", "source":
		most = 1 << 16 // the title has a limit in characters, which the library knows, a unit its own
	}
	control := unicode.IsControl
	switch {
	case name == "source":
		control = func(r rune) bool { return r == 0 }
	case isList(name), slices.Contains([]string{"published", "promised", "document", "signer"}, name):
		control = func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }
	}
	switch {
	case !utf8.ValidString(cell):
		return newRefusal(name+"_not_utf8", "文字编码与文件其余部分不同，不能读取", "the text is not UTF-8")
	case strings.IndexFunc(cell, control) >= 0:
		return newRefusal(name+"_control_character", "含有换行等控制字符", "the text holds a control character, such as the end of a line")
	case len(cell) > most:
		return newRefusal(name+"_too_long", "有%d字节，超过%d字节", "the text has %d bytes, more than %d", len(cell), most)
	}
	return nil
}

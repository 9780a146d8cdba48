package main

import (
	"slices"

	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// home is the conference whose desk this is.
const home = "xiushan"

// The units of the sample, under the names by which their people act.
const (
	market  = "县市场监管局"
	housing = "县住房城乡建委"
	traffic = "县交通运输局"
	health  = "县卫生健康委"
)

// person is somebody who can sign in. A host has a table of them, and asks for
// more than a click.
type person struct {
	workflow.Actor
	Name, Post lifecycle.Label
	Desk       []string // the lists that lie on it, as room/list
	Figures    bool     // may read the annual report
}

func named(zh, en string) lifecycle.Label { return lifecycle.Label{ZH: zh, EN: en} }

// people are those who ship with the example, made up.
func people() []person {
	memberDesk := []string{"proposals/to_submit", "proposals/to_sign", "proposals/to_judge", "proposals/mine", "consultations/mine"}
	unitDesk := []string{"proposals/open_parts", "proposals/to_issue", "consultations/our_items", "consultations/to_answer_opinions"}
	all := []workflow.Grant{{Role: "committee", Body: ledger.Root}} // sees what the sample ledger holds
	at := func(id, unit string, roles ...string) workflow.Actor {
		return workflow.Actor{ID: id, Body: home, Unit: unit, Roles: roles}
	}
	committee := at("c-01", "", "committee")
	committee.Grants = all
	return []person{
		{Actor: at("m-017", "", "member"), Name: named("王丽", "Wang Li"), Post: named("委员", "member"), Desk: memberDesk},
		{Actor: at("m-018", "", "member"), Name: named("陈刚", "Chen Gang"), Post: named("委员", "member"), Desk: memberDesk},
		{
			Actor: committee, Name: named("李敏", "Li Min"), Post: named("提案委", "proposals committee"), Figures: true,
			Desk: []string{"proposals/to_review", "proposals/to_supervise", "proposals/supervised", "proposals/to_close", "proposals/due"},
		},
		{
			Actor: at("o-01", "", "office"), Name: named("赵强", "Zhao Qiang"), Post: named("交办机构", "assigning office"), Figures: true,
			Desk: []string{"proposals/to_assign", "proposals/objections", "proposals/due", "proposals/to_close", "consultations/to_hold", "consultations/to_confirm", "consultations/to_close"},
		},
		{Actor: at("k-11", market), Name: named("周洁", "Zhou Jie"), Post: named(market+"·经办", "market bureau, clerk"), Desk: unitDesk},
		{Actor: at("k-12", market), Name: named("吴峰", "Wu Feng"), Post: named(market+"·签发", "market bureau, signs"), Desk: unitDesk},
		{Actor: at("k-21", housing), Name: named("孙燕", "Sun Yan"), Post: named(housing+"·经办", "housing commission, clerk"), Desk: unitDesk},
		{Actor: at("k-22", housing), Name: named("郑凯", "Zheng Kai"), Post: named(housing+"·签发", "housing commission, signs"), Desk: unitDesk},
		{
			Actor: at("l-01", "", "leader"), Name: named("冯静", "Feng Jing"), Post: named("督办领导", "leader"), Figures: true,
			Desk: []string{"proposals/to_supervise", "proposals/supervised", "proposals/due"},
		},
	}
}

// personOf returns who has an account; the zero person, the public, when nobody
// here has.
func personOf(account string) (person, bool) {
	all := people()
	i := slices.IndexFunc(all, func(p person) bool { return p.ID == account })
	if i < 0 {
		return person{Name: named("公众", "the public")}, false
	}
	return all[i], true
}

// nameOf is what an account is called on a page.
func nameOf(lang, account string) string {
	if p, known := personOf(account); known {
		return p.Name.In(lang, account)
	}
	return account
}

// visitor is who asks, and how.
type visitor struct {
	person
	In   bool   // somebody has signed in
	Lang string // zh or en
}

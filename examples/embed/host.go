package main

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm/clause"
)

// The host's own tables. The library knows none of them.

// User is somebody with an account.
type User struct {
	ID    string `gorm:"primaryKey;size:64"`
	Token string `gorm:"uniqueIndex;size:64"` // in place of a login
	Body  string `gorm:"size:64"`
	Unit  string `gorm:"size:64"`
	Roles string `gorm:"size:200"` // separated by blanks
}

// Delegation (代办) lets one user act in the name of another for some time.
type Delegation struct {
	ID       uint   `gorm:"primaryKey"`
	Delegate string `gorm:"size:64;index"` // who acts
	Name     string `gorm:"size:64"`       // in whose name
	Begins   time.Time
	Ends     time.Time
}

// Receipt (收文登记) is what the host notes of a proposal as it comes in, in the
// transaction that opens it: there is no receipt without a proposal, and no
// proposal of this application's without a receipt.
type Receipt struct {
	ProposalID string `gorm:"primaryKey;size:64"`
	Channel    string `gorm:"size:40"` // 网上、来函、会上
	Pages      int
	At         time.Time
}

// Board has a row for each proposal, which the host writes in each commit of the
// library's: for its own queries, joined with its own tables.
type Board struct {
	ProposalID string `gorm:"primaryKey;size:64"`
	Revision   uint64
	State      string `gorm:"size:64"`
}

// Notice is what somebody is to be told. It is written once for each entry of the
// feed that calls for it.
type Notice struct {
	Position   uint64 `gorm:"primaryKey;autoIncrement:false"` // of the entry
	Recipient  string `gorm:"primaryKey;size:64"`             // a unit, or a role of the body
	ProposalID string `gorm:"size:64"`
	Text       string `gorm:"size:400"`
}

func tables() []any { return []any{&User{}, &Delegation{}, &Receipt{}, &Board{}, &Notice{}} }

// firstUsers fills an empty table, so that the application can be tried. Its
// tokens are the names of roles.
func (a *app) firstUsers(ctx context.Context) error {
	users := []User{
		{ID: "m-017", Token: "member", Body: "xiushan", Roles: "member"},
		{ID: "m-018", Token: "another", Body: "xiushan", Roles: "member"},
		{ID: "s-01", Token: "secretary", Body: "xiushan"},
		{ID: "c-01", Token: "committee", Body: "xiushan", Roles: "committee"},
		{ID: "o-01", Token: "office", Body: "xiushan", Roles: "office"},
		{ID: "k-01", Token: "clerk", Body: "xiushan", Unit: "market-bureau"},
		{ID: "a-01", Token: "admin", Body: "xiushan", Roles: "administrator"},
	}
	return a.db.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&users).Error
}

func (u User) roles() []string { return strings.Fields(u.Roles) }

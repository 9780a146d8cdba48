package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// handler answers a request of somebody who has logged in, or of the public (the
// zero Actor) where there is no token.
type handler func(r *http.Request, who proposal.Actor) (answer any, err error)

// errNoLogin says that a token is nobody's, or that one acts for somebody without
// being let.
var errNoLogin = errors.New("no such login")

// login returns the actor who sends a request. The library believes it.
func (a *app) login(r *http.Request) (proposal.Actor, error) {
	token, given := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if cookie, err := r.Cookie("token"); !given && err == nil {
		token, given = cookie.Value, true
	}
	if !given {
		return proposal.Actor{}, nil
	}
	var user User
	if err := a.db.WithContext(r.Context()).Where("token = ?", token).Take(&user).Error; err != nil {
		return proposal.Actor{}, notFoundIs(err, errNoLogin)
	}
	who := proposal.Actor{ID: user.ID, Body: user.Body, Unit: user.Unit, Roles: user.roles()}
	return a.inNameOf(r, who)
}

// inNameOf lets an actor act in the name of another (代办) where the host's table
// says so today. The journal names both.
func (a *app) inNameOf(r *http.Request, who proposal.Actor) (proposal.Actor, error) {
	name := r.Header.Get("In-Name-Of")
	if name == "" {
		return who, nil
	}
	var leave Delegation
	var other User
	now := time.Now()
	rows := a.db.WithContext(r.Context())
	err := rows.Where("delegate = ? AND name = ? AND begins <= ? AND ends > ?", who.ID, name, now, now).Take(&leave).Error
	if err == nil {
		err = rows.Where("id = ? AND body = ?", name, who.Body).Take(&other).Error
	}
	if err != nil {
		return proposal.Actor{}, notFoundIs(err, errNoLogin)
	}
	who.For, who.Roles = other.ID, other.roles()
	return who, nil
}

func notFoundIs(err, then error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return then
	}
	return err
}

// handled turns a handler into one of net/http's: it says who asks, and what an
// error means.
func (a *app) handled(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, err := a.login(r)
		var answer any
		if err == nil {
			answer, err = h(r, who)
		}
		if err != nil {
			refuse(w, err)
			return
		}
		write(w, http.StatusOK, answer)
	})
}

// administer is for what the host lets its administrators do only.
func (a *app) administer(h handler) handler {
	return func(r *http.Request, who proposal.Actor) (any, error) {
		for _, role := range who.Roles {
			if role == workflow.Administrator && who.For == "" {
				return h(r, who)
			}
		}
		return nil, errNoLogin
	}
}

// statuses are those of the library's codes.
var statuses = map[string]int{ //nolint:gochecknoglobals // a table
	"not_found": http.StatusNotFound, "conflict": http.StatusConflict, "refused": http.StatusUnprocessableEntity,
	"denied": http.StatusForbidden, "invalid": http.StatusBadRequest, "rewound": http.StatusGone,
}

// refuse tells what was wrong, in Chinese and English, with every reason.
func refuse(w http.ResponseWriter, err error) {
	if errors.Is(err, errNoLogin) {
		write(w, http.StatusUnauthorized, map[string]string{"code": "no_login"})
		return
	}
	why := workflow.Explain(err)
	status, known := statuses[why.Code]
	if !known {
		status = http.StatusInternalServerError
	}
	write(w, status, why)
}

func write(w http.ResponseWriter, status int, answer any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer) //nolint:errchkjson // whoever asked is gone
}

package main

import (
	"net/http"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal"
)

// unit is what handles proposals in every district.
const unit = "market-bureau"

// login returns the actor who sends a request, in place of what a host has for it:
// a token is the body and what somebody is there, as xiushan.committee. Without one it
// is the public; false says that a token is nobody's.
func login(r *http.Request) (proposal.Actor, bool) {
	token, given := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !given {
		return proposal.Actor{}, r.Header.Get("Authorization") == ""
	}
	return somebody(token)
}

func somebody(token string) (proposal.Actor, bool) {
	body, as, _ := strings.Cut(token, ".")
	if body != city && !slices.Contains(districts(), body) {
		return proposal.Actor{}, false
	}
	who := proposal.Actor{ID: body + "-" + as, Body: body}
	switch as {
	case "member", "committee", "office", "administrator":
		who.Roles = []string{as}
	case "clerk", "chief":
		who.Unit = unit
	default:
		return proposal.Actor{}, false
	}
	return who, true
}

package main

import (
	"net/http"
	"net/url"
	"strings"
)

func (d *desk) signInPage(w http.ResponseWriter, r *http.Request) {
	d.show(w, r, http.StatusOK, "signin", map[string]any{"People": people()})
}

// signIn believes whoever says so. A host asks for a password, a certificate or
// its single sign-on here, and from then on only the session counts.
func (d *desk) signIn(w http.ResponseWriter, r *http.Request) {
	p, known := personOf(r.PostFormValue("account"))
	if !known {
		d.tell(w, r, http.StatusBadRequest, named("没有这个账号。", "There is no such account."))
		return
	}
	if err := d.sessions.RenewToken(r.Context()); err != nil {
		d.fail(w, r, err)
		return
	}
	d.sessions.Put(r.Context(), "account", p.ID)
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (d *desk) signOut(w http.ResponseWriter, r *http.Request) {
	lang := d.visitor(r).Lang
	if err := d.sessions.Clear(r.Context()); err != nil {
		d.fail(w, r, err)
		return
	}
	d.sessions.Put(r.Context(), "lang", lang)
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// speak changes the language and goes back to the page.
func (d *desk) speak(w http.ResponseWriter, r *http.Request) {
	if lang := r.PostFormValue("lang"); lang == "zh" || lang == "en" {
		d.sessions.Put(r.Context(), "lang", lang)
	}
	back := "/"
	if u, err := url.Parse(r.PostFormValue("back")); err == nil && u.Host == "" && u.Scheme == "" && strings.HasPrefix(u.Path, "/") {
		back = u.RequestURI()
	}
	http.Redirect(w, r, back, http.StatusSeeOther) //nolint:gosec // without a host
}

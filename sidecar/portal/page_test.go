package portal_test

import (
	"context"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

func TestLinksThatDoNotWorkSaySo(t *testing.T) {
	var passed atomic.Int64
	s := start(t, sidecartest.Options{Clock: func() time.Time { return time.Now().Add(time.Duration(passed.Load())) }})
	id, used := invite(t, s, policy.Scope{})
	v := visit(t, s)
	v.open(t, used)
	v.fill(t, "/portal/setup/password", url.Values{"name": {"Ann"}, "password": {herons}}).want(t, 200, "<h1>Your access</h1>")
	stored, err := s.Owner.Clients().Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	visit(t, s).open(t, used).want(t, 410, "<h1>This link does not work</h1>", "This link was used already.", `<a class="button" href="/portal/sign-in">`)
	if _, err := s.Owner.Clients().Delete(t.Context(), id, stored.Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	id, revoked := invite(t, s, policy.Scope{})
	late := visit(t, s)
	late.open(t, revoked).want(t, 200, "<h1>Set up your account</h1>")
	if _, err := s.Owner.RevokeInvitation(t.Context(), policy.SubjectClient, id, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	late.fill(t, "/portal/setup/password", url.Values{"name": {"Ann"}, "password": {herons}}).want(t, 410, "This link was revoked.")
	visit(t, s).open(t, used[:len(used)-1]+"?").want(t, 410, "This link is not valid; ask for another one.")
	stored, err = s.Owner.Clients().Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Owner.Clients().Delete(t.Context(), id, stored.Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	_, expired := invite(t, s, policy.Scope{})
	passed.Store(int64(72 * time.Hour))
	visit(t, s).open(t, expired).want(t, 410, "This link has expired.")
}

func TestFormSaysWhatIsWrongBesideTheField(t *testing.T) {
	s := start(t, sidecartest.Options{})
	_, link := invite(t, s, policy.Scope{})
	v := visit(t, s)
	v.open(t, link)
	for name, c := range map[string]struct {
		name, password string
		says           []string
	}{
		"short": {`Ann "A" <Lee>`, "herons", []string{
			`value="Ann &#34;A&#34; &lt;Lee&gt;"`, `<p class="problem" id="password-problem">It`, `aria-describedby="password-help password-problem" aria-invalid="true"`,
		}},
		"no name": {"", herons, []string{`<p class="problem" id="name-problem">It`, `aria-invalid="true" aria-describedby="name-problem"`}},
		"common":  {"Ann", "passwordpassword", []string{`<p class="problem" id="password-problem">It`}},
	} {
		t.Run(name, func(t *testing.T) {
			got := v.fill(t, "/portal/setup/password", url.Values{"name": {c.name}, "password": {c.password}})
			got.want(t, 400, c.says...)
			if c.password != "" && strings.Contains(got.text, c.password) {
				t.Error("the password is on the page")
			}
		})
	}
	v.fill(t, "/portal/setup/password", url.Values{"name": {"Ann"}, "password": {herons}}).want(t, 200, "<h1>Your access</h1>")
}

func TestSigningInAndOut(t *testing.T) {
	s := start(t, sidecartest.Options{})
	v, _ := member(t, s, policy.Scope{})
	v.fill(t, "/portal/sign-out", url.Values{}).want(t, 200, "<h1>Sign in</h1>")
	v.open(t, "/portal").want(t, 200, "<h1>Sign in</h1>")
	v.fill(t, "/portal/sign-out", url.Values{}).want(t, 200, "<h1>Sign in</h1>")
	wrong := v.fill(t, "/portal/sign-in", url.Values{"email": {ann}, "password": {herons + "!"}})
	wrong.want(t, 401, "The address or the password is wrong.", `value="`+ann+`"`, `role="alert"`)
	if strings.Contains(wrong.text, herons) {
		t.Error("the password is on the page")
	}
	v.fill(t, "/portal/sign-in", url.Values{"email": {ann}, "password": {herons}}).want(t, 200, "<h1>Your access</h1>")
	v.open(t, "/portal").want(t, 200, "<h1>Your access</h1>")
}

func TestSessionThatWasSignedOutLetsNobodyIn(t *testing.T) {
	s := start(t, sidecartest.Options{})
	v, _ := member(t, s, policy.Scope{})
	base, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	kept := v.Jar.Cookies(base)
	v.fill(t, "/portal/sign-out", url.Values{})
	thief := visit(t, s)
	thief.Jar.SetCookies(base, kept)
	thief.open(t, "/portal").want(t, 200, "<h1>Sign in</h1>")
}

func TestSuspendingEndsTheSessionsForGood(t *testing.T) {
	s := start(t, sidecartest.Options{})
	v, _ := member(t, s, policy.Scope{})
	page, err := s.Owner.Clients().List(t.Context(), "", 1)
	if err != nil {
		t.Fatal(err)
	}
	id := page.Items[0].Value.ID
	for _, do := range []func(context.Context, policy.ClientID, int64, client.Terms) (client.Stored[policy.Client], error){s.Owner.Suspend, s.Owner.Resume} {
		done, err := do(t.Context(), id, 0, client.Terms{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Owner.AtLeast(done.Token).Who(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	v.open(t, "/portal").want(t, 200, "<h1>Sign in</h1>")
	v.fill(t, "/portal/sign-in", url.Values{"email": {ann}, "password": {herons}}).want(t, 200, "<h1>Your access</h1>")
}

func TestForgottenPassword(t *testing.T) {
	s := start(t, sidecartest.Options{})
	member(t, s, policy.Scope{})
	v := visit(t, s)
	known, unknown := v.fill(t, "/portal/forgot", url.Values{"email": {ann}}), v.fill(t, "/portal/forgot", url.Values{"email": {"bea@lumen.example"}})
	known.want(t, 200, "If there is an account with this address, a message with a link is on its way.")
	if known.text != unknown.text || unknown.StatusCode != 200 {
		t.Error("the page tells who has an account")
	}
	v.fill(t, "/portal/forgot", url.Values{"email": {"<ann>"}}).want(t, 400, "That is not an e-mail address.", `value="&lt;ann&gt;"`)
	for range 4 {
		v.fill(t, "/portal/forgot", url.Values{"email": {ann}})
	}
	v.fill(t, "/portal/forgot", url.Values{"email": {ann}}).want(t, 429, "<h1>Too many tries</h1>")
}

func TestHomeTellsInWordsWhatThereIsToSee(t *testing.T) {
	const nothing = `<p class="lead">You don&#39;t have the access to view any user&#39;s work.</p>`
	until := time.Date(2099, 1, 31, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		scope policy.Scope
		says  []string
	}{
		"groups": {policy.Scope{Groups: []policy.GroupID{"print", "design"}, Screencasts: true}, []string{
			"You can see all work of the people in these groups, on any project.", "<dd>&lt;b&gt;Print&lt;/b&gt;, Design</dd>", "<dt>Screencasts</dt><dd>included</dd>",
		}},
		"projects": {policy.Scope{Projects: []policy.ProjectID{"app", "site"}, Until: &until}, []string{
			"You can see all work on these projects, whoever does it.", "<dd>App &#34;2&#34; &amp; more, Site</dd>", "<dd>not included</dd>", "Saturday, 31 January 2099, 00:00 UTC",
		}},
		"both": {policy.Scope{Groups: []policy.GroupID{"design"}, Projects: []policy.ProjectID{"site"}}, []string{
			"You can see the work on these projects that is done by the people in these groups.", "<dd>Design</dd>", "<dd>Site</dd>",
		}},
		"none": {policy.Scope{Screencasts: true}, []string{nothing}},
	} {
		t.Run(name, func(t *testing.T) {
			_, home := member(t, start(t, sidecartest.Options{}), c.scope)
			home.want(t, 200, c.says...)
		})
	}
	t.Run("what is selected is gone", func(t *testing.T) {
		s := start(t, sidecartest.Options{})
		v, home := member(t, s, policy.Scope{Groups: []policy.GroupID{"design"}})
		home.want(t, 200, "<dd>Design</dd>")
		stored, err := s.Owner.Groups().Get(t.Context(), "design")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Owner.Groups().Delete(t.Context(), "design", stored.Revision, client.Terms{}); err != nil {
			t.Fatal(err)
		}
		v.open(t, "/portal").want(t, 200, nothing)
	})
}

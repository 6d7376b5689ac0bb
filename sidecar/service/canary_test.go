package service_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pquerna/otp/totp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/password"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/store/storetest"
)

// tale is a sidecar whose every answer is kept, and an owner who uses all of it.
type tale struct {
	*vault
	sidecar *sidecartest.Sidecar
	owner   *client.Client
	open    *client.Client // presents nothing
	ids     []string       // of what there is, to ask for
}

// TestSecretsAreToldOnce goes through all that has to do with secrets, and looks
// for them wherever something is written: in the log, in every answer, in the
// store and in the messages.
func TestSecretsAreToldOnce(t *testing.T) {
	c := begin(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() {
		for range c.owner.Events(ctx, "") {
		}
	}()
	c.keys(t)
	c.codes(t)
	c.invitations(t)
	c.resets(t)
	c.imports(t)
	c.mistakes(t)
	c.passwords(t)
	c.lookAround(t)
	stop()
	if found := c.found(t); len(found) > 0 {
		t.Errorf("secrets are where they should not be:\n%s", strings.Join(found, "\n"))
	}
	t.Logf("%d secrets, %d places", len(c.secrets), len(c.places(t)))
	c.plant(t)
}

func begin(t *testing.T) *tale {
	t.Helper()
	v := &vault{cluster: storetest.Start(t), prefix: "/secrets/", mail: t.TempDir(), log: &lines{}}
	o := sidecartest.Options{
		Endpoints: []string{v.cluster.Endpoint()}, Prefix: v.prefix, Passwords: password.AtFloor(),
		Log: slog.New(slog.NewTextHandler(v.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	o.Mail.Folder = v.mail
	c := &tale{vault: v, sidecar: sidecartest.Start(t, o)}
	hc := &http.Client{Transport: v}
	c.open = &client.Client{BaseURL: c.sidecar.URL, HTTP: hc}
	c.owner = &client.Client{BaseURL: c.sidecar.URL, HTTP: hc, Key: c.sidecar.Owner.Key}
	v.keep("the set-up code", c.sidecar.SetupCode)
	v.keep("the owner's password", sidecartest.Password)
	v.keep("the owner's session", c.sidecar.Owner.Key)
	v.keep("the app's key", c.sidecar.App.Key)
	return c
}

// made returns a new password, which is a secret.
func (c *tale) made(name string) string {
	text := "pw-" + rand.Text()
	c.keep(name, text)
	return text
}

// refused wants an error of the code.
func refused(t *testing.T, err error, code policy.Code) {
	t.Helper()
	if policy.CodeOf(err) != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (c *tale) keys(t *testing.T) {
	t.Helper()
	for _, role := range []policy.Role{policy.RoleApp, policy.RoleAdmin} {
		terms := client.Terms{IdempotencyKey: "key of " + string(role)}
		made := must[client.Stored[api.CreatedKey]](t)(c.owner.CreateKey(t.Context(), api.NewKey{Name: "k", Role: role}, terms))
		c.told(t, "a key of role "+string(role), made.Value.Text)
		must[client.Stored[api.CreatedKey]](t)(c.owner.CreateKey(t.Context(), api.NewKey{Name: "k", Role: role}, terms))
		c.ids = append(c.ids, string(made.Value.ID))
		must[client.Stored[api.Deleted]](t)(c.owner.DeleteKey(t.Context(), made.Value.ID, made.Revision, noTerms))
		old := *c.open.AtLeast(made.Token)
		old.Key = made.Value.Text
		_, err := old.Who(t.Context())
		_ = err // whether it is gone here yet does not matter: its text must not be told
	}
}

// codes switches one-time codes on, signs in with what there is, and off again.
func (c *tale) codes(t *testing.T) {
	t.Helper()
	begun := must[client.Stored[api.NewCodes]](t)(c.owner.BeginCodes(t.Context()))
	c.told(t, "the seed of codes", begun.Value.Secret, "etcd admin-secrets/")
	_, err := c.owner.ConfirmCodes(t.Context(), "000000")
	refused(t, err, policy.Invalid)
	code := must[string](t)(totp.GenerateCode(begun.Value.Secret, time.Now()))
	// Alone, six digits are in many things.
	c.keep("a code", `"`+code+`"`)
	c.keep("a code in the log", "="+code)
	confirmed := must[client.Stored[api.RecoveryCodes]](t)(c.owner.ConfirmCodes(t.Context(), code))
	for _, text := range confirmed.Value.Codes {
		c.told(t, "a recovery code", text)
	}
	in := api.SignIn{Email: sidecartest.Email, Password: sidecartest.Password}
	_, err = c.open.SignIn(t.Context(), in)
	refused(t, err, policy.CodeRequired)
	in.Code = "wrong-" + rand.Text()
	c.keep("a wrong code", in.Code)
	_, err = c.open.SignIn(t.Context(), in)
	refused(t, err, policy.CodeRequired)
	in.Code = confirmed.Value.Codes[0]
	session := must[client.Stored[api.SignedIn]](t)(c.open.SignIn(t.Context(), in))
	c.told(t, "a session by a recovery code", session.Value.Token)
	_, err = c.owner.StopCodes(t.Context(), c.made("a wrong password to stop codes"))
	refused(t, err, policy.Invalid)
	must[client.Stored[api.Done]](t)(c.owner.StopCodes(t.Context(), sidecartest.Password))
}

func (c *tale) invitations(t *testing.T) {
	t.Helper()
	terms := client.Terms{IdempotencyKey: "invite"}
	wanted := api.NewInvitation{Email: "cleo@acme.example", Name: "Acme", Link: true}
	first := must[client.Stored[api.Invited[policy.Client]]](t)(c.owner.Invite(t.Context(), wanted, terms))
	dead := c.link(t, "a link", first.Value.Link)
	must[client.Stored[api.Invited[policy.Client]]](t)(c.owner.Invite(t.Context(), wanted, terms))
	id := string(first.Value.Value.ID)
	c.ids = append(c.ids, id)
	c.awaitLetters(t, 1)
	sent := must[client.Stored[api.Invited[string]]](t)(c.owner.SendInvitation(t.Context(), policy.SubjectClient, id, api.SendInvitation{Link: true}, noTerms))
	link := c.link(t, "another link", sent.Value.Link)
	c.awaitLetters(t, 2)
	_, err := c.open.OpenLink(t.Context(), dead)
	refused(t, err, policy.LinkFault)
	must[api.Opened](t)(c.open.OpenLink(t.Context(), link))
	_, err = c.open.Accept(t.Context(), api.Acceptance{Link: link, Name: "Cleo", Password: "tooshort-canary"[:14]})
	refused(t, err, policy.Invalid)
	c.throughThePortal(t, sent.Value.Link)
	_, err = c.open.Accept(t.Context(), api.Acceptance{Link: link, Name: "Cleo", Password: c.made("a password too late")})
	refused(t, err, policy.LinkFault)

	admin := must[client.Stored[api.Invited[policy.Admin]]](t)(c.owner.InviteAdmin(t.Context(), api.NewAdmin{Email: "ann@test.example", Role: policy.RoleAdmin, Link: true}, noTerms))
	link = c.link(t, "an admin's link", admin.Value.Link)
	c.ids = append(c.ids, string(admin.Value.Value.ID))
	must[api.Accepted](t)(c.open.Accept(t.Context(), api.Acceptance{Link: link, Name: "Ann", Password: c.made("an admin's password")}))

	many := must[client.Stored[api.InvitedRows]](t)(c.owner.InviteMany(t.Context(), api.Invitations{Invitations: []api.NewInvitation{{Email: "dora@acme.example", Link: true}, {Email: "not an address"}}}, noTerms))
	c.link(t, "a link of many", many.Value.Rows[0].Link)
	must[client.Stored[api.Invitation]](t)(c.owner.RevokeInvitation(t.Context(), policy.SubjectClient, string(many.Value.Rows[0].ID), noTerms))
}

// link adds a link that the last answer handed out, and returns its secret.
func (c *tale) link(t *testing.T, name, address string) string {
	t.Helper()
	_, text := linkPath(t, address)
	c.told(t, name, text)
	return text
}

// throughThePortal makes an account with forms, then signs in and out.
func (c *tale) throughThePortal(t *testing.T, link string) {
	t.Helper()
	v := visit(t, c.sidecar, c.vault)
	path, _ := linkPath(t, link)
	v.get(t, path)
	chosen := c.made("the client's password")
	v.post(t, "/portal/setup/password", "name", "", "password", chosen) // without a name
	if status, page := v.post(t, "/portal/setup/password", "name", "Cleo", "password", chosen); status != 200 {
		t.Fatalf("%d %s", status, page)
	}
	c.keep("the client's session", v.session(t), fmt.Sprintf("answer %d to POST /portal/setup/password", c.holding(t, v.session(t))))
	v.get(t, path) // the link, used
	v.post(t, "/portal/sign-out")
	v.post(t, "/portal/sign-in", "email", "cleo@acme.example", "password", c.made("a wrong password of the client"))
	v.post(t, "/portal/sign-in", "email", "cleo@acme.example", "password", chosen)
	c.keep("the client's next session", v.session(t), fmt.Sprintf("answer %d to POST /portal/sign-in", c.holding(t, v.session(t))))
	v.post(t, "/portal/forgot", "email", "cleo@acme.example")
	c.awaitLetters(t, 3)
}

// holding returns the number of the first answer with a text in it.
func (c *tale) holding(t *testing.T, text string) int {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.answers, func(a *answer) bool { return strings.Contains(a.String(), text) })
	if i < 0 {
		t.Fatal("no answer has it")
	}
	return i
}

// resets uses the link of a message.
func (c *tale) resets(t *testing.T) {
	t.Helper()
	for file, m := range c.letters(t) {
		if !strings.HasPrefix(file, "reset-") {
			continue
		}
		_, link := m.Link(t)
		must[api.Accepted](t)(c.open.Accept(t.Context(), api.Acceptance{Link: link, Password: c.made("the client's next password")}))
	}
	if err := c.open.AskReset(t.Context(), api.AskReset{Type: policy.SubjectAdmin, Email: "nobody@test.example"}); err != nil {
		t.Fatal(err)
	}
}

func (c *tale) imports(t *testing.T) {
	t.Helper()
	for _, table := range []string{"id,name\nann,Ann\n", "id,name\n,\n", `"`} {
		_, _ = c.owner.ImportCSV(t.Context(), client.Tables{Employees: strings.NewReader(table)}, noTerms)
	}
}

// mistakes puts secrets in places where they do not belong.
func (c *tale) mistakes(t *testing.T) {
	t.Helper()
	stray := c.made("a password in the wrong place")
	_, err := c.open.SignIn(t.Context(), api.SignIn{Email: sidecartest.Email, Password: stray})
	refused(t, err, policy.Unauthenticated)
	for _, r := range []struct{ method, path, key, body string }{
		{"POST", "/v1/sign-in", "", `{"email":"a@b.example","passwort":"` + stray + `"}`},
		{"POST", "/v1/sign-in", "", `{"email":"a@b.example","password":"` + stray},
		{"POST", "/v1/sign-in", "", `{"email":"a@b.example","password":["` + stray + `"]}`},
		{"POST", "/v1/sign-in", "", `{"email":"a@b.example","password":"` + stray + `"} ` + stray},
		{"POST", "/v1/sign-in", "", `{"email":"` + stray + `","password":""}`},
		{"POST", "/v1/setup", "", `{"code":"` + stray + `","name":"N","email":"n@b.example","password":"` + stray + `"}`},
		{"POST", "/v1/accept", "", `{"link":"` + stray + `","name":"N","password":"` + stray + `"}`},
		{"POST", "/v1/open", "", `{"link":"` + stray + `"}`},
		{"POST", "/v1/reset", "", `{"type":"` + stray + `","email":"n@b.example"}`},
		{"GET", "/v1/clients", stray, ""},
		{"GET", "/v1/clients", "sightline_" + stray, ""},
		{"GET", "/v1/nothing", stray, ""},
		{"GET", "/portal/setup/" + stray, "", ""},
		{"GET", "/portal/reset/" + stray, "", ""},
		{"POST", "/access/v1/evaluation", stray, `{}`},
		{"POST", "/v1/password", c.owner.Key, `{"old":"` + stray + `","new":"short"}`},
		{"POST", "/v1/password", c.owner.Key, `{"old":"` + stray + `","new":"` + stray + `"}`},
	} {
		c.raw(t, r.method, r.path, r.key, r.body)
	}
}

// raw makes a request, whatever comes of it.
func (c *tale) raw(t *testing.T, method, path, key, body string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, c.sidecar.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if key != "" {
		request.Header.Set("Authorization", "Bearer "+key)
	}
	response, err := c.owner.HTTP.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// passwords changes the owner's.
func (c *tale) passwords(t *testing.T) {
	t.Helper()
	next := c.made("the owner's next password")
	changed := must[client.Stored[api.SignedIn]](t)(c.owner.ChangePassword(t.Context(), api.NewPassword{Old: sidecartest.Password, New: next}))
	c.told(t, "the session after the password", changed.Value.Token)
	c.owner = c.owner.As(changed)
	in := must[client.Stored[api.SignedIn]](t)(c.open.SignIn(t.Context(), api.SignIn{Email: sidecartest.Email, Password: next}))
	c.told(t, "another session", in.Value.Token)
	must[client.Stored[api.Done]](t)(c.open.As(in).SignOut(t.Context()))
}

// lookAround gets everything that can be got, and the links of all messages.
func (c *tale) lookAround(t *testing.T) {
	t.Helper()
	var described struct{ Paths map[string]map[string]any }
	if err := json.Unmarshal([]byte(c.raw(t, "GET", api.PathOpenAPI, c.owner.Key, "")), &described); err != nil {
		t.Fatal(err)
	}
	for path, methods := range described.Paths {
		if methods["get"] == nil || path == api.PathEvents {
			continue
		}
		for _, id := range append(c.ids, "none") {
			c.raw(t, "GET", strings.ReplaceAll(path, "{id}", id), c.owner.Key, "")
		}
	}
	for after := uint64(0); ; {
		page := must[api.AuditPage](t)(c.owner.FindAudit(t.Context(), audit.Query{After: after, Limit: 50}))
		if after = page.Next; after == 0 {
			break
		}
	}
	for file, m := range c.letters(t) {
		if strings.HasPrefix(file, "changed-") {
			continue
		}
		_, link := m.Link(t)
		c.keep("the link in "+file, link, "mail "+file)
	}
}

// awaitLetters waits until there are so many messages.
func (c *tale) awaitLetters(t *testing.T, n int) {
	t.Helper()
	limit, look := time.After(time.Minute), time.NewTicker(20*time.Millisecond)
	defer look.Stop()
	for len(c.letters(t)) < n {
		select {
		case <-look.C:
		case <-limit:
			t.Fatalf("there are %d messages, want %d", len(c.letters(t)), n)
		}
	}
}

// plant puts a secret in one place of each sort, to see that it would be found.
func (c *tale) plant(t *testing.T) {
	t.Helper()
	const seed = "planted-canary"
	c.keep("the canary", seed)
	fmt.Fprintln(c.log, "level=DEBUG msg="+seed)
	c.cluster.Put(t, c.prefix+"planted", `{"value":"`+seed+`"}`)
	c.cluster.Put(t, c.prefix+"idempotency/planted", `{"result":"cGxhbnRlZC1jYW5hcnk="}`)
	for file, m := range c.letters(t) {
		path := filepath.Join(c.mail, file)
		if err := os.WriteFile(path, append(m.Raw, seed...), 0o600); err != nil {
			t.Fatal(err)
		}
		break
	}
	c.raw(t, "GET", "/v1/audit?text="+seed, c.owner.Key, "")
	must[client.Stored[policy.Group]](t)(c.owner.Groups().Create(t.Context(), policy.Group{ID: "planted", Name: seed}, noTerms))
	must[api.AuditPage](t)(c.owner.FindAudit(t.Context(), audit.Query{Text: seed}))
	sorts := map[string]bool{}
	for _, place := range c.found(t) {
		sort, _, _ := strings.Cut(strings.TrimPrefix(place, "the canary in "), " ")
		sorts[sort] = true
	}
	if diff := cmp.Diff(map[string]bool{"log": true, "etcd": true, "mail": true, "answer": true}, sorts); diff != "" {
		t.Errorf("where a planted secret was found (-want +got):\n%s", diff)
	}
}

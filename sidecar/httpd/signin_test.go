package httpd_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/store/storetest"
)

const herons = "four quiet herons at dawn"

var signIn = api.SignIn{Email: sidecartest.Email, Password: sidecartest.Password}

// TestADayOfAnAdmin goes through it by the client: signing in, looking at the
// sessions, switching codes on, another password, and out.
func TestADayOfAnAdmin(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	open := &client.Client{BaseURL: s.URL}
	in, err := open.SignIn(t.Context(), signIn)
	if err != nil {
		t.Fatal(err)
	}
	c := open.As(in)
	who, err := c.Who(t.Context())
	if err != nil || who.Type != policy.SubjectAdmin || who.Role != policy.RoleOwner || who.Admin.Email != sidecartest.Email || len(who.Permissions) != len(policy.Permissions()) {
		t.Errorf("who is %+v (%v)", who, err)
	}
	sessions, err := c.Sessions(t.Context(), "")
	if err != nil || len(sessions.Items) != 2 || sessions.Items[0].Current || !sessions.Items[1].Current || sessions.Items[1].From != "127.0.0.1" || sessions.Items[1].Agent != "Go-http-client/1.1" {
		t.Errorf("the sessions are %+v (%v)", sessions, err)
	}
	if _, err := c.EndSession(t.Context(), sessions.Items[0].ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Owner.Who(t.Context()); policy.CodeOf(err) != policy.Unauthenticated {
		t.Errorf("the session that was ended gives %v", err)
	}
	begun, err := c.BeginCodes(t.Context())
	if err != nil || !strings.HasPrefix(begun.Value.URL, "otpauth://totp/Sightline:") {
		t.Errorf("the codes are %+v (%v)", begun, err)
	}
	if _, err := c.ConfirmCodes(t.Context(), "no code"); policy.CodeOf(err) != policy.Invalid {
		t.Errorf("a wrong code gives %v", err)
	}
	changed, err := c.ChangePassword(t.Context(), api.NewPassword{Old: sidecartest.Password, New: herons})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Who(t.Context()); policy.CodeOf(err) != policy.Unauthenticated {
		t.Errorf("the session before the new password gives %v", err)
	}
	c = open.As(changed)
	if _, err := c.StopCodes(t.Context(), herons); err != nil {
		t.Error(err)
	}
	if _, err := c.SignOut(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := c.Who(t.Context()); policy.CodeOf(err) != policy.Unauthenticated {
		t.Errorf("after signing out: %v", err)
	}
}

func TestTeamByHTTP(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	page, err := s.Owner.Admins(t.Context(), "", 0)
	if err != nil || len(page.Items) != 1 {
		t.Fatal(page, err)
	}
	olive := page.Items[0]
	got, err := s.Owner.Admin(t.Context(), olive.Value.ID)
	if err != nil || got.Revision != olive.Revision {
		t.Errorf("she is %+v (%v)", got, err)
	}
	edited, err := s.Owner.EditAdmin(t.Context(), olive.Value.ID, olive.Revision, api.AdminEdit{Name: "Olive O.", Role: policy.RoleOwner}, client.Terms{})
	if err != nil || edited.Value.Name != "Olive O." {
		t.Errorf("she is %+v (%v)", edited, err)
	}
	_, err = s.Owner.DeleteAdmin(t.Context(), olive.Value.ID, edited.Revision, client.Terms{})
	if policy.CodeOf(err) != policy.Conflict {
		t.Errorf("deleting the last owner gives %v", err)
	}
	if _, err := s.Owner.Unlock(t.Context(), olive.Value.ID); err != nil {
		t.Error(err)
	}
	key, err := s.Owner.CreateKey(t.Context(), api.NewKey{Name: "Importer", Role: policy.RoleAdmin, Permissions: []policy.Permission{"directory:read"}}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	importer := (&client.Client{BaseURL: s.URL, Key: key.Value.Text}).AtLeast(key.Token)
	who, err := importer.Who(t.Context())
	want := api.Who{
		Type: policy.SubjectKey, ID: string(key.Value.ID), Name: "Importer", Role: policy.RoleAdmin,
		Permissions: []policy.Permission{"directory:read"}, Expires: key.Value.Expires,
	}
	if diff := cmp.Diff(want, who); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// keyless sends a request to a whole sidecar without a key.
func keyless(t *testing.T, url, path, body string, more ...string) answer {
	t.Helper()
	header := map[string]string{"Authorization": ""}
	for i := 0; i < len(more); i += 2 {
		header[more[i]] = more[i+1]
	}
	return (&sidecar{url: url}).send(t, request{path: path, body: body, header: header})
}

func TestFailedSignInsAreAlike(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	known := keyless(t, s.URL, "/v1/sign-in", `{"email":"owner@test.example","password":"wrong"}`, "X-Request-ID", "r")
	unknown := keyless(t, s.URL, "/v1/sign-in", `{"email":"other@test.example","password":"wrong"}`, "X-Request-ID", "r")
	const want = `{"status":401,"title":"Unauthorized","detail":"the e-mail address or the password is wrong","code":"unauthenticated"}`
	if known.status != 401 || known.body != want {
		t.Errorf("the answer is %d %s", known.status, known.body)
	}
	known.header.Del("Date")
	unknown.header.Del("Date")
	if diff := cmp.Diff(fmt.Sprint(known), fmt.Sprint(unknown)); diff != "" {
		t.Error(diff)
	}
	if known.header.Get("WWW-Authenticate") == "" {
		t.Error("a 401 has no challenge")
	}
}

func TestForgedHeadersGiveNoMoreTries(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	for i := range 40 {
		a := keyless(t, s.URL, "/v1/sign-in", `{"email":"owner@test.example","password":"wrong"}`,
			"X-Forwarded-For", fmt.Sprintf("10.0.%d.1", i), "X-Real-IP", fmt.Sprintf("10.0.%d.1", i), "Forwarded", fmt.Sprintf("for=10.0.%d.1", i))
		if i < 5 && a.status != 401 {
			t.Fatalf("try %d gives %d %s", i+1, a.status, a.body)
		}
		if i >= 5 && a.status == 429 {
			if wait := a.header.Get("Retry-After"); wait == "" || wait == "0" {
				t.Errorf("Retry-After is %q", wait)
			}
			return
		}
	}
	t.Error("forty tries were taken")
}

func TestBodiesOfSigningInAreReadStrictly(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	for _, path := range []string{"/v1/sign-in", "/v1/setup"} {
		for body, status := range map[string]int{
			"":                          400,
			"[]":                        400,
			`{"email":1}`:               400,
			`{"mail":"x"}`:              400,
			`{"email":"a","email":"b"}`: 400,
			`{} {}`:                     400,
			`{"email":"` + strings.Repeat("a", 9<<10) + `"}`: 400,
			strings.Repeat(" ", 65<<10) + `{}`:               413,
		} {
			if a := keyless(t, s.URL, path, body); a.status != status {
				t.Errorf("%s %.40s gives %d, want %d: %s", path, body, a.status, status, a.body)
			}
		}
		if a := keyless(t, s.URL, path, `{}`, "Content-Type", "text/plain"); a.status != 415 {
			t.Errorf("%s with text gives %d", path, a.status)
		}
	}
}

func TestOwnOperationsNeedASession(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	for _, c := range []struct{ method, path, body string }{
		{"POST", "/v1/sign-out", ""},
		{"GET", "/v1/session", ""},
		{"GET", "/v1/sessions", ""},
		{"DELETE", "/v1/sessions/x", ""},
		{"POST", "/v1/password", `{}`},
		{"POST", "/v1/codes", ""},
		{"POST", "/v1/codes/confirm", `{}`},
		{"DELETE", "/v1/codes", `{}`},
		{"GET", "/v1/admins", ""},
		{"GET", "/v1/admins/x", ""},
		{"PUT", "/v1/admins/x", `{}`},
		{"DELETE", "/v1/admins/x", ""},
		{"POST", "/v1/admins/x/unlock", ""},
	} {
		for key, status := range map[string]int{"": 401, s.App.Key: 403} {
			if key != "" && c.path == "/v1/session" {
				status = 200
			}
			header := map[string]string{"Authorization": ""}
			if key != "" {
				header["Authorization"] = "Bearer " + key
			}
			a := (&sidecar{url: s.URL}).send(t, request{c.method, c.path, c.body, header})
			if a.status != status {
				t.Errorf("%s %s with the key %.14q gives %d, want %d: %s", c.method, c.path, key, a.status, status, a.body)
			}
		}
	}
}

// TestSessionEndsOnEverySidecar ends sessions at one sidecar, in each of the ways
// there are, and looks at two others.
func TestSessionEndsOnEverySidecar(t *testing.T) {
	cluster := storetest.Start(t)
	first := sidecartest.Start(t, sidecartest.Options{Endpoints: []string{cluster.Endpoint()}})
	others := []*sidecartest.Sidecar{
		sidecartest.Start(t, sidecartest.Options{Endpoints: []string{cluster.Endpoint()}, Owner: first.Owner.Key}),
		sidecartest.Start(t, sidecartest.Options{Endpoints: []string{cluster.Endpoint()}, Owner: first.Owner.Key}),
	}
	open := &client.Client{BaseURL: first.URL}
	var slowest time.Duration
	for i := range 12 {
		in, err := open.SignIn(t.Context(), signIn)
		if err != nil {
			t.Fatal(err)
		}
		token := endSession(t, open.As(in), i%2 == 0)
		ended := time.Now()
		for _, other := range others {
			c := (&client.Client{BaseURL: other.URL, Key: in.Value.Token})
			for {
				_, err := c.Who(t.Context())
				if policy.CodeOf(err) == policy.Unauthenticated {
					break
				}
				if t.Context().Err() != nil || time.Since(ended) > 30*time.Second {
					t.Fatalf("the session goes on: %v", err)
				}
			}
			if _, err := c.AtLeast(token).Who(t.Context()); policy.CodeOf(err) != policy.Unauthenticated {
				t.Errorf("with the token: %v", err)
			}
			slowest = max(slowest, time.Since(ended))
		}
	}
	t.Logf("12 ends, the slowest was known after %s", slowest)
}

func endSession(t *testing.T, c *client.Client, out bool) (token string) {
	t.Helper()
	if out {
		done, err := c.SignOut(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return done.Token
	}
	who, err := c.Who(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	done, err := c.EndSession(t.Context(), who.Session)
	if err != nil {
		t.Fatal(err)
	}
	return done.Token
}

// TestTimeTellsNobodyWhoHasAnAccount measures failed sign-ins of addresses that
// somebody has and that nobody has. SIGHTLINE_TRIES sets how many.
func TestTimeTellsNobodyWhoHasAnAccount(t *testing.T) {
	tries := 20
	if text := os.Getenv("SIGHTLINE_TRIES"); text != "" {
		if _, err := fmt.Sscan(text, &tries); err != nil {
			t.Fatal(err)
		}
	}
	s := startDesk(t)
	took := map[string][]time.Duration{}
	for range tries {
		emails := []string{"olive@lumen.example", "other@lumen.example"}
		// Taking turns, one of them would always meet the collector.
		rand.Shuffle(2, reflect.Swapper(emails))
		for _, email := range emails {
			s.pass(time.Hour)
			begun := time.Now()
			a := keyless(t, s.url, "/v1/sign-in", `{"email":"`+email+`","password":"wrong"}`)
			took[email] = append(took[email], time.Since(begun))
			if a.status != 401 {
				t.Fatalf("the answer is %d %s", a.status, a.body)
			}
			s.forget(t, email)
		}
	}
	var medians, fastest []time.Duration
	for _, email := range slices.Sorted(maps.Keys(took)) {
		slices.Sort(took[email])
		medians, fastest = append(medians, took[email][tries/2]), append(fastest, took[email][0])
	}
	t.Logf("%d tries each: the median is %s for a known address, %s for an unknown one", tries, medians[0], medians[1])
	// On a busy machine only the fastest ones tell whether a hash is left out: it is
	// nearly all that a try takes.
	if slices.Max(fastest) > 4*slices.Min(fastest) {
		t.Errorf("the fastest are %s", fastest)
	}
}

func TestOpenOperationsAreDescribedAsSuch(t *testing.T) {
	s := startDesk(t)
	a := s.send(t, request{"GET", "/openapi.json", "", as(policy.RoleOwner)})
	var d struct {
		Paths map[string]map[string]struct {
			OperationID string
			Security    *[]map[string][]string
		}
	}
	if err := json.Unmarshal([]byte(a.body), &d); err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, methods := range d.Paths {
		for _, op := range methods {
			got[op.OperationID] = op.Security != nil
		}
	}
	for id, open := range map[string]bool{
		"setup": true, "sign-in": true, "sign-out": false, "get-session": false, "list-sessions": false, "end-session": false,
		"change-password": false, "begin-codes": false, "confirm-codes": false, "stop-codes": false,
		"list-admins": false, "get-admin": false, "edit-admin": false, "delete-admin": false, "unlock-admin": false,
	} {
		if described, ok := got[id]; !ok || described != open {
			t.Errorf("%s is described: %t, as open: %t", id, ok, described)
		}
	}
}

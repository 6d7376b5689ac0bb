package signin_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/crypto/argon2"

	"sightline.example/policy"
	"sightline.example/sidecar/signin"
	"sightline.example/sidecar/store"
)

func TestSignInBeginsASession(t *testing.T) {
	h, _ := owned(t)
	h.clock.pass(time.Hour)
	done, err := h.SignIn(t.Context(), signin.Try{Email: olive, Password: herons, Origin: signin.Origin{From: home, Agent: strings.Repeat("é", 150)}})
	if err != nil {
		t.Fatal(err)
	}
	if secret, ok := strings.CutPrefix(done.Value.Token, "sightline_session_"); !ok || len(secret) != 43 {
		t.Errorf("the token is %q", done.Value.Token)
	}
	caller := h.enter(t, done)
	s, _ := h.data(t).SessionByID(caller.Session)
	want := &policy.Session{
		ID: s.ID, Type: policy.SubjectAdmin, Subject: caller.ID, Digest: policy.DigestOf(done.Value.Token),
		From: home, Agent: strings.Repeat("é", 100), Created: today.Add(time.Hour), Seen: today.Add(time.Hour),
		Expires: today.Add(time.Hour + 30*24*time.Hour),
	}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Error(diff)
	}
	deed := h.lastDeed(t)
	if deed.Action != "sign_in" || deed.Kind != "sessions" || deed.ID != string(s.ID) || deed.Actor.Name != "Olive Owner" {
		t.Errorf("the record is %+v", deed)
	}
	if strings.Contains(string(deed.After), string(s.Digest)) {
		t.Error("the record has the digest")
	}
}

func TestWhoDoesNotGetIn(t *testing.T) {
	h, _ := owned(t)
	h.addAdmin(t, "sam", policy.RoleAdmin, policy.Suspended, otters)
	h.addAdmin(t, "ida", policy.RoleAdmin, policy.Invited, "")
	h.addAdmin(t, "ira", policy.RoleAdmin, policy.Invited, otters)
	h.addClient(t, "cleo", policy.Active, otters)
	wrong := policy.Errorf(policy.Unauthenticated, "the e-mail address or the password is wrong")
	for name, c := range map[string]struct {
		try signin.Try
		id  string // that the record names
	}{
		"wrong password":    {try(olive, otters), "olive"},
		"no password":       {try(olive, ""), "olive"},
		"unknown":           {try("nobody@lumen.example", herons), ""},
		"no address":        {try("", herons), ""},
		"suspended":         {try("sam@lumen.example", otters), "sam"},
		"invited":           {try("ida@lumen.example", ""), "ida"},
		"invited, password": {try("ira@lumen.example", otters), "ira"},
		"client":            {try("cleo@client.example", otters), ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.SignIn(t.Context(), c.try)
			if diff := cmp.Diff(error(wrong), err); diff != "" {
				t.Error(diff)
			}
			deed := h.lastDeed(t)
			if c.id == "olive" {
				c.id = string(h.data(t).Admins()[0].ID)
			}
			if named := deed.ID; deed.Action != "fail_sign_in" || deed.Kind != "admins" || (named != c.id && c.try.Email != olive) || (named == "") != (c.id == "") {
				t.Errorf("the record is %+v, want one about %q", deed, c.id)
			}
			if strings.Contains(string(deed.Before)+string(deed.After)+deed.Detail, c.try.Email) && c.id == "" && c.try.Email != "" {
				t.Errorf("the record tells of an address that nobody has: %+v", deed)
			}
		})
	}
}

func TestClientSignsInToThePortal(t *testing.T) {
	h, _ := owned(t)
	h.addClient(t, "cleo", policy.Active, otters)
	h.addClient(t, "carl", policy.Suspended, otters)
	entered, err := h.SignInClient(t.Context(), try("Cleo@client.example", otters))
	if err != nil {
		t.Fatal(err)
	}
	h.reach(t, entered.Revision)
	caller, ok := h.data(t).ClientCaller(entered.Text, today)
	if !ok || caller.ID != "cleo" || caller.Name != "Cleo Client" || entered.Subject != "cleo" {
		t.Errorf("the session lets in %+v, %t", caller, ok)
	}
	if !entered.Expires.Equal(today.Add(8 * time.Hour)) {
		t.Errorf("it ends %s", entered.Expires)
	}
	if _, ok := h.data(t).Caller(entered.Text, today); ok {
		t.Error("a client's session is good for the admin API")
	}
	for _, tr := range []signin.Try{try("cleo@client.example", herons), try("carl@client.example", otters), try(olive, herons)} {
		_, err := h.SignInClient(t.Context(), tr)
		wantCode(t, err, policy.Unauthenticated)
	}
	if _, err := h.SignOut(t.Context(), caller); err != nil {
		t.Fatal(err)
	}
	h.reachAll(t)
	if _, ok := h.data(t).ClientCaller(entered.Text, today); ok {
		t.Error("the session goes on after its end")
	}
}

func TestClientHasFiveSessionsAtMost(t *testing.T) {
	h, _ := owned(t)
	h.addClient(t, "cleo", policy.Active, otters)
	var texts []string
	for range 7 {
		h.clock.pass(time.Minute)
		entered, err := h.SignInClient(t.Context(), try("cleo@client.example", otters))
		if err != nil {
			t.Fatal(err)
		}
		h.reach(t, entered.Revision)
		texts = append(texts, entered.Text)
	}
	for i, text := range texts {
		if _, ok := h.data(t).ClientCaller(text, h.clock.Now()); ok != (i >= 2) {
			t.Errorf("session %d lets in: %t", i+1, ok)
		}
	}
	if n := len(h.data(t).SessionsOf(policy.SubjectClient, "cleo")); n != 5 {
		t.Errorf("%d sessions are stored, want 5", n)
	}
}

func TestOutdatedHashIsMadeAnew(t *testing.T) {
	h, _ := owned(t)
	a := h.addAdmin(t, "otto", policy.RoleAdmin, policy.Active, "")
	b64 := base64.RawStdEncoding.EncodeToString
	old := "$argon2id$v=19$m=19456,t=2,p=1$" + b64([]byte("sightline")) + "$" +
		b64(argon2.IDKey([]byte(otters), []byte("sightline"), 2, 19<<10, 1, 32))
	secrets := h.store.Secrets(policy.SubjectAdmin)
	h.write(t, secrets.Create("otto", store.Secret{ID: "otto", Password: old}))
	h.mustSignIn(t, try(a.Email, otters))
	stored, err := secrets.Get(t.Context(), "otto")
	if err != nil || !strings.HasPrefix(stored.Value.Password, "$argon2id$v=19$m=65536,t=3,p=1$") {
		t.Errorf("the hash is %q (%v)", stored.Value.Password, err)
	}
	h.mustSignIn(t, try(a.Email, otters))
}

func TestUnreadableHashLetsNobodyInAndIsLogged(t *testing.T) {
	h, _ := owned(t)
	a := h.addAdmin(t, "otto", policy.RoleAdmin, policy.Active, "")
	h.write(t, h.store.Secrets(policy.SubjectAdmin).Create("otto", store.Secret{
		ID: "otto", Password: "$argon2id$v=19$m=4194304,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	}))
	_, err := h.SignIn(t.Context(), try(a.Email, otters))
	wantCode(t, err, policy.Unauthenticated)
	if !strings.Contains(h.log.String(), "the stored password of otto") {
		t.Errorf("the log is %q", h.log)
	}
}

func TestWhereAClientSignsInFromIsToldAsTheActorsAlone(t *testing.T) {
	h, _ := owned(t)
	h.addClient(t, "cleo", policy.Active, otters)
	if _, err := h.SignInClient(t.Context(), try("cleo@client.example", otters)); err != nil {
		t.Fatal(err)
	}
	deed := h.lastDeed(t)
	if deed.Action != "sign_in" || deed.Actor.From != home || deed.Actor.ID != "cleo" {
		t.Errorf("the record is %+v", deed)
	}
	if after := string(deed.After); strings.Contains(after, home) || strings.Contains(after, "test/1") {
		t.Errorf("the record shows %s", after)
	}
}

// BenchmarkSignIn signs in from many places at once.
func BenchmarkSignIn(b *testing.B) {
	h, _ := owned(b)
	var n atomic.Int64
	b.SetParallelism(2)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			from := signin.Origin{From: fmt.Sprintf("10.%d.%d.1", n.Add(1)/250, n.Load()%250)}
			if _, err := h.SignIn(b.Context(), signin.Try{Email: olive, Password: herons, Origin: from}); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "sign-ins/s")
}

package service_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/password"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/store/storetest"
)

// asking is one way to ask about an account: it makes the request for the n-th
// try, about one that somebody has or about one that nobody has.
type asking struct {
	path string
	body func(known bool) string
}

const formMedia = "application/x-www-form-urlencoded"

func (a asking) media() string {
	if strings.HasPrefix(a.path, "/portal") {
		return formMedia
	}
	return "application/json"
}

// TestNobodyLearnsWhoHasAnAccount asks in every way that takes an address or a
// link, about what there is and what there is not. Status and body are the same;
// how long it takes is measured.
func TestNobodyLearnsWhoHasAnAccount(t *testing.T) {
	o := sidecartest.Options{Prefix: "/enumeration/"}
	tries := thoroughly(200, 1_000)
	if tries < 1_000 {
		o.Passwords = password.AtFloor()
	}
	cluster := storetest.Start(t)
	o.Endpoints = []string{cluster.Endpoint()}
	s := sidecartest.Start(t, o)
	used := peopled(t, s)
	for name, a := range ways(used) {
		t.Run(name, func(t *testing.T) { compare(t, cluster, s.URL, a, tries) })
	}
}

// ways are all ways to ask. The addresses are as long as each other.
func ways(dead string) map[string]asking {
	who := func(known, of string) func(bool) string {
		return func(is bool) string {
			if is {
				return fmt.Sprintf(of, known)
			}
			return fmt.Sprintf(of, strings.Repeat("x", len(known)-len("@acme.example"))+"@acme.example")
		}
	}
	const admin, client = "ann.admin@acme.example", "cleo.client@acme.example"
	return map[string]asking{
		"an admin's sign-in": {"/v1/sign-in", who(admin, `{"email":"%s","password":"a wrong password"}`)},
		"a client's sign-in": {"/portal/sign-in", who(client, "email=%s&password=a+wrong+password")},
		"an admin's reset":   {"/v1/reset", who(admin, `{"type":"admin","email":"%s"}`)},
		"a client's reset":   {"/v1/reset", who(client, `{"type":"client","email":"%s"}`)},
		"the portal's reset": {"/portal/forgot", who(client, "email=%s")},
		"a link to accept": {"/v1/accept", func(known bool) string {
			link := dead
			if !known {
				link = policy.NewLinkText()
			}
			return `{"link":"` + link + `","name":"Eve","password":"four quiet herons at dawn"}`
		}},
	}
}

// peopled makes an admin, a client, and one who was deleted, whose link it
// returns.
func peopled(t *testing.T, s *sidecartest.Sidecar) (dead string) {
	t.Helper()
	accept := func(link string) {
		_, text := linkPath(t, link)
		if _, err := s.Owner.Accept(t.Context(), api.Acceptance{Link: text, Name: "Test", Password: "four quiet herons at dawn"}); err != nil {
			t.Fatal(err)
		}
	}
	admin, err := s.Owner.InviteAdmin(t.Context(), api.NewAdmin{Email: "ann.admin@acme.example", Role: policy.RoleAdmin, Link: true}, noTerms)
	if err != nil {
		t.Fatal(err)
	}
	accept(admin.Value.Link)
	invite := func(email string) (id, link string) {
		made, err := s.Owner.Invite(t.Context(), api.NewInvitation{Email: email, Link: true}, noTerms)
		if err != nil {
			t.Fatal(err)
		}
		return string(made.Value.Value.ID), made.Value.Link
	}
	_, link := invite("cleo.client@acme.example")
	accept(link)
	id, link := invite("gone@acme.example")
	if _, err := removeFrom(t.Context(), s.Owner.Clients(), id); err != nil {
		t.Fatal(err)
	}
	_, dead = linkPath(t, link)
	return dead
}

// compare asks about both kinds in turn, in random order.
func compare(t *testing.T, cluster *storetest.Cluster, server string, a asking, tries int) {
	answers, took := map[bool]string{}, map[bool][]time.Duration{}
	for range tries {
		kinds := []bool{true, false}
		// Taking turns, one of them would always meet the collector.
		rand.Shuffle(2, reflect.Swapper(kinds))
		for _, known := range kinds {
			forgetAttempts(t, cluster)
			body := a.body(known)
			begun := time.Now()
			answer := a.ask(t, server, body)
			took[known] = append(took[known], time.Since(begun))
			if answers[known] == "" {
				answers[known] = answer
			}
			if answer != answers[known] {
				t.Fatalf("known %t: it answers %s, and then %s", known, answers[known], answer)
			}
		}
	}
	if answers[true] != answers[false] {
		t.Errorf("the answers are\n%s\nand, of what nobody has,\n%s", answers[true], answers[false])
	}
	known, unknown := median(took[true]), median(took[false])
	t.Logf("%d tries each: the median is %s, and %s of what nobody has", tries, known, unknown)
	if tries >= 1_000 && (known-unknown).Abs() > 5*time.Millisecond {
		t.Errorf("the medians are %s apart", (known - unknown).Abs())
	}
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

// forgetAttempts keeps the limits of tries out of the way.
func forgetAttempts(t *testing.T, cluster *storetest.Cluster) {
	t.Helper()
	for key := range cluster.Values(t, "/enumeration/attempts/") {
		cluster.Delete(t, key)
	}
}

// ask returns the status, the headers and the body of the answer, but for what
// is another one each time, and for the address that was sent, which a page shows.
func (a asking) ask(t *testing.T, server, body string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server+a.path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", a.media())
	request.Header.Set("Origin", server)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, each := range []string{"Date", "X-Request-Id", "Sightline-Revision"} {
		response.Header.Del(each)
	}
	shown := string(text)
	if form, err := url.ParseQuery(body); err == nil && a.media() == formMedia {
		shown = strings.ReplaceAll(shown, form.Get("email"), "ADDRESS")
	}
	return fmt.Sprintf("%d %v %d\n%s", response.StatusCode, response.Header, len(text), shown)
}

package policytest

import (
	"embed"
	"io/fs"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"sightline.example/policy"
)

// Suite is a world and what its clients are answered there: one file of cases/.
type Suite struct {
	Name  string    `json:"-"` // the file's, without .json
	About string    `json:"about"`
	Now   time.Time `json:"now"` // when the cases are asked that name no time
	World World     `json:"world"`
	Cases []Case    `json:"cases"`
}

// Case is one question and the answer it must get.
type Case struct {
	Name     string        `json:"name"` // no other case of any suite has it
	Client   string        `json:"client"`
	Subject  string        `json:"subject"` // the subject's type; client if not given
	Action   string        `json:"action"`
	Resource policy.Entity `json:"resource"`
	Now      time.Time     `json:"now"`
	Allow    bool          `json:"allow"`
	Reason   string        `json:"reason"`
	// The admin's sentence contains AdminSays; the client's does not contain
	// ClientUntold. Case does not matter, and empty means anything goes.
	AdminSays    string `json:"admin_says"`
	ClientUntold string `json:"client_untold"`
}

// Request returns the question the case asks.
func (c Case) Request() policy.Request {
	return policy.Request{
		Subject:  policy.Entity{Type: c.Subject, ID: c.Client},
		Action:   policy.Action{Name: c.Action},
		Resource: c.Resource,
	}
}

//go:embed cases/*.json
var cases embed.FS

// Suites returns the suites of cases/, by name. A file that is not exactly a
// Suite fails the test.
func Suites(tb testing.TB) []Suite {
	tb.Helper()
	files, err := fs.Glob(cases, "cases/*.json")
	if err != nil {
		tb.Fatal(err)
	}
	suites := make([]Suite, 0, len(files))
	for _, file := range files {
		text, err := cases.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		s, err := parse(text)
		if err != nil {
			tb.Fatalf("%s: %v", file, err)
		}
		s.Name = strings.TrimSuffix(path.Base(file), ".json")
		suites = append(suites, s)
	}
	return suites
}

func parse(text []byte) (Suite, error) {
	var s Suite
	if err := json.Unmarshal(text, &s, json.RejectUnknownMembers(true)); err != nil {
		return Suite{}, err
	}
	for i := range s.Cases {
		c := &s.Cases[i]
		if c.Subject == "" {
			c.Subject = policy.TypeClient
		}
		if c.Now.IsZero() {
			c.Now = s.Now
		}
	}
	return s, nil
}

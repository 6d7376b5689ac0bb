package httpd_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
)

func TestInternalErrorsAreLoggedOnceAndNotTold(t *testing.T) {
	for name, wait := range map[string]func(context.Context, int64) error{
		"error":         func(context.Context, int64) error { return errors.New("secret cause") },
		"wrapped":       func(context.Context, int64) error { return fmt.Errorf("secret cause: %w", errors.ErrUnsupported) },
		"marked as one": func(context.Context, int64) error { return policy.Errorf(policy.Internal, "secret cause") },
		"panic":         func(context.Context, int64) error { panic("secret cause") },
		"panicked error": func(context.Context, int64) error {
			panic(policy.Errorf(policy.Forbidden, "secret cause"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t)
			s.wait = wait
			got := s.send(t, request{body: aliceReads, header: map[string]string{"Sightline-At-Least": "r1", "X-Request-ID": "id-1"}})
			if got.status != 500 || got.body != "internal error" || got.header.Get("Sightline-Error") != "internal" {
				t.Errorf("%d %s %q", got.status, got.body, got.header.Get("Sightline-Error"))
			}
			log := s.log.String()
			if n := strings.Count(log, "msg="); n != 1 {
				t.Errorf("%d log records, want 1:\n%s", n, log)
			}
			for _, part := range []string{"level=ERROR", `msg="request failed"`, "request_id=id-1", "method=POST", "route=/access/v1/evaluation", "secret cause"} {
				if !strings.Contains(log, part) {
					t.Errorf("the log lacks %q:\n%s", part, log)
				}
			}
		})
	}
}

func TestCallersMistakesAreNotLogged(t *testing.T) {
	s := start(t)
	for _, r := range []request{{body: "{"}, {path: "/nothing"}, {header: map[string]string{"Authorization": ""}}, {method: "PUT"}} {
		s.send(t, r)
	}
	if log := s.log.String(); log != "" {
		t.Errorf("logged:\n%s", log)
	}
}

// contradictory rules give two different answers to one question, which OPA
// reports as an error.
const contradictory = `package sightline

decision := {"allow": true, "reason": "one"} if input.subject.id

decision := {"allow": false, "reason": "two"} if input.action.name
`

func TestFailedDecisionsAreLoggedAndRefused(t *testing.T) {
	for name, c := range map[string]struct{ path, body, want string }{
		"single": {
			"/access/v1/evaluation", aliceReads,
			`{"decision":false,"context":{"reason":"fault","reason_admin":{"en":"The decision failed."},"reason_user":{"en":"The decision failed."}}}`,
		},
		"batch": {
			"/access/v1/evaluations",
			`{"evaluations":[` + aliceReads + `]}`,
			`{"evaluations":[{"decision":false}]}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := startWith(t, fstest.MapFS{
				"sightline/sightline.rego":   {Data: []byte(contradictory)},
				"sightline/admin/admin.rego": {Data: []byte("package sightline.admin\n\ndecision := {}\n")},
				"schema/input.jsonschema":    {Data: []byte("{}")},
			})
			got := s.send(t, request{path: c.path, body: c.body, header: map[string]string{"X-Request-ID": "id-2"}})
			if diff := cmp.Diff(c.want, got.body); diff != "" || got.status != 200 {
				t.Error(got.status, diff)
			}
			log := s.log.String()
			if strings.Count(log, "msg=") != 1 || !strings.Contains(log, "request_id=id-2") || !strings.Contains(log, "eval_conflict_error") {
				t.Errorf("logged:\n%s", log)
			}
		})
	}
}

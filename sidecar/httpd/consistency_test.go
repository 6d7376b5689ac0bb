package httpd_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

func TestNothingIsAnsweredWithoutASnapshot(t *testing.T) {
	s := start(t)
	s.engine.Swap(nil)
	for name, r := range map[string]request{
		"decision":   {body: aliceReads},
		"no key":     {body: aliceReads, header: map[string]string{"Authorization": ""}},
		"bad body":   {body: "{"},
		"token":      {body: aliceReads, header: map[string]string{"Sightline-At-Least": "r1"}},
		"bad token":  {body: aliceReads, header: map[string]string{"Sightline-At-Least": "x1"}},
		"a batch":    {body: aliceReads, path: "/access/v1/evaluations"},
		"other type": {header: map[string]string{"Content-Type": "text/plain"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := s.send(t, r)
			if got.status != 503 || got.header.Get("Sightline-Error") != "unavailable" || got.header.Get("Retry-After") != "1" {
				t.Errorf("status %d, %v", got.status, got.header)
			}
			if got.body != "there is no current data to answer from" {
				t.Errorf("body %q", got.body)
			}
		})
	}
}

func TestAnswersCarryTheirRevision(t *testing.T) {
	s := start(t)
	got, err := s.client().Evaluate(t.Context(), aliceReading())
	if err != nil {
		t.Fatal(err)
	}
	if got.Token != "r7" {
		t.Errorf("token %q, want r7", got.Token)
	}
	batch := api.Evaluations{Evaluations: []api.Item{{}}}
	answers, err := s.client().Evaluations(t.Context(), batch)
	if err != nil {
		t.Fatal(err)
	}
	if answers.Token != "r7" {
		t.Errorf("token %q, want r7", answers.Token)
	}
}

func aliceReading() policy.Request {
	return policy.Request{Subject: user("alice", nil), Action: policy.Action{Name: "read"}, Resource: record("record-1", nil)}
}

func TestAtLeastWaitsForTheRevision(t *testing.T) {
	s := start(t)
	s.wait = func(_ context.Context, revision int64) error {
		s.engine.Swap(data(revision))
		return nil
	}
	got, err := s.client().AtLeast("r9").Evaluate(t.Context(), aliceReading())
	if err != nil {
		t.Fatal(err)
	}
	if got.Token != "r9" {
		t.Errorf("token %q, want r9", got.Token)
	}
}

// A key that the named revision added is good, although it was not there when
// the request came in.
func TestAtLeastIsReachedBeforeTheKeyIsLookedUp(t *testing.T) {
	s := start(t)
	s.engine.Swap((&policy.Data{}).Apply(6))
	s.wait = func(context.Context, int64) error {
		s.engine.Swap(data(7))
		return nil
	}
	if _, err := s.client().AtLeast("r7").Evaluate(t.Context(), aliceReading()); err != nil {
		t.Error(err)
	}
}

func TestASnapshotLostWhileWaitingAnswersNothing(t *testing.T) {
	s := start(t)
	s.wait = func(context.Context, int64) error {
		s.engine.Swap(nil)
		return nil
	}
	_, err := s.client().AtLeast("r9").Evaluate(t.Context(), aliceReading())
	if code := policy.CodeOf(err); code != policy.Unavailable {
		t.Errorf("code %q, want unavailable: %v", code, err)
	}
}

func TestAtLeastWaitsOneSecond(t *testing.T) {
	s := start(t)
	s.wait = func(ctx context.Context, _ int64) error {
		<-ctx.Done()
		return ctx.Err()
	}
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/access/v1/evaluation", strings.NewReader(aliceReads))
		r.Header.Set("Sightline-At-Least", "r9")
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		if took := time.Since(begin); took != time.Second {
			t.Errorf("waited %v, want 1s", took)
		}
		if w.Code != 503 || w.Header().Get("Retry-After") != "1" {
			t.Errorf("status %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
		}
		if diff := cmp.Diff("the revision in Sightline-At-Least is not reached yet", w.Body.String()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestATokenOfAnotherStoreIsAConflict(t *testing.T) {
	s := start(t)
	got := s.send(t, request{body: aliceReads, header: map[string]string{"Sightline-At-Least": "x1"}})
	if got.status != 409 || got.header.Get("Sightline-Error") != "epoch_changed" {
		t.Errorf("status %d, code %q", got.status, got.header.Get("Sightline-Error"))
	}
	_, err := s.client().AtLeast("x1").Evaluate(t.Context(), aliceReading())
	if code := policy.CodeOf(err); code != policy.EpochChanged {
		t.Errorf("code %q, want epoch_changed", code)
	}
}

// A caller that gives up while it waits is no fault of ours.
func TestCallersMayStopWaiting(t *testing.T) {
	s := start(t)
	ctx, cancel := context.WithCancel(t.Context())
	s.wait = func(ctx context.Context, _ int64) error {
		cancel()
		return ctx.Err()
	}
	r := httptest.NewRequestWithContext(ctx, "POST", "/access/v1/evaluation", strings.NewReader(aliceReads))
	r.Header.Set("Sightline-At-Least", "r9")
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	if w.Code != 503 || s.log.Len() > 0 {
		t.Errorf("status %d, logged %q", w.Code, s.log)
	}
}

// Key, decisions and revision are all from the view that the request got last
// before anything was looked at, whatever the snapshot is by then.
func TestARequestIsAnsweredFromOneView(t *testing.T) {
	s := start(t)
	views := 0
	s.viewed = func() {
		if views++; views == 3 {
			s.engine.Swap((&policy.Data{}).Apply(8))
		}
	}
	got := s.send(t, request{
		path: "/access/v1/evaluations",
		body: `{"evaluations":[` + aliceReads + `,` + aliceReads + `]}`,
	})
	if got.status != 200 || got.header.Get("Sightline-Revision") != "r7" {
		t.Errorf("status %d, revision %q", got.status, got.header.Get("Sightline-Revision"))
	}
	if views != 3 {
		t.Errorf("%d views, want 3", views)
	}
	if got := s.send(t, request{body: aliceReads}); got.status != 401 {
		t.Errorf("at the next revision: status %d, want 401", got.status)
	}
}

// A body may come long after its headers: what was revoked by then is not answered from
// the view the request began with.
func TestWhatIsRevokedWhileTheBodyComesIsRevoked(t *testing.T) {
	for name, c := range map[string]struct {
		now    *policy.Data
		status int
	}{
		"the key":           {(&policy.Data{}).Apply(8), 401},
		"all that is known": {nil, 503},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t)
			views := 0
			s.viewed = func() {
				if views++; views == 2 {
					s.engine.Swap(c.now)
				}
			}
			if got := s.send(t, request{body: aliceReads}); got.status != c.status {
				t.Errorf("status %d, want %d: %s", got.status, c.status, got.body)
			}
		})
	}
}

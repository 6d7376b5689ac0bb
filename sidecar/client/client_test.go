package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// answering returns a client of a server with one answer to everything.
func answering(t *testing.T, h http.HandlerFunc) *client.Client {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return &client.Client{BaseURL: server.URL + "/", Key: "k"}
}

var request = policy.Request{
	Subject:  policy.Entity{Type: "client", ID: "acme", Properties: map[string]any{"n": json.Number("1.50")}},
	Action:   policy.Action{Name: "view"},
	Resource: policy.Entity{Type: "project", ID: "p1"},
	Context:  map[string]any{"x": []any{nil, true}},
}

func TestEvaluateOnTheWire(t *testing.T) {
	var got http.Request
	var body []byte
	c := answering(t, func(w http.ResponseWriter, r *http.Request) {
		got, body = *r, must(io.ReadAll(r.Body))
		w.Header().Set("Sightline-Revision", "token")
		w.Header().Set("Sightline-Decision-Id", "id")
		io.WriteString(w, `{"decision":true,"context":{"reason":"in_group","reason_user":{"en":"Yes."},"new":1},"new":2}`)
	})
	answer, err := c.AtLeast("before").Evaluate(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	want := client.Answer{
		Decision: policy.Decision{Allow: true, Reason: policy.Reason{Code: "in_group", Client: "Yes."}},
		Token:    "token", ID: "id",
	}
	if diff := cmp.Diff(want, answer); diff != "" {
		t.Error(diff)
	}
	if got.Method != "POST" || got.URL.Path != "/access/v1/evaluation" {
		t.Errorf("%s %s", got.Method, got.URL.Path)
	}
	for name, value := range map[string]string{
		"Authorization": "Bearer k", "Content-Type": "application/json", "Sightline-At-Least": "before",
	} {
		if got.Header.Get(name) != value {
			t.Errorf("%s %q, want %q", name, got.Header.Get(name), value)
		}
	}
	wire := `{"subject":{"type":"client","id":"acme","properties":{"n":1.50}},"action":{"name":"view"},"resource":{"type":"project","id":"p1"},"context":{"x":[null,true]}}`
	if diff := cmp.Diff(wire, string(body)); diff != "" {
		t.Error(diff)
	}
}

func must(body []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return body
}

func TestAtLeastLeavesItsClientAlone(t *testing.T) {
	tokens := make(chan string, 1)
	c := answering(t, func(w http.ResponseWriter, r *http.Request) {
		tokens <- r.Header.Get("Sightline-At-Least")
		io.WriteString(w, `{"decision":false}`)
	})
	c.AtLeast("token")
	if _, err := c.Evaluate(t.Context(), request); err != nil {
		t.Fatal(err)
	}
	if got := <-tokens; got != "" {
		t.Errorf("sent the token %q", got)
	}
}

func TestErrorsComeBackAsTheyWereRaised(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		header map[string]string
		body   string
		want   policy.Error
	}{
		"text": {
			400,
			map[string]string{"Content-Type": "text/plain; charset=utf-8", "Sightline-Error": "invalid"},
			"subject: is missing",
			policy.Error{Code: policy.Invalid, Message: "subject: is missing"},
		},
		"shared status": {
			409,
			map[string]string{"Content-Type": "text/plain", "Sightline-Error": "epoch_changed"},
			"other",
			policy.Error{Code: policy.EpochChanged, Message: "other"},
		},
		"problem": {
			422,
			map[string]string{"Content-Type": "application/problem+json"},
			`{"status":422,"title":"x","detail":"names dead groups","code":"dead_reference","field":"scope.groups","ids":["g1"]}`,
			policy.Error{Code: policy.DeadReference, Message: "names dead groups", Field: "scope.groups", IDs: []string{"g1"}},
		},
		"a problem can't choose its status": {
			503,
			map[string]string{"Content-Type": "application/problem+json"},
			`{"status":404,"detail":"x","code":"not_found"}`,
			policy.Error{Code: policy.Unavailable, Message: "x"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			cl := answering(t, func(w http.ResponseWriter, _ *http.Request) {
				for name, value := range c.header {
					w.Header().Set(name, value)
				}
				w.WriteHeader(c.status)
				io.WriteString(w, c.body)
			})
			answer, err := cl.Evaluate(t.Context(), request)
			got, ok := err.(*policy.Error)
			if !ok {
				t.Fatalf("error %v", err)
			}
			if diff := cmp.Diff(c.want, *got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(client.Answer{}, answer); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatAProxyAnswersIsNoAnswerOfTheSidecar(t *testing.T) {
	for _, c := range []struct {
		status int
		header map[string]string
		body   string
		want   string
		none   bool // no sidecar answered
	}{
		{502, map[string]string{"Content-Type": "text/html"}, "<html>", "the sidecar did not answer: 502 Bad Gateway", true},
		{503, map[string]string{"Content-Type": "application/json"}, `{"detail":"x","code":"unavailable","ids":["y"]}`, "the sidecar did not answer: 503 Service Unavailable", true},
		{504, nil, "", "the sidecar did not answer: 504 Gateway Timeout", true},
		{503, map[string]string{"Content-Type": "text/plain", "Sightline-Error": "unavailable"}, "not ready", "not ready", false},
		{503, map[string]string{"Content-Type": "application/problem+json"}, `{"detail":"not ready","code":"unavailable"}`, "not ready", false},
	} {
		cl := answering(t, func(w http.ResponseWriter, _ *http.Request) {
			for name, value := range c.header {
				w.Header().Set(name, value)
			}
			w.WriteHeader(c.status)
			io.WriteString(w, c.body)
		})
		answer, err := cl.Evaluate(t.Context(), request)
		if errors.Is(err, client.ErrNoAnswer) != c.none || policy.CodeOf(err) != policy.Unavailable || err.Error() != c.want {
			t.Errorf("%d %s: %v", c.status, c.body, err)
		}
		if diff := cmp.Diff(client.Answer{}, answer); diff != "" {
			t.Error(diff)
		}
	}
}

func TestSenselessAnswersAreErrors(t *testing.T) {
	two := api.Evaluations{Evaluations: []api.Item{{}, {}}}
	shortened := api.Evaluations{Evaluations: []api.Item{{}, {}}, Options: api.Options{Semantic: api.DenyOnFirstDeny}}
	single := func(ctx context.Context, c *client.Client) error {
		_, err := c.Evaluate(ctx, request)
		return err
	}
	batch := func(r api.Evaluations) func(context.Context, *client.Client) error {
		return func(ctx context.Context, c *client.Client) error {
			_, err := c.Evaluations(ctx, r)
			return err
		}
	}
	for name, c := range map[string]struct {
		body string
		call func(context.Context, *client.Client) error
		want string
	}{
		"no decision":      {`{}`, single, "the answer has no decision"},
		"null decision":    {`{"decision":null}`, single, "the answer has no decision"},
		"no JSON":          {`yes`, single, "POST /access/v1/evaluation: decode the answer: invalid character 'y' looking for beginning of value"},
		"empty":            {``, single, "POST /access/v1/evaluation: decode the answer: unexpected end of JSON input"},
		"too large":        {strings.Repeat(" ", 16<<20) + `{}`, single, "POST /access/v1/evaluation: the answer is larger than 16777216 bytes"},
		"a single one":     {`{"decision":true}`, batch(two), "the answer has 0 decisions on 2 items"},
		"too few":          {`{"evaluations":[{"decision":true}]}`, batch(two), "the answer has 1 decisions on 2 items"},
		"too many":         {`{"evaluations":[{"decision":true},{"decision":true},{"decision":true}]}`, batch(shortened), "the answer has 3 decisions on 2 items"},
		"none":             {`{"evaluations":[]}`, batch(shortened), "the answer has 0 decisions on 2 items"},
		"item with no say": {`{"evaluations":[{"decision":true},{}]}`, batch(two), "item 1 of the answer has no decision"},
	} {
		t.Run(name, func(t *testing.T) {
			cl := answering(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, c.body) })
			err := c.call(t.Context(), cl)
			if err == nil || err.Error() != c.want {
				t.Errorf("error %v, want %s", err, c.want)
			}
			if code := policy.CodeOf(err); code != policy.Internal {
				t.Errorf("code %q, want internal", code)
			}
		})
	}
}

func TestAShortenedBatchIsNoError(t *testing.T) {
	c := answering(t, func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"evaluations":[{"decision":false,"context":{"error":{"status":400,"message":"x"}}}]}`)
	})
	got, err := c.Evaluations(t.Context(), api.Evaluations{
		Evaluations: []api.Item{{}, {}}, Options: api.Options{Semantic: api.DenyOnFirstDeny},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []api.Decision{{Context: &api.Context{Error: &api.ItemError{Status: 400, Message: "x"}}}}
	if diff := cmp.Diff(want, got.Decisions); diff != "" {
		t.Error(diff)
	}
}

func TestABatchNeedsItems(t *testing.T) {
	c := answering(t, func(http.ResponseWriter, *http.Request) { t.Error("called") })
	_, err := c.Evaluations(t.Context(), api.Evaluations{})
	if code := policy.CodeOf(err); code != policy.Invalid {
		t.Errorf("code %q, want invalid", code)
	}
}

func TestNoAnswerIsUnavailable(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	c := &client.Client{BaseURL: server.URL}
	_, err := c.Evaluate(t.Context(), request)
	if code := policy.CodeOf(err); code != policy.Unavailable {
		t.Errorf("code %q, want unavailable: %v", code, err)
	}
}

func TestABrokenAnswerIsUnavailable(t *testing.T) {
	c := answering(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		io.WriteString(w, `{"decision":true}`)
	})
	_, err := c.Evaluate(t.Context(), request)
	if code := policy.CodeOf(err); code != policy.Unavailable {
		t.Errorf("code %q, want unavailable: %v", code, err)
	}
}

func TestTheContextEndsACall(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := answering(t, func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body) // the server notices a lost connection only then
		cancel()
		<-r.Context().Done()
	})
	_, err := c.Evaluate(ctx, request)
	if code := policy.CodeOf(err); code != policy.Unavailable || !strings.Contains(err.Error(), "context canceled") {
		t.Errorf("code %q: %v", code, err)
	}
}

func TestTheGivenHTTPClientIsUsed(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"decision":true}`)
	}))
	t.Cleanup(server.Close)
	c := &client.Client{BaseURL: server.URL, HTTP: server.Client()}
	answer, err := c.Evaluate(t.Context(), request)
	if err != nil || !answer.Allow {
		t.Errorf("%v %v", answer, err)
	}
}

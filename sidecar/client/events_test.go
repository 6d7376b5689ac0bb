package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// station returns a client of a server whose nth stream is what the nth of the
// functions writes; the last one goes on for all further ones.
func station(t *testing.T, streams ...http.HandlerFunc) *client.Client {
	t.Helper()
	var n atomic.Int64
	return answering(t, func(w http.ResponseWriter, r *http.Request) {
		streams[min(int(n.Add(1)), len(streams))-1](w, r)
	})
}

// stream answers with a text, and then breaks off.
func stream(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		io.WriteString(w, text)
	}
}

func failing(status int, code policy.Code) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Sightline-Error", string(code))
		w.WriteHeader(status)
	}
}

func event(id string) string {
	return fmt.Sprintf(`{"revision":1,"kind":"groups","id":"%s","action":"added"}`, id)
}

func added(id string) api.Event {
	return api.Event{Revision: 1, Kind: policy.KindGroups, ID: id, Action: api.EventAdded}
}

// take returns the first n updates.
func take(t *testing.T, c *client.Client, after string, n int) []client.Update {
	t.Helper()
	var all []client.Update
	for u, err := range c.Events(t.Context(), after) {
		if err != nil {
			t.Fatal(err)
		}
		if all = append(all, u); len(all) == n {
			break
		}
	}
	return all
}

func TestRevisionsComeWholeAndOnce(t *testing.T) {
	asked := make(chan string, 9)
	note := func(h http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			asked <- r.Method + " " + r.URL.String() + " " + r.Header.Get("Last-Event-ID") + " " + r.Header.Get("Sightline-At-Least") + " " + r.Header.Get("Authorization")
			h(w, r)
		}
	}
	c := station(t,
		note(stream("retry: 1\n\n:\nid: r1\n\n:\nid: r1\n\nevent: change\ndata: "+event("a")+"\n\nevent: change\nid: r2\ndata: "+event("b")+"\n\nevent: change\ndata: "+event("c")+"\n\n")),
		note(stream("event: change\ndata: "+event("c")+"\n\nevent: change\nid: r3\ndata: "+event("d")+"\n\nevent: news\ndata: 1\n\n")),
		note(stream("event: reset\nid: r9\ndata: {}\n\n")),
	)
	want := []client.Update{
		{Token: "r1"},
		{Token: "r2", Events: []api.Event{added("a"), added("b")}},
		{Token: "r3", Events: []api.Event{added("c"), added("d")}},
		{Token: "r9", Reset: true},
	}
	if diff := cmp.Diff(want, take(t, c.AtLeast("r0"), "", 4)); diff != "" {
		t.Error(diff)
	}
	for _, want := range []string{
		"GET /v1/events  r0 Bearer k",
		"GET /v1/events r2  Bearer k",
		"GET /v1/events r3  Bearer k",
	} {
		if got := <-asked; got != want {
			t.Errorf("asked %q, want %q", got, want)
		}
	}
}

func TestHowTheSidecarStandsIsToldWhenItChanges(t *testing.T) {
	state := func(s string) string { return "event: state\ndata: {\"state\":\"" + s + "\"}\n\n" }
	c := station(t, stream("id: r1\n\n"+state("fresh")+state("fail-static")+"id: r2\n\n"), stream(state("fail-static")+state("fresh")+"id: r3\n\n"))
	want := []client.Update{
		{Token: "r1"},
		{Token: "r1", CutOff: true},
		{Token: "r2", CutOff: true},
		{Token: "r2"},
		{Token: "r3"},
	}
	if diff := cmp.Diff(want, take(t, c, "", 5)); diff != "" {
		t.Error(diff)
	}
}

func TestKindsAndTheTokenAreAskedFor(t *testing.T) {
	asked := make(chan string, 9)
	c := station(t, func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.String() + " " + r.Header.Get("Last-Event-ID")
		stream("id: r5\n\n")(w, r)
	})
	for range c.Events(t.Context(), "r4", policy.KindGroups, policy.KindClients) {
		break
	}
	if got := <-asked; got != "/v1/events?kinds=groups%2Cclients r4" {
		t.Error(got)
	}
}

func TestWhatPassesIsTriedAgain(t *testing.T) {
	c := station(t, failing(503, policy.Unavailable), failing(429, policy.TooMany), stream("id: r1\n\n"))
	var got []string
	for u, err := range c.Events(t.Context(), "") {
		got = append(got, u.Token+string(policy.CodeOf(err)))
		if u.Token != "" {
			break
		}
	}
	if diff := cmp.Diff([]string{"unavailable", "too_many", "r1"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatDoesNotPassIsTheEnd(t *testing.T) {
	for name, c := range map[string]struct {
		stream http.HandlerFunc
		want   policy.Code
	}{
		"no key":          {failing(401, policy.Unauthenticated), policy.Unauthenticated},
		"not allowed":     {failing(403, policy.Forbidden), policy.Forbidden},
		"another store":   {failing(409, policy.EpochChanged), policy.EpochChanged},
		"no stream":       {func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "{}") }, policy.Internal},
		"no JSON":         {stream("event: change\nid: r1\ndata: x\n\n"), policy.Internal},
		"an empty event":  {stream("event: change\nid: r1\ndata: {}\n\n"), policy.Internal},
		"a state of none": {stream("event: state\ndata: x\n\n"), policy.Internal},
		"half a revision": {stream("event: change\ndata: " + event("a") + "\n\nid: r2\n\n"), policy.Internal},
	} {
		t.Run(name, func(t *testing.T) {
			var got []policy.Code
			for _, err := range station(t, c.stream).Events(t.Context(), "") {
				got = append(got, policy.CodeOf(err))
			}
			if !slices.Equal(got, []policy.Code{c.want}) {
				t.Errorf("got %q, want %s", got, c.want)
			}
		})
	}
}

func TestTheContextEndsFollowing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	c := station(t, func(w http.ResponseWriter, r *http.Request) {
		stream("id: r1\n\n")(w, r)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	for u, err := range c.Events(ctx, "") {
		if err != nil || u.Token != "r1" {
			t.Error(u, err)
		}
		cancel()
	}
	if !errors.Is(ctx.Err(), context.Canceled) {
		t.Error("ended by itself")
	}
}

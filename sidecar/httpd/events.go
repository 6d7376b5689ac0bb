package httpd

import (
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/events"
)

const eventStreamType = "text/event-stream"

// mountEvents adds the change feed. It is no operation of package huma's, which
// knows answers that end.
func (d *door) mountEvents(group *gin.RouterGroup) {
	if d.Events == nil {
		return
	}
	group.GET(api.PathEvents, d.follow)
	last := &huma.Param{Name: api.HeaderLastEventID, In: "header", Description: "The id to go on after.", Schema: &huma.Schema{Type: huma.TypeString}}
	op := operation{
		id: "follow-events", method: http.MethodGet, path: api.PathEvents, status: http.StatusOK,
		parameters: []*huma.Param{query("kinds", "The kinds to be told of, separated by commas; all if there are none."), last},
		tag:        tagEvents, summary: "Follow changes",
		about:  "Tells of every change of clients, employees, groups and projects as it is made, and goes on until the connection ends.",
		answer: "Server-sent events. The data of those of type " + api.EventChange + " are as described. Those of type " + api.EventState + ", which come at the beginning and at each change, are {\"state\": \"" + api.StateFresh + "\"}, or another state while the sidecar is cut off from its store.",
		errors: []policy.Code{policy.TooMany},
	}
	d.describeAs(op, eventStreamType, schemaOf[api.Event](d))
}

// follow answers with a stream of events.
func (s *server) follow(c *gin.Context) {
	ctx := c.Request.Context()
	f := &stream{server: s, gin: c, caller: callerOf(ctx), control: http.NewResponseController(c.Writer)}
	// The view would keep its snapshot in memory as long as the stream lasts.
	exchangeOf(ctx).view = engine.View{}
	var err error
	if f.kinds, err = kindsOf(c.Query("kinds")); err != nil {
		s.fail(c, err)
		return
	}
	if f.place, err = s.placeOf(c.GetHeader(api.HeaderLastEventID), c.GetHeader(api.HeaderAtLeast)); err != nil {
		s.fail(c, err)
		return
	}
	if err := s.Admin.Follow(ctx, f.caller); err != nil {
		s.fail(c, err)
		return
	}
	leave, err := s.streams.enter(f.caller)
	if err != nil {
		s.fail(c, err)
		return
	}
	defer leave()
	f.run(ctx)
}

// kindsOf returns the kinds that a query names.
func kindsOf(query string) ([]policy.Kind, error) {
	if query == "" {
		return api.EventKinds(), nil
	}
	var kinds []policy.Kind
	for name := range strings.SplitSeq(query, ",") {
		if !slices.Contains(api.EventKinds(), policy.Kind(name)) {
			return nil, policy.FieldErrorf("kinds", "must be some of %v, separated by commas", api.EventKinds())
		}
		kinds = append(kinds, policy.Kind(name))
	}
	return kinds, nil
}

// placeOf returns where a stream begins that is to go on after an id: nowhere, so
// that it begins with a reset, if the id is of another store. Without an id it begins
// at the head, but not before the revision that the caller has seen.
func (s *server) placeOf(id, seen string) (events.Place, error) {
	head := s.Events.Head()
	switch {
	case id == "" && seen == "":
		return head, nil
	case id == "":
		revision, err := s.Feed.ParseToken(seen)
		return head.NotBefore(revision, seen), err
	}
	revision, err := s.Feed.ParseToken(id)
	switch policy.CodeOf(err) {
	case "":
		return head.At(revision, id), nil
	case policy.EpochChanged:
		return events.Place{}, nil
	case policy.Invalid:
		return events.Place{}, policy.Errorf(policy.Invalid, "%s must be the id of an earlier event", api.HeaderLastEventID)
	}
	return events.Place{}, err
}

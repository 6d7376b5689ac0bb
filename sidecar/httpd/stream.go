package httpd

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/events"
)

const (
	heartbeat  = 15 * time.Second // so that proxies see a stream that is alive
	stallLimit = 30 * time.Second // for the caller to take what is sent
	retryAfter = 2 * time.Second  // for a caller whose stream ended

	lookEvery = time.Second / 2 // at how the sidecar stands
)

// stream is one answer of server-sent events (WHATWG HTML, section 9.2.6).
type stream struct {
	*server
	gin     *gin.Context
	control *http.ResponseController
	caller  policy.Caller // as of the last time the rules were asked
	kinds   []policy.Kind
	place   events.Place

	told, seen State // how the sidecar stands, as the caller knows and as of the last look
}

// run sends events until the caller is gone or may not have more, or the server
// stops. Nothing can be told then: the status is out.
func (f *stream) run(ctx context.Context) {
	if f.begin() != nil {
		return
	}
	beats := time.NewTicker(heartbeat)
	defer beats.Stop()
	looks := time.NewTicker(lookEvery)
	defer looks.Stop()
	for beat, look := true, true; !ended(ctx); {
		part, known := f.Events.After(f.place)
		if f.check(ctx, beat) != nil || f.send(part, known, beat) != nil || look && f.tellState() != nil {
			return
		}
		beat, look = false, false
		if !known || len(part.Steps) > 0 {
			continue
		}
		select {
		case <-part.More:
		case <-looks.C:
			look = true
		case <-beats.C:
			beat = true
		case <-stopping(ctx):
		case <-ctx.Done():
		}
	}
}

// ended reports whether the caller is gone or the server stops.
func ended(ctx context.Context) bool {
	select {
	case <-stopping(ctx):
		return true
	default:
		return ctx.Err() != nil
	}
}

// begin sends the header. The deadlines of the connection are for answers that
// end: once the one for reading passed, the request would count as given up.
func (f *stream) begin() error {
	if err := f.control.SetReadDeadline(time.Time{}); err != nil {
		return err
	}
	f.gin.Header("Content-Type", eventStreamType)
	f.gin.Header("X-Accel-Buffering", "no") // nginx would hold events back
	f.gin.Status(http.StatusOK)
	return f.write("retry: %d\n\n", retryAfter.Milliseconds())
}

// check reports whether the caller may still be told. The view is at least as
// new as what is to be sent, so whoever lost access is not told what came after.
// The rules are asked again only now and then, or when they see another caller.
func (f *stream) check(ctx context.Context, ask bool) error {
	view, ok := f.Engine.View()
	if !ok {
		return unavailable()
	}
	caller, ok := view.Data().Caller(keyText(f.gin.Request.Header), f.Now())
	if !ok {
		return policy.Errorf(policy.Unauthenticated, "the key is not valid any more")
	}
	same := caller.ID == f.caller.ID && caller.Type == f.caller.Type && caller.Role == f.caller.Role &&
		slices.Equal(caller.Permissions, f.caller.Permissions)
	if same && !ask {
		return nil
	}
	caller.From = f.caller.From
	f.caller = caller
	return f.Admin.Follow(ctx, caller)
}

// send sends what a reader got, and a sign of life with the id of the place if
// it is time for one.
func (f *stream) send(part events.Part, known, beat bool) error {
	if !known {
		f.place = f.Events.Head()
		return f.flush(f.write("event: %s\n%sdata: {}\n\n", api.EventReset, idLine(f.place)))
	}
	for _, step := range part.Steps {
		if err := f.tell(step); err != nil {
			return err
		}
	}
	f.place = part.Place
	if beat {
		if err := f.write(":\n%s\n", idLine(f.place)); err != nil {
			return err
		}
	}
	return f.flush(nil)
}

// tellState looks how the sidecar stands, and tells the caller who does not know. What
// is not fresh has to be so for two looks: a machine that stood still looks cut off too.
func (f *stream) tellState() error {
	now := f.State()
	lasts := now == f.seen || now == Fresh || f.told == ""
	f.seen = now
	if now == f.told || !lasts {
		return nil
	}
	f.told = now
	return f.flush(f.write("event: %s\ndata: {\"state\":\"%s\"}\n\n", api.EventState, now))
}

// tell sends what the caller wants of a step. The id stands in its last event
// only, so that no stream goes on in the middle.
func (f *stream) tell(step events.Step) error {
	wanted := slices.DeleteFunc(slices.Clone(step.Messages), func(m events.Message) bool {
		return !slices.Contains(f.kinds, m.Kind)
	})
	for i, m := range wanted {
		id := ""
		if i == len(wanted)-1 {
			id = idLine(step.Place)
		}
		if err := f.write("event: %s\n%sdata: %s\n\n", api.EventChange, id, m.JSON); err != nil {
			return err
		}
	}
	return nil
}

func idLine(p events.Place) string {
	if p.Token == "" {
		return ""
	}
	return "id: " + p.Token + "\n"
}

func (f *stream) write(format string, args ...any) error {
	if err := f.control.SetWriteDeadline(time.Now().Add(stallLimit)); err != nil {
		return err
	}
	_, err := fmt.Fprintf(f.gin.Writer, format, args...)
	return err
}

// flush sends what was written, unless that failed.
func (f *stream) flush(err error) error {
	if err != nil {
		return err
	}
	return f.control.Flush()
}

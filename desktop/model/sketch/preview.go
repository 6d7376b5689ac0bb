package sketch

import (
	"context"
	"time"

	"sightline.example/desktop/async"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// Figures of a preview.
const (
	Rest    = 200 * time.Millisecond // how long a scope has to rest before the sidecar is asked
	patient = 10 * time.Second       // how long the sidecar may take
)

// Ask asks what a scope would show, as of the token's revision or a later one.
type Ask func(ctx context.Context, token string, asked api.NewPreview) (api.Preview, error)

// AskBy returns an Ask that reaches the sidecar by a client.
func AskBy(c *client.Client) Ask {
	return func(ctx context.Context, token string, asked api.NewPreview) (api.Preview, error) {
		return c.AtLeast(token).Preview(ctx, asked)
	}
}

// PreviewState says what is known of what a scope would show.
type PreviewState string

// The states of a preview. Value is of the present scope in Ready alone; in the
// others it is what was known last, to be looked at meanwhile.
const (
	Loading PreviewState = "loading"
	Ready   PreviewState = "ready"
	Failed  PreviewState = "failed"
)

// Preview is what a scope would show, as it is being found out.
type Preview struct {
	State PreviewState
	Value *api.Preview // nil if nothing was ever known
	Err   error        // why it failed
}

// Blind reports whether the client would see nobody's work: because the rules say
// so, or because nobody in the selected groups is on the selected projects.
func (p Preview) Blind() bool {
	v := p.Value
	return v != nil && (v.Message != "" || v.Mode == policy.ModeBoth && v.Employees.Count == 0)
}

// Names returns the first names of a list, as many as fit.
func Names(l api.Listing, fit int) []string {
	names := make([]string, 0, min(fit, len(l.Items)))
	for _, item := range l.Items[:min(fit, len(l.Items))] {
		names = append(names, item.Name)
	}
	return names
}

// question is what is asked, and as of when at least it is answered.
type question struct {
	token string
	api.NewPreview
}

// live asks the sidecar again and again what a changing scope would show.
type live struct {
	preview Preview
	changed func()
	latest  async.Latest[question, api.Preview]
}

func newLive(on async.Dispatcher, ask Ask, changed func()) *live {
	l := &live{preview: Preview{State: Loading}, changed: changed}
	l.latest = async.Latest[question, api.Preview]{
		On: on, Delay: Rest, Install: l.install,
		Work: func(ctx context.Context, in question) (api.Preview, error) {
			ctx, cancel := context.WithTimeout(ctx, patient)
			defer cancel()
			return ask(ctx, in.token, in.NewPreview)
		},
	}
	return l
}

// set asks about another scope, once it has rested.
func (l *live) set(asked question) {
	l.preview.State, l.preview.Err = Loading, nil
	l.latest.Set(asked)
}

// follow asks about the same scope, without giving up what is under way.
func (l *live) follow(asked question) {
	if l.preview.State != Ready {
		l.preview.State, l.preview.Err = Loading, nil
	}
	l.latest.Follow(asked)
}

func (l *live) install(p api.Preview, err error) {
	if err != nil {
		l.preview.State, l.preview.Err = Failed, err
	} else {
		l.preview = Preview{State: Ready, Value: &p}
	}
	l.changed()
}

package sketch

import (
	"context"
	"time"

	"sightline.example/desktop/async"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Figures of a preview.
const (
	Rest    = 200 * time.Millisecond // how long a scope has to rest before the sidecar is asked
	patient = 10 * time.Second       // how long the sidecar may take
)

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

// live asks the sidecar again and again what a changing scope would show.
type live struct {
	preview Preview
	asked   api.NewPreview
	changed func()
	latest  async.Latest[api.NewPreview, api.Preview]
}

func newLive(on async.Dispatcher, ask func(context.Context, api.NewPreview) (api.Preview, error), changed func()) *live {
	l := &live{preview: Preview{State: Loading}, changed: changed}
	l.latest = async.Latest[api.NewPreview, api.Preview]{
		On: on, Delay: Rest, Install: l.install,
		Work: func(ctx context.Context, in api.NewPreview) (api.Preview, error) {
			ctx, cancel := context.WithTimeout(ctx, patient)
			defer cancel()
			return ask(ctx, in)
		},
	}
	return l
}

// set asks about another scope, once it has rested.
func (l *live) set(asked api.NewPreview) {
	l.asked = asked
	l.preview.State, l.preview.Err = Loading, nil
	l.latest.Set(asked)
}

func (l *live) install(p api.Preview, err error) {
	if err != nil {
		l.preview.State, l.preview.Err = Failed, err
	} else {
		l.preview = Preview{State: Ready, Value: &p}
	}
	l.changed()
}

package sketch_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

func TestAllNamesAreAskedForWhereSomeAreMissing(t *testing.T) {
	pump, limits, fail := asynctest.New(t), []int(nil), error(nil)
	lost := 60
	ask := func(_ context.Context, _ string, q api.NewPreview) (p api.Preview, err error) {
		limits = append(limits, q.Limit)
		p.Against = &api.Edit{}
		l := &p.Against.Lost.Employees
		l.Count = lost
		for i := range min(lost, q.Limit) {
			l.Items = append(l.Items, api.Named{Name: fmt.Sprint(i)})
		}
		return p, fail
	}
	s := sketch.New(sketch.Config{On: pump, Preview: ask, Client: "acme"}, policy.Scope{})
	t.Cleanup(s.Close)
	pump.Advance(sketch.Rest)
	var told []sketch.Preview
	whole := func() sketch.Preview {
		s.Whole(func(p sketch.Preview) { told = append(told, p) })
		pump.Advance(sketch.Rest)
		return told[len(told)-1]
	}
	if p := whole(); p.State != sketch.Ready || len(p.Value.Against.Lost.Employees.Items) != 60 {
		t.Errorf("told %+v", p)
	}
	if got := len(s.Preview().Value.Against.Lost.Employees.Items); got != 50 {
		t.Errorf("the preview has %d names", got)
	}
	fail = errors.New("no connection")
	if p := whole(); p.State != sketch.Failed || p.Err == nil {
		t.Errorf("told %+v", p)
	}
	lost, fail = 50, nil
	s.Ask()
	pump.Advance(sketch.Rest)
	asked := len(limits)
	if p := whole(); len(p.Value.Against.Lost.Employees.Items) != 50 || len(limits) != asked {
		t.Errorf("asked with %v", limits[asked:])
	}
	s.SetScreencasts(true) // what is known is of another scope now
	if whole(); len(limits) == asked {
		t.Error("it was not asked anew")
	}
	if len(told) != 4 {
		t.Errorf("told %d times", len(told))
	}
}

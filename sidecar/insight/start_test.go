package insight_test

import (
	"context"
	"iter"
	"log/slog"
	"slices"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/policy/policytest"
	"sightline.example/rego"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/insight"
)

var (
	auditor = policy.Caller{Type: policy.SubjectKey, ID: "key", Role: policy.RoleAuditor}
	app     = policy.Caller{Type: policy.SubjectKey, ID: "key", Role: policy.RoleApp}
)

// desk is an Insight over data that a test changes, at a time that it changes.
type desk struct {
	*insight.Insight
	engine *engine.Engine
	data   *policy.Data
	ids    []policy.ClientID // in order
	now    time.Time
}

// start returns a desk without data, at noon.
func start(tb testing.TB, patience time.Duration) *desk {
	tb.Helper()
	d := &desk{now: policytest.Noon()}
	var err error
	d.engine, err = engine.New(tb.Context(), rego.Files, engine.Config{
		Limit: time.Hour, ListLimit: time.Hour, // machines of tests stand still now and then
		Now: func() time.Time { return d.now },
	})
	if err != nil {
		tb.Fatal(err)
	}
	d.Insight = insight.New(insight.Config{
		Authoriser: admin.New(admin.Config{Engine: d.engine, Log: slog.New(slog.DiscardHandler)}),
		Order:      d,
		Now:        func() time.Time { return d.now },
		Patience:   patience,
	})
	return d
}

// follow makes the data those that are given, and returns their view.
func (d *desk) follow(data *policy.Data) engine.View {
	d.data = data
	d.ids = slices.Sorted(data.ClientIDs())
	d.engine.Swap(data)
	view, _ := d.engine.View()
	return view
}

// After makes the desk its own insight.Order.
func (d *desk) After(id policy.ClientID) iter.Seq[policy.ClientID] {
	i, found := slices.BinarySearch(d.ids, id)
	if found {
		i++
	}
	return slices.Values(d.ids[i:])
}

// allows asks for one decision.
func allows(ctx context.Context, v engine.View, id policy.ClientID, resource policy.Entity) bool {
	return v.Decide(ctx, policytest.View(id, resource)).Allow
}

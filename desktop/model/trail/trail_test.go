package trail_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model/trail"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// written starts a sidecar in which a client was made and changed.
func written(t *testing.T) *client.Client {
	t.Helper()
	owner := sidecartest.Start(t, sidecartest.Options{}).Owner
	c := policy.Client{ID: "acme", Name: "Acme", Email: "acme@client.example", Status: policy.Active}
	stored, err := owner.Clients().Create(t.Context(), c, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	stored.Value.Scope.Screencasts = true
	if _, err := owner.Clients().Replace(t.Context(), "acme", stored.Revision, stored.Value, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	return owner
}

func config(pump *asynctest.Pump, c *client.Client) trail.Config {
	return trail.Config{On: pump, Page: c.Audit, Lines: c.AuditLines}
}

func TestTheLogIsReadFromItsEnd(t *testing.T) {
	owner, pump := written(t), asynctest.New(t)
	tr := trail.New(config(pump, owner), trail.Filter{Kind: "clients", ID: "acme"})
	t.Cleanup(tr.Close)
	if !tr.Loading() {
		t.Error("it is not loading")
	}
	pump.Settle()
	if tr.Err() != nil || tr.Len() != 2 || tr.CanMore() {
		t.Fatalf("%v, %d records, more %t", tr.Err(), tr.Len(), tr.CanMore())
	}
	if got := tr.At(0).Action + " " + tr.At(1).Action; got != "replace create" {
		t.Errorf("the records are %s", got)
	}
	before, after, ok := trail.Scopes(tr.At(0))
	if !ok || before.Screencasts || !after.Screencasts {
		t.Errorf("the scopes are %+v and %+v, %t", before, after, ok)
	}
	if _, _, ok := trail.Scopes(tr.At(1)); ok {
		t.Error("what was made had a scope before")
	}
	tr.SetFilter(trail.Filter{Text: "ACME repl"})
	if tr.Len() != 1 {
		t.Errorf("%d records are found", tr.Len())
	}
	tr.SetFilter(trail.Filter{})
	if tr.Len() <= 2 {
		t.Errorf("%d records without a filter", tr.Len())
	}
}

func TestOlderRecordsAreReadWhenTheyAreWanted(t *testing.T) {
	owner, pump := sidecartest.Start(t, sidecartest.Options{}).Owner, asynctest.New(t)
	for range 510 {
		if _, err := owner.Groups().Create(t.Context(), policy.Group{Name: "Group"}, client.Terms{}); err != nil {
			t.Fatal(err)
		}
	}
	tr := trail.New(config(pump, owner), trail.Filter{})
	t.Cleanup(tr.Close)
	pump.Settle()
	if tr.Len() != 500 || !tr.CanMore() {
		t.Fatalf("%d records, more %t, %v", tr.Len(), tr.CanMore(), tr.Err())
	}
	tr.More()
	pump.Settle()
	last := tr.At(tr.Len() - 1)
	if last.Seq != 1 || tr.CanMore() || int(tr.At(0).Seq) != tr.Len() {
		t.Errorf("from %d to %d in %d records, more %t", tr.At(0).Seq, last.Seq, tr.Len(), tr.CanMore())
	}
	tr.Verify()
	pump.Settle()
	if v := tr.Verdict(); v == nil || v.Fault != nil || v.Records != tr.At(0).Seq {
		t.Errorf("the verdict is %+v", v)
	}
}

func TestALogThatWasTamperedWithIsFoundOut(t *testing.T) {
	owner, pump := written(t), asynctest.New(t)
	cfg := config(pump, owner)
	cfg.Lines = func(ctx context.Context, after uint64, limit int) (api.AuditLines, error) {
		lines, err := owner.AuditLines(ctx, after, limit)
		lines.Text = bytes.Replace(lines.Text, []byte("create"), []byte("delete"), 1)
		return lines, err
	}
	tr := trail.New(cfg, trail.Filter{})
	t.Cleanup(tr.Close)
	tr.Verify()
	pump.Settle()
	if _, ok := errors.AsType[*audit.Fault](tr.Verdict().Fault); !ok || tr.Checking() {
		t.Errorf("the verdict is %+v", tr.Verdict())
	}
}

func TestALogThatCanNotBeReadIsTriedAgain(t *testing.T) {
	owner, pump := written(t), asynctest.New(t)
	cfg := config(pump, owner)
	failing := true
	cfg.Page = func(ctx context.Context, after uint64, limit int) (api.AuditPage, error) {
		if failing {
			return api.AuditPage{}, policy.Errorf(policy.Unavailable, "no")
		}
		return owner.Audit(ctx, after, limit)
	}
	tr := trail.New(cfg, trail.Filter{})
	t.Cleanup(tr.Close)
	pump.Settle()
	if tr.Err() == nil || tr.CanMore() {
		t.Errorf("%v, more %t", tr.Err(), tr.CanMore())
	}
	failing = false
	tr.Reload()
	pump.Settle()
	if tr.Err() != nil || tr.Len() == 0 {
		t.Errorf("%v, %d records", tr.Err(), tr.Len())
	}
}

func TestChangesAreByMember(t *testing.T) {
	got := trail.ChangesOf(
		json.RawMessage(`{"name":"Acme","scope":{"groups":["a","b"],"screencasts":true},"v":1}`),
		json.RawMessage(`{"name":"Acme","scope":{"groups":["a"]},"email":"x@y.example","v":1}`))
	want := []trail.Change{
		{"email", "", "x@y.example"}, {"scope.groups", "a, b", "a"}, {"scope.screencasts", "true", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if got := trail.ChangesOf(nil, json.RawMessage(`not JSON`)); got != nil {
		t.Errorf("of nothing: %v", got)
	}
}

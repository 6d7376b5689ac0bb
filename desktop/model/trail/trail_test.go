package trail_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

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
	return trail.Calls(pump, c)
}

func TestTheLogIsReadFromItsEnd(t *testing.T) {
	owner, pump := written(t), asynctest.New(t)
	tr := trail.New(config(pump, owner), trail.Filter{Kind: "clients", ID: "acme"})
	t.Cleanup(tr.Close)
	if tr.State() != trail.Loading {
		t.Error("it is not loading")
	}
	pump.Settle()
	if tr.Err() != nil || tr.Len() != 2 || tr.CanMore() {
		t.Fatalf("%v, %d records, more %t", tr.Err(), tr.Len(), tr.CanMore())
	}
	if got := tr.At(0).Action + " " + tr.At(1).Action; got != "replace create" {
		t.Errorf("the records are %s", got)
	}
	before, after, ok := tr.At(0).Scopes()
	if !ok || before.Screencasts || !after.Screencasts {
		t.Errorf("the scopes are %+v and %+v, %t", before, after, ok)
	}
	if _, _, ok := tr.At(1).Scopes(); ok {
		t.Error("what was made had a scope before")
	}
	tr.SetFilter(trail.Filter{Kind: "clients", Action: "replace"})
	pump.Settle()
	if tr.Len() != 1 {
		t.Errorf("%d records are found", tr.Len())
	}
	tr.SetFilter(trail.Filter{Kind: "nothing of the sort"})
	pump.Settle()
	if tr.State() != trail.None {
		t.Errorf("it is %s", tr.State())
	}
	tr.SetFilter(trail.Filter{})
	pump.Settle()
	if tr.Len() <= 2 {
		t.Errorf("%d records without a filter", tr.Len())
	}
}

func TestOlderRecordsAreReadWhenTheyAreWanted(t *testing.T) {
	owner, pump := sidecartest.Start(t, sidecartest.Options{}).Owner, asynctest.New(t)
	for range 210 {
		if _, err := owner.Groups().Create(t.Context(), policy.Group{Name: "Group"}, client.Terms{}); err != nil {
			t.Fatal(err)
		}
	}
	tr := trail.New(config(pump, owner), trail.Filter{})
	t.Cleanup(tr.Close)
	pump.Settle()
	if tr.Len() != 200 || !tr.CanMore() {
		t.Fatalf("%d records, more %t, %v", tr.Len(), tr.CanMore(), tr.Err())
	}
	tr.More()
	pump.Settle()
	last := tr.At(tr.Len() - 1)
	if last.Seq != 1 || tr.CanMore() || int(tr.At(0).Seq) != tr.Len() {
		t.Errorf("from %d to %d in %d records, more %t", tr.At(0).Seq, last.Seq, tr.Len(), tr.CanMore())
	}
	if v := verdict(t, config(pump, owner), pump); v.Err != nil || v.Records != tr.Len() {
		t.Errorf("the verdict is %+v", v)
	}
}

// verdict verifies the log.
func verdict(t *testing.T, cfg trail.Config, pump *asynctest.Pump) *trail.Verdict {
	t.Helper()
	v := trail.Verify(cfg)
	t.Cleanup(v.Close)
	pump.Settle()
	if v.Verdict() == nil {
		t.Fatal("there is no verdict")
	}
	return v.Verdict()
}

func TestNewRecordsComeOnTop(t *testing.T) {
	owner, pump := written(t), asynctest.New(t)
	tr := trail.New(config(pump, owner), trail.Filter{Kind: "groups"})
	t.Cleanup(tr.Close)
	pump.Settle()
	for _, name := range []string{"First", "Second"} {
		if _, err := owner.Groups().Create(t.Context(), policy.Group{Name: name}, client.Terms{}); err != nil {
			t.Fatal(err)
		}
		tr.Follow()
		pump.Advance(2 * time.Second)
		if tr.Len() == 0 || tr.At(0).Name() != name {
			t.Errorf("%s is not on top of %d", name, tr.Len())
		}
	}
	if tr.Len() != 2 {
		t.Errorf("%d records", tr.Len())
	}
}

func TestWhoDidNothingYetCanBeChosenToo(t *testing.T) {
	owner, pump := written(t), asynctest.New(t)
	if _, err := owner.InviteAdmin(t.Context(), api.NewAdmin{Email: "quiet@harbour.example", Name: "Quiet Quinn", Role: policy.RoleAuditor}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	if _, err := owner.CreateKey(t.Context(), api.NewKey{Name: "idle key", Role: policy.RoleAuditor}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	tr := trail.New(config(pump, owner), trail.Filter{})
	t.Cleanup(tr.Close)
	pump.Settle()
	named := func() (all []string) {
		for _, a := range tr.Actors() {
			if a.Name == "Quiet Quinn" || a.Name == "idle key" {
				all = append(all, a.Name+" "+string(a.Type))
			}
		}
		return all
	}
	if got := named(); got != nil {
		t.Errorf("before it was asked: %q", got)
	}
	tr.ReadTeam()
	pump.Settle()
	if diff := cmp.Diff([]string{"idle key key", "Quiet Quinn admin"}, named()); diff != "" {
		t.Error(diff)
	}
}

func TestATeamThatCanNotBeReadIsTriedAgain(t *testing.T) {
	owner, pump := written(t), asynctest.New(t)
	cfg := config(pump, owner)
	tried := 0
	cfg.Team = func(context.Context) (map[string]trail.Actor, error) {
		tried++
		return nil, policy.Errorf(policy.Unavailable, "no")
	}
	tr := trail.New(cfg, trail.Filter{})
	t.Cleanup(tr.Close)
	for range 2 {
		tr.ReadTeam()
		tr.ReadTeam() // is under way
		pump.Settle()
	}
	if tried != 2 || len(tr.Actors()) == 0 {
		t.Errorf("tried %d times, %d actors", tried, len(tr.Actors()))
	}
}

func TestTheLogIsExported(t *testing.T) {
	owner, pump := written(t), asynctest.New(t)
	for form, want := range map[trail.Form]int{trail.CSV: 3, trail.NDJSON: 2} {
		var text bytes.Buffer
		n, err := config(pump, owner).Export(t.Context(), trail.Filter{Kind: "clients", ID: "acme"}, form, &text, func(int) {})
		if err != nil || n != 2 || bytes.Count(text.Bytes(), []byte("\n")) != want {
			t.Errorf("%s: %v, %d records:\n%s", form, err, n, text.String())
		}
	}
}

func TestAnExportTellsHowFarItIsAndEnds(t *testing.T) {
	owner, pump := written(t), asynctest.New(t)
	cfg := config(pump, owner)
	cfg.Part = 1
	f := trail.Filter{Kind: "clients", ID: "acme"}
	var told []int
	n, err := cfg.Export(t.Context(), f, trail.CSV, &bytes.Buffer{}, func(n int) { told = append(told, n) })
	if err != nil || n != 2 || len(told) == 0 || told[0] != 1 {
		t.Errorf("%d records, told %v, %v", n, told, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	if n, err := cfg.Export(ctx, f, trail.CSV, &bytes.Buffer{}, func(int) { stop() }); err == nil || n != 1 {
		t.Errorf("after it was stopped: %d records, %v", n, err)
	}
}

func TestAVerificationTellsHowFarItIs(t *testing.T) {
	owner, pump := written(t), asynctest.New(t)
	cfg := config(pump, owner)
	cfg.Part = 1
	v := trail.Verify(cfg)
	t.Cleanup(v.Close)
	var told []int
	v.OnChange = func() {
		done, of := v.Progress()
		if v.Verdict() == nil && of == 5 {
			told = append(told, done)
		}
	}
	pump.Settle()
	if diff := cmp.Diff([]int{1, 2, 3, 4, 5}, told); diff != "" || v.Verdict() == nil || v.Verdict().Err != nil {
		t.Errorf("verdict %+v: %s", v.Verdict(), diff)
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
	if _, ok := errors.AsType[*audit.Fault](verdict(t, cfg, pump).Err); !ok {
		t.Errorf("the verdict is %+v", verdict(t, cfg, pump))
	}
}

func TestALogThatCanNotBeReadIsTriedAgain(t *testing.T) {
	owner, pump := written(t), asynctest.New(t)
	cfg := config(pump, owner)
	failing := true
	cfg.Find = func(ctx context.Context, q audit.Query) (api.AuditPage, error) {
		if failing {
			return api.AuditPage{}, policy.Errorf(policy.Unavailable, "no")
		}
		return owner.FindAudit(ctx, q)
	}
	tr := trail.New(cfg, trail.Filter{})
	t.Cleanup(tr.Close)
	pump.Settle()
	if tr.State() != trail.Failed || tr.CanMore() {
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
		{Path: "email", After: "x@y.example"}, {Path: "scope.groups", Removed: []string{"b"}}, {Path: "scope.screencasts", Before: "true", After: "false"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	made := trail.ChangesOf(nil, json.RawMessage(`{"name":"Acme","scope":{"screencasts":true}}`))
	if diff := cmp.Diff([]trail.Change{{Path: "name", After: "Acme"}, {Path: "scope.screencasts", After: "true"}}, made); diff != "" {
		t.Errorf("of what was made: -want +got\n%s", diff)
	}
	if got := trail.ChangesOf(nil, json.RawMessage(`not JSON`)); got != nil {
		t.Errorf("of nothing: %v", got)
	}
}

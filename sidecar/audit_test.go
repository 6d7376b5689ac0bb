package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/audit"
	"sightline.example/sidecar/client"
)

// command runs the program to its end and returns what it prints, and whether it
// ended well.
func command(t *testing.T, key string, args ...string) (stdout, stderr string, ok bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asSidecar+"=1", "SIGHTLINE_KEY="+key)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if _, ended := err.(*exec.ExitError); err != nil && !ended {
		t.Fatal(err)
	}
	return out.String(), errs.String(), err == nil
}

// stop ends a sidecar as an operator does.
func (p *process) stop(t *testing.T) {
	t.Helper()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Fatal(err)
	}
}

// wantWhole runs verify and wants it to find records first to last whole. It
// returns the anchor it prints.
func wantWhole(t *testing.T, first, last int, key string, args ...string) string {
	t.Helper()
	out, errs, ok := command(t, key, append([]string{"audit", "verify"}, args...)...)
	want := fmt.Sprintf("Nobody changed the %d audit records from %d to %d.\n", last-first+1, first, last)
	anchor := regexp.MustCompile(fmt.Sprintf(`(?m)^anchor (%d:[0-9a-f]{64})$`, last)).FindStringSubmatch(out)
	if !ok || !strings.HasPrefix(out, want) || anchor == nil {
		t.Fatalf("verify %v printed %q, %q; want %q", args, out, errs, want)
	}
	return anchor[1]
}

// wantRefused runs a command and wants it to end badly and say why.
func wantRefused(t *testing.T, key, why string, args ...string) {
	t.Helper()
	out, errs, ok := command(t, key, args...)
	if ok || !strings.Contains(errs, why) {
		t.Errorf("%v printed %q, %q (%v); want an error with %q", args, out, errs, ok, why)
	}
}

func TestTheAuditLogIsVerifiedAndExported(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	wantRefused(t, "", "there is no store in "+dir, "audit", "verify", "--data-dir="+dir)
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("a store was made: %v", err)
	}
	p := spawn(t, "--data-dir="+dir)
	owner, app := firstKeys(t, p, dir)
	c := policy.Client{ID: "acme", Name: "Canary", Email: "canary@acme.example", Status: policy.Active}
	if _, err := owner.Clients().Create(t.Context(), c, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	const n = 6 // the bootstrap key, two keys, a group, an employee and a client

	anchor := wantWhole(t, 1, n, owner.Key, "--url="+p.url)
	exported, _, ok := command(t, owner.Key, "audit", "export", "--url="+p.url)
	if !ok || strings.Count(exported, "\n") != n || strings.Contains(strings.ToLower(exported), "canary") {
		t.Fatalf("exported: %s", exported)
	}
	expectParts(t, owner, exported)
	wantRefused(t, app.Key, "The role does not allow it.", "audit", "verify", "--url="+p.url)
	wantRefused(t, "", "another sidecar uses the data directory "+dir+": ask it with --url", "audit", "verify", "--data-dir="+dir)
	p.stop(t)

	wantWhole(t, 1, n+1, "", "--data-dir="+dir, "--anchor="+anchor)
	offline, _, _ := command(t, "", "audit", "export", "--data-dir="+dir)
	if !strings.HasPrefix(offline, exported) || strings.Count(offline, "\n") != n+1 {
		t.Errorf("the store has\n%s\nthe sidecar told\n%s", offline, exported)
	}
	wantRefused(t, "", fmt.Sprintf("audit record %d is not the one the anchor names", n), "audit", "verify", "--data-dir="+dir,
		fmt.Sprintf("--anchor=%d:%s", n, strings.Repeat("0", 64)))
	wantRefused(t, "", "--demo is for running the sidecar", "audit", "verify", "--demo")
	wantRefused(t, "", "must be a number, a colon", "audit", "verify", "--data-dir="+dir, "--anchor=7")
}

// expectParts wants the log in parts of two records to be as exported.
func expectParts(t *testing.T, owner *client.Client, exported string) {
	t.Helper()
	first, err := owner.AuditLines(t.Context(), 0, 2)
	if err != nil || strings.Count(string(first.Text), "\n") != 2 {
		t.Fatalf("got %s, %v", first.Text, err)
	}
	if _, err := owner.Groups().Create(t.Context(), policy.Group{ID: "later", Name: "Later"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	got := ""
	for stored, err := range remoteLines(t.Context(), owner, first, 2) {
		if err != nil {
			t.Fatal(err)
		}
		got += string(stored) + "\n"
	}
	if got != exported {
		t.Errorf("in parts it is\n%s\nat once\n%s", got, exported)
	}
}

func TestFilesOfTheAuditLogAreVerified(t *testing.T) {
	dir := t.TempDir()
	var last audit.Anchor
	var anchors []audit.Anchor
	var lines []string
	for range 4 {
		stored, next, err := last.Next(audit.Entry{Action: "create", Kind: "groups"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		lines, anchors, last = append(lines, string(stored)+"\n"), append(anchors, next), next
	}
	write := func(name string, lines ...string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(strings.Join(lines, "")), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	one, two := write("one", lines[:2]...), write("two", lines[2:]...)
	if got := wantWhole(t, 1, 4, "", one, two); got != last.String() {
		t.Errorf("the anchor is %s, want %s", got, last)
	}
	wantWhole(t, 3, 4, "", two, "--after="+anchors[1].String())
	wantRefused(t, "", "audit record 1 is missing", "audit", "verify", two)
	wantRefused(t, "", "audit record 2 was changed", "audit", "verify", write("bad", lines[0], strings.Replace(lines[1], "groups", "people", 1), lines[2]))
	wantRefused(t, "", "audit record 3 is missing: the end was cut off", "audit", "verify", one, "--anchor="+last.String())
	wantRefused(t, "", "no such file", "audit", "verify", filepath.Join(dir, "none"))
}

// TestKilledWhileArchiving kills the sidecar again and again while it archives
// and while others write. Each acknowledged change has its one record, in the
// archive or in the store.
func TestKilledWhileArchiving(t *testing.T) {
	dir, archive := t.TempDir(), filepath.Join(t.TempDir(), "archive")
	flags := []string{"--data-dir=" + dir, "--audit-archive=" + archive, "--audit-keep=3"}
	p := spawn(t, flags...)
	owner, _ := firstKeys(t, p, dir)
	r := rand.New(rand.NewPCG(7, 1))
	acknowledged := map[string]int{}
	for round := range 8 {
		for _, id := range writeUntilKilled(t, p, owner, round, 1+r.IntN(30)) {
			acknowledged[id] = 0
		}
		p = spawn(t, flags...)
		owner.BaseURL = p.url
	}
	p.stop(t)
	exported, errs, ok := command(t, "", append([]string{"audit", "export"}, flags...)...)
	if !ok {
		t.Fatal(errs)
	}
	n, archived := 0, 0
	for line := range strings.Lines(exported) {
		var r audit.Record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		n++
		if r.Action == "archive" {
			archived++
		}
		if _, ours := acknowledged[r.ID]; ours && r.Kind == "groups" {
			acknowledged[r.ID]++
		}
	}
	for id, records := range acknowledged {
		if records != 1 {
			t.Errorf("%s has %d records", id, records)
		}
	}
	if archived == 0 {
		t.Error("nothing was archived")
	}
	wantWhole(t, 1, n, "", flags...)
	out, _, ok := command(t, "", "audit", "verify", "--data-dir="+dir)
	if !ok || !strings.Contains(out, "are archived. Name the archive with --audit-archive to check them too.") {
		t.Errorf("without the archive: %s", out)
	}
	files, err := filepath.Glob(filepath.Join(archive, "audit-*.ndjson"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	spoilt, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files[0], bytes.Replace(spoilt, []byte("bootstrap"), []byte("bootstrep"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, "", "audit record 1 was changed", append([]string{"audit", "verify"}, flags...)...)
	t.Logf("8 kills, %d files, %d records, %d acknowledged changes", len(files), n, len(acknowledged))
}

package store_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	chain "sightline.example/sidecar/audit"
	"sightline.example/sidecar/store"
	"sightline.example/sidecar/store/storetest"
)

func archive(t *testing.T, s *store.Store, dir string, keep int) chain.Tail {
	t.Helper()
	tail, err := s.ArchiveAudit(t.Context(), dir, keep)
	if err != nil {
		t.Fatal(err)
	}
	return tail
}

// verifyWhole checks the archive and the store as one chain of records 1 to n.
func verifyWhole(t *testing.T, s *store.Store, dir string, n uint64) {
	t.Helper()
	log, err := s.AuditLog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	files, err := chain.OpenArchive(dir)
	if err != nil {
		t.Fatal(err)
	}
	through, err := files.Through(log.Tail.Seq)
	if err != nil {
		t.Fatal(err)
	}
	all := chain.Concat(files.Lines(through), log.Lines(t.Context(), log.Tail.Seq))
	whole, err := chain.Chain{Head: &log.Head, Anchors: []chain.Anchor{log.Tail.Anchor}}.Verify(all)
	if whole.Records != n || err != nil {
		t.Errorf("%d records are whole (%v), want %d", whole.Records, err, n)
	}
	if got, err := s.VerifyAudit(t.Context()); got != n || err != nil {
		t.Errorf("the store has records up to %d (%v), want %d", got, err, n)
	}
}

// stored returns how many audit records are in the store.
func stored(t *testing.T) int {
	t.Helper()
	return len(shared.Values(t, prefix(t)+"audit/0"))
}

func TestOldRecordsAreArchived(t *testing.T) {
	s, dir := open(t), t.TempDir()
	commits(t, s, 10)
	before := shared.Values(t, prefix(t)+"audit/0")
	tail := archive(t, s, dir, 4)
	if tail.Seq != 6 || stored(t) != 5 {
		t.Errorf("it is archived through %d, %d records are stored; want 6, and 4 with one about it", tail.Seq, stored(t))
	}
	text, err := os.ReadFile(filepath.Join(dir, tail.File))
	if err != nil {
		t.Fatal(err)
	}
	want := ""
	for n := range 6 {
		want += before[prefix(t)+auditKey(n+1)] + "\n"
	}
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Error(diff)
	}
	verifyWhole(t, s, dir, 11)

	page, err := s.AuditRecords(t.Context(), 2, 3)
	if err != nil || page.ArchivedThrough != 6 || len(page.Items) != 3 || page.Items[0].Seq != 7 {
		t.Errorf("got %+v, %v", page, err)
	}
	if page, err = s.AuditRecords(t.Context(), 10, 3); err != nil || len(page.Items) != 1 {
		t.Fatalf("got %+v, %v", page, err)
	}
	detail := "records 1 to 6 are in audit-000000000001-000000000006.ndjson, SHA-256 " + tail.SHA256
	if r := page.Items[0]; r.Action != "archive" || r.Actor.Type != policy.SubjectSystem || r.Detail != detail {
		t.Errorf("got %+v", r)
	}
	log, err := s.AuditLog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range log.Lines(t.Context(), 5) {
		wantCode(t, err, policy.NotFound)
	}
}

func TestAnArchiveGrowsOnlyWhenItIsWorthIt(t *testing.T) {
	s, dir := open(t), t.TempDir()
	if tail := archive(t, s, dir, 0); tail != (chain.Tail{}) {
		t.Errorf("of nothing: %+v", tail)
	}
	commits(t, s, 32)
	if tail := archive(t, s, dir, 30); tail.Seq != 0 {
		t.Errorf("2 records more than 30 were archived: %+v", tail)
	}
	commits(t, s, 1)
	if tail := archive(t, s, dir, 30); tail.Seq != 3 {
		t.Errorf("3 records more than 30 were not: %+v", tail)
	}
	for range 3 { // a file's own record does not make another file
		if tail := archive(t, s, dir, 0); tail.Seq != 34 {
			t.Errorf("archived through %d, want 34", tail.Seq)
		}
	}
	verifyWhole(t, s, dir, 35)
	if files, err := filepath.Glob(filepath.Join(dir, "*")); len(files) != 2 || err != nil {
		t.Errorf("there are %v, %v", files, err)
	}
}

func TestErasureReachesTheArchive(t *testing.T) {
	s, dir := open(t), t.TempDir()
	mustCommit(t, s, about("acme"))
	commits(t, s, 3)
	tail := archive(t, s, dir, 1)
	if _, err := s.Erase(t.Context(), audit(), nil, "acme"); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, tail.File))
	if err != nil || strings.Contains(strings.ToLower(string(text)), "canary") {
		t.Errorf("in the clear in the archive: %s, %v", text, err)
	}
	verifyWhole(t, s, dir, 6)
}

// TestAnArchiveThatBrokeOffIsCompleted stops at each step. Nothing may be lost,
// and nothing be in two files.
func TestAnArchiveThatBrokeOffIsCompleted(t *testing.T) {
	refuse := func(func()) error { return storetest.ErrLost }
	tests := []struct {
		name string
		stop func(t *testing.T, s *store.Store, dir string)
		n    uint64 // records in the end
	}{
		{"while the file is written", func(t *testing.T, _ *store.Store, dir string) {
			if err := os.WriteFile(filepath.Join(dir, ".audit-1.part"), []byte("{}\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, 13},
		{"before the tail is moved", func(t *testing.T, s *store.Store, dir string) {
			shared.Catch(prefix(t)+"audit/tail", refuse)
			if _, err := s.ArchiveAudit(t.Context(), dir, 4); policy.CodeOf(err) != policy.Unavailable {
				t.Fatalf("got %v", err)
			}
			if stored(t) != 10 {
				t.Errorf("%d records are stored", stored(t))
			}
		}, 14},
		{"when the tail is moved and nobody hears of it", func(t *testing.T, s *store.Store, dir string) {
			shared.Catch(prefix(t)+"audit/tail", func(execute func()) error {
				execute()
				return storetest.ErrLost
			})
			archive(t, s, dir, 4)
		}, 14},
		{"before the records are removed", func(t *testing.T, s *store.Store, dir string) {
			before := shared.Values(t, prefix(t)+"audit/0")
			archive(t, s, dir, 4)
			for key, value := range before {
				shared.Put(t, key, value)
			}
			verifyWhole(t, s, dir, 11)
			page, err := s.AuditRecords(t.Context(), 0, 1)
			if err != nil || page.ArchivedThrough != 6 || page.Items[0].Seq != 7 {
				t.Errorf("got %+v, %v", page, err)
			}
		}, 14},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, dir := open(t), t.TempDir()
			commits(t, s, 10)
			test.stop(t, s, dir)
			commits(t, s, 2)
			tail := archive(t, s, dir, 4)
			verifyWhole(t, s, dir, test.n)
			if want := int(test.n - tail.Seq); stored(t) != want {
				t.Errorf("%d records are stored, want %d", stored(t), want)
			}
			// Each record up to the tail is in one file.
			lines := 0
			left, err := os.ReadDir(dir)
			for _, f := range left {
				text, rerr := os.ReadFile(filepath.Join(dir, f.Name()))
				lines += strings.Count(string(text), "\n")
				err = errors.Join(err, rerr)
			}
			if lines != int(tail.Seq) || err != nil {
				t.Errorf("%d files have %d lines (%v), want %d", len(left), lines, err, tail.Seq)
			}
		})
	}
}

func TestABrokenChainIsNotArchived(t *testing.T) {
	s, dir := open(t), t.TempDir()
	commits(t, s, 10)
	text := shared.Values(t, prefix(t))[prefix(t)+auditKey(3)]
	shared.Put(t, prefix(t)+auditKey(3), strings.Replace(text, "Olga", "Eve", 1))
	_, err := s.ArchiveAudit(t.Context(), dir, 4)
	if fault, ok := errors.AsType[*chain.Fault](err); !ok || fault.Seq != 3 {
		t.Errorf("got %v", err)
	}
	if left, err := os.ReadDir(dir); len(left) != 0 || stored(t) != 10 || err != nil {
		t.Errorf("%v was written, %d records are stored, %v", left, stored(t), err)
	}
}

func TestAFileOfAnotherLogIsNotTakenForOurs(t *testing.T) {
	s, dir := open(t), t.TempDir()
	commits(t, s, 10)
	other, err := chain.OpenArchive(dir)
	if err != nil {
		t.Fatal(err)
	}
	entry := audit()
	entry.Detail = "foreign"
	foreign, _, err := chain.Anchor{}.Next(entry, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Write(chain.Anchor{}, func(yield func([]byte, error) bool) { yield(foreign, nil) }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ArchiveAudit(t.Context(), dir, 4); err == nil || !strings.Contains(err.Error(), "move it away") {
		t.Errorf("got %v", err)
	}
	if stored(t) != 10 {
		t.Errorf("%d records are stored", stored(t))
	}
}

func TestTwoSidecarsThatArchiveLoseNothing(t *testing.T) {
	s, other := open(t), open(t)
	dir, elsewhere := t.TempDir(), t.TempDir()
	commits(t, s, 10)
	shared.Catch(prefix(t)+"audit/tail", func(execute func()) error {
		archive(t, other, elsewhere, 6)
		execute()
		return nil
	})
	_, err := s.ArchiveAudit(t.Context(), dir, 4)
	wantCode(t, err, policy.Conflict)
	if left, err := os.ReadDir(dir); len(left) != 0 || err != nil {
		t.Errorf("%v was left, %v", left, err)
	}
	verifyWhole(t, other, elsewhere, 11)
}

func TestTheTailIsGolden(t *testing.T) {
	s := open(t)
	commits(t, s, 3)
	text := shared.Values(t, prefix(t))[prefix(t)+auditKey(2)]
	hash := chain.Hash([]byte(text))
	shared.Put(t, prefix(t)+"audit/tail", `{"seq":2,"hash":"`+hash+`","file":"f","sha256":"s"}`)
	log, err := s.AuditLog(t.Context())
	want := chain.Tail{Anchor: chain.Anchor{Seq: 2, Hash: hash}, File: "f", SHA256: "s"}
	if log.Tail != want || err != nil {
		t.Errorf("got %+v, %v", log.Tail, err)
	}
	if got, err := json.Marshal(want); string(got) != shared.Values(t, prefix(t))[prefix(t)+"audit/tail"] || err != nil {
		t.Errorf("it is written as %s, %v", got, err)
	}
	if n, err := s.VerifyAudit(t.Context()); n != 3 || err != nil {
		t.Errorf("%d records, %v", n, err)
	}
}

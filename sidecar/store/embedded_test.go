package store_test

import (
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

func openEmbedded(t *testing.T, dir string, minFree uint64) (*store.Store, error) {
	t.Helper()
	return store.OpenEmbedded(t.Context(), store.EmbeddedConfig{Dir: dir, MinFree: minFree, Log: slog.New(slog.DiscardHandler)})
}

func mustOpenEmbedded(t *testing.T, dir string) *store.Store {
	t.Helper()
	s, err := openEmbedded(t, dir, 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestAnEmbeddedStoreKeepsItsData(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	s := mustOpenEmbedded(t, dir)
	done := commit(t, s, s.Groups().Create("g", group("g", "Design")))
	_, epoch, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := openEmbedded(t, dir, 1); err == nil || !strings.Contains(err.Error(), "another sidecar uses the data directory") {
		t.Errorf("opened twice: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	s = mustOpenEmbedded(t, dir)
	got, err := s.Groups().Get(t.Context(), "g")
	if err != nil || got.Revision != done.Revision {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, again, err := s.Head(t.Context()); again != epoch || err != nil {
		t.Errorf("the epoch became %x (%v), was %x", again, err, epoch)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the directory is %v, %v", info.Mode(), err)
	}
}

func TestAnEmbeddedStoreFollowsItself(t *testing.T) {
	s := mustOpenEmbedded(t, t.TempDir())
	w := watch(t, s)
	done := commit(t, s, s.Groups().Create("g", group("g", "Design")))
	if b, err := w.batch(); err != nil || b.Revision != done.Revision {
		t.Errorf("got %+v, %v", b, err)
	}
}

func TestAnEmbeddedStoreLeavesRoomOnTheDisk(t *testing.T) {
	s, err := openEmbedded(t, t.TempDir(), math.MaxUint64)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	_, err = s.Commit(t.Context(), audit(), nil, s.Groups().Create("g", group("g", "Design")))
	wantCode(t, err, policy.StoreFull)
	before, _, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Rewrite(t.Context(), audit(), nil, 0, company(1, "x"))
	wantCode(t, err, policy.StoreFull)
	if after, _, err := s.Head(t.Context()); after != before || err != nil {
		t.Errorf("the refused import wrote something: revision %d after %d, %v", after, before, err)
	}
}

func TestDamagedDataAreAClearError(t *testing.T) {
	dir := t.TempDir()
	s := mustOpenEmbedded(t, dir)
	commit(t, s, s.Groups().Create("g", group("g", "Design")))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	logs, err := filepath.Glob(filepath.Join(dir, "etcd", "member", "wal", "*.wal"))
	if err != nil || len(logs) != 1 {
		t.Fatalf("got %v, %v", logs, err)
	}
	if err := os.Truncate(logs[0], 0); err != nil {
		t.Fatal(err)
	}
	if _, err := openEmbedded(t, dir, 1); err == nil || !strings.Contains(err.Error(), "restore") {
		t.Errorf("got %v", err)
	}
}

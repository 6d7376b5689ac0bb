package audit_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/sidecar/audit"
)

func openArchive(t *testing.T) (audit.Archive, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "archive")
	a, err := audit.OpenArchive(dir)
	if err != nil {
		t.Fatal(err)
	}
	return a, dir
}

func TestAnArchiveHasTheStoredBytes(t *testing.T) {
	a, dir := openArchive(t)
	records, head := chain(t, 10)
	first, err := a.Write(audit.Anchor{}, each(records[:6]))
	if err != nil {
		t.Fatal(err)
	}
	second, err := a.Write(first.Anchor, each(records[6:]))
	if err != nil {
		t.Fatal(err)
	}
	if second.Anchor != head {
		t.Errorf("it ends with %v, want %v", second.Anchor, head)
	}
	text, err := os.ReadFile(filepath.Join(dir, "audit-000000000001-000000000006.ndjson"))
	if err != nil || string(text) != lines(records[:6]) {
		t.Errorf("the first file has %q, %v", text, err)
	}
	sum := sha256.Sum256(text)
	if first.File != "audit-000000000001-000000000006.ndjson" || first.SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("got %+v", first)
	}
	for name, want := range map[string]os.FileMode{"": 0o700, first.File: 0o600} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s is %v, %v", name, info.Mode(), err)
		}
	}
	files, err := a.Files()
	want := []audit.File{{Name: first.File, First: 1, Last: 6}, {Name: second.File, First: 7, Last: 10}}
	if diff := cmp.Diff(want, files); diff != "" || err != nil {
		t.Error(err, diff)
	}
	if found, err := (audit.Chain{Head: &head}).Verify(a.Lines(files)); found.Records != 10 || err != nil {
		t.Errorf("got %+v, %v", found, err)
	}
}

func TestWhatIsNoChainIsNotArchived(t *testing.T) {
	a, dir := openArchive(t)
	records, _ := chain(t, 5)
	_, err := a.Write(audit.Anchor{}, each(slices.Delete(slices.Clone(records), 2, 3)))
	wantFault(t, err, 3, audit.Missing)
	_, err = a.Write(anchorOf(records, 1), each(records[2:]))
	wantFault(t, err, 2, audit.Missing)
	if _, err := a.Write(audit.Anchor{}, each(nil)); err == nil {
		t.Error("an empty file was written")
	}
	broken := errors.New("broken")
	_, err = a.Write(audit.Anchor{}, audit.Concat(each(records[:2]), func(yield func([]byte, error) bool) { yield(nil, broken) }))
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if left, err := os.ReadDir(dir); len(left) != 0 || err != nil {
		t.Errorf("%v was left, %v", left, err)
	}
}

func TestAnArchiveIsReadBack(t *testing.T) {
	a, dir := openArchive(t)
	records, _ := chain(t, 5000)
	_, err := a.Write(audit.Anchor{}, audit.Concat(each(records), func(func([]byte, error) bool) {
		// Most of it is on the disk by now, and goes bad.
		names, err := filepath.Glob(filepath.Join(dir, ".audit-*"))
		if err != nil || len(names) != 1 {
			t.Fatal(names, err)
		}
		f, err := os.OpenFile(names[0], os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.WriteAt([]byte("2"), int64(len(`{"seq":`))); err != nil {
			t.Fatal(err)
		}
	}))
	wantFault(t, err, 1, audit.Changed)
	if left, err := os.ReadDir(dir); len(left) != 0 || err != nil {
		t.Errorf("%v was left, %v", left, err)
	}
}

func TestAnArchiveContinues(t *testing.T) {
	a, dir := openArchive(t)
	records, _ := chain(t, 10)
	if _, found, err := a.Continued(audit.Anchor{}); found || err != nil {
		t.Errorf("an empty archive: %v, %v", found, err)
	}
	first, err := a.Write(audit.Anchor{}, each(records[:6]))
	if err != nil {
		t.Fatal(err)
	}
	if got, found, err := a.Continued(audit.Anchor{}); got != first || !found || err != nil {
		t.Errorf("got %+v, %v, %v; want %+v", got, found, err, first)
	}
	if _, found, err := a.Continued(first.Anchor); found || err != nil {
		t.Errorf("at the end: %v, %v", found, err)
	}
	path := filepath.Join(dir, first.File)
	for name, text := range map[string]string{
		"changed":   strings.Replace(lines(records[:6]), "Olga", "Vera", 1),
		"too short": lines(records[:5]),
		"cut off":   lines(records[:6])[:100],
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, found, err := a.Continued(audit.Anchor{}); !found || err == nil {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
}

func TestOnlyFilesOfTheArchiveCount(t *testing.T) {
	a, dir := openArchive(t)
	for _, name := range []string{
		"audit-000000000001-000000000004.ndjson", "audit-000000000005-000000000009.ndjson", "audit-000000000005-000000000007.ndjson",
		".audit-123.part", "audit-1-4.ndjson", "audit-000000000001-000000000004.ndjson.gz", "notes.txt", "audit-000000000009-000000000008.ndjson",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	files, err := a.Through(9)
	want := []audit.File{{Name: "audit-000000000001-000000000004.ndjson", First: 1, Last: 4}, {Name: "audit-000000000005-000000000009.ndjson", First: 5, Last: 9}}
	if diff := cmp.Diff(want, files); diff != "" || err != nil {
		t.Error(err, diff)
	}
	if files, err := a.Through(8); err == nil {
		t.Errorf("through 8: %v", files)
	}
	if err := a.Clean(); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 7 {
		t.Errorf("%d files are left (%v), want all but the unfinished one", len(left), err)
	}
}

// BenchmarkVerifyFile checks records that are in a file.
func BenchmarkVerifyFile(b *testing.B) {
	records, head := chain(b, 100_000)
	path := filepath.Join(b.TempDir(), "records.ndjson")
	if err := os.WriteFile(path, []byte(lines(records)), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := (audit.Chain{Head: &head}).Verify(audit.FileLines([]string{path})); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(records))/b.Elapsed().Seconds(), "records/s")
}

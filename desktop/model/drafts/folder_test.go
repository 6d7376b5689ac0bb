package drafts_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model/drafts"
	"sightline.example/desktop/model/invite"
	"sightline.example/desktop/model/scope"
	"sightline.example/desktop/session"
	"sightline.example/policy"
)

var (
	here  = session.Connection{URL: "https://here.example", Login: "ann@here.example"}
	noon  = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	empty = scope.Canonical(policy.Scope{})
)

func record(id policy.ClientID, at time.Time) scope.Record {
	return scope.Record{Client: id, Revision: 7, Base: empty, Scope: scope.Canonical(policy.Scope{Groups: []policy.GroupID{"design"}}), At: at}
}

func keep(t *testing.T, f *drafts.Folder, all ...scope.Record) {
	t.Helper()
	for _, r := range all {
		if err := f.Keep(r); err != nil {
			t.Fatal(err)
		}
	}
}

// files returns the paths of all files below dir.
func files(t *testing.T, dir string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

func TestADraftIsThereAfterwards(t *testing.T) {
	dir := t.TempDir()
	keep(t, drafts.Open(dir, here), record("acme", noon), record("dune", noon.Add(time.Hour)), record("Acme", noon))
	after := drafts.Open(dir, here)
	got, found := after.Find("acme")
	if diff := cmp.Diff(record("acme", noon), got); diff != "" || !found {
		t.Errorf("found %t: -want +got\n%s", found, diff)
	}
	want := []scope.Record{record("dune", noon.Add(time.Hour)), record("Acme", noon), record("acme", noon)}
	if diff := cmp.Diff(want, after.All()); diff != "" {
		t.Errorf("all: -want +got\n%s", diff)
	}
}

func TestTheLastDraftOfAClientIsKept(t *testing.T) {
	f := drafts.Open(t.TempDir(), here)
	keep(t, f, record("acme", noon), record("acme", noon.Add(time.Minute)))
	if diff := cmp.Diff([]scope.Record{record("acme", noon.Add(time.Minute))}, f.All()); diff != "" {
		t.Error(diff)
	}
}

func TestAForgottenDraftIsGone(t *testing.T) {
	dir := t.TempDir()
	f := drafts.Open(dir, here)
	keep(t, f, record("acme", noon))
	for range 2 {
		if err := f.Forget("acme"); err != nil {
			t.Fatal(err)
		}
	}
	if _, found := f.Find("acme"); found {
		t.Error("it is still found")
	}
	if left := files(t, dir); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

func TestDraftsOfOthersAreNotFound(t *testing.T) {
	dir := t.TempDir()
	keep(t, drafts.Open(dir, here), record("acme", noon))
	for name, other := range map[string]session.Connection{
		"another admin":   {URL: here.URL, Login: "ben@here.example"},
		"another sidecar": {URL: "https://there.example", Login: here.Login},
	} {
		if all := drafts.Open(dir, other).All(); len(all) != 0 {
			t.Errorf("%s finds %v", name, all)
		}
	}
}

func TestOnlyTheUserReadsDrafts(t *testing.T) {
	dir := t.TempDir()
	keep(t, drafts.Open(dir, here), record("acme", noon))
	for _, path := range files(t, dir) {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has mode %o", path, mode)
		}
	}
}

func TestRubbishIsNoDraft(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":           "",
		"no JSON":           "{",
		"another version":   `{"v":99,"client":"acme","revision":1,"base":{},"scope":{},"at":"2026-03-01T12:00:00Z"}`,
		"another client":    `{"v":1,"client":"dune","revision":1,"base":{},"scope":{},"at":"2026-03-01T12:00:00Z"}`,
		"endless":           strings.Repeat(" ", 1<<20) + `{"v":1,"client":"acme","revision":1,"base":{},"scope":{},"at":"2026-03-01T12:00:00Z"}`,
		"more than a value": `{"v":1,"client":"acme","revision":1,"base":{},"scope":{},"at":"2026-03-01T12:00:00Z"}{}`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			f := drafts.Open(dir, here)
			keep(t, f, record("acme", noon))
			if err := os.WriteFile(files(t, dir)[0], []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if r, found := f.Find("acme"); found {
				t.Errorf("found %v", r)
			}
			if all := f.All(); len(all) != 0 {
				t.Errorf("all are %v", all)
			}
		})
	}
}

func TestWithoutAFolderNothingIsKept(t *testing.T) {
	f := drafts.Open("", here)
	keep(t, f, record("acme", noon))
	if _, found := f.Find("acme"); found || len(f.All()) != 0 || f.Forget("acme") != nil {
		t.Error("something is kept")
	}
}

func TestAnInvitationIsThereAfterwardsBesideTheDrafts(t *testing.T) {
	dir := t.TempDir()
	f := drafts.Open(dir, here)
	if _, found := f.Invitation(); found {
		t.Error("there is an invitation before one was kept")
	}
	form := invite.NewForm(invite.Config{On: asynctest.New(t)})
	t.Cleanup(form.Close)
	form.SetText("ann@client.example")
	form.SetNote("Welcome.")
	want := form.Record()
	if err := f.KeepInvitation(want); err != nil {
		t.Fatal(err)
	}
	keep(t, f, record("acme", noon))
	got, found := drafts.Open(dir, here).Invitation()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" || !found {
		t.Errorf("found %t: -want +got\n%s", found, diff)
	}
	if all := f.All(); len(all) != 1 {
		t.Errorf("there are %d drafts of clients, want 1", len(all))
	}
	if err := f.ForgetInvitation(); err != nil {
		t.Error(err)
	}
	if _, found := f.Invitation(); found {
		t.Error("there is an invitation that was forgotten")
	}
}

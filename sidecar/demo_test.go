package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDemo starts the demo as a new user would and runs the lines it prints in
// a shell, in order: a yes, a no, a change, and the yes that the no has become.
func TestDemo(t *testing.T) {
	p := spawn(t, "--demo")
	lines := p.curls(t, 3)
	expectDecision(t, lines[0], true, "in_group", "Ada Okafor is in Design, a group selected for Lumen Energy.")
	expectDecision(t, lines[1], false, "not_in_scope", "Nothing that is selected for Lumen Energy covers this time entry.")
	var changed struct{ Scope struct{ Groups []string } }
	paste(t, lines[2], &changed)
	if diff := cmp.Diff([]string{"design", "development"}, changed.Scope.Groups); diff != "" {
		t.Errorf("groups after the change (-want +got):\n%s", diff)
	}
	waitForChange(t, lines[1])
	expectDecision(t, lines[1], true, "in_group", "Hana Sato is in Development, a group selected for Lumen Energy.")
}

type decision struct {
	Decision bool
	Context  struct {
		Reason      string
		ReasonAdmin struct{ EN string } `json:"reason_admin"`
	}
}

func expectDecision(t *testing.T, line string, allow bool, reason, sentence string) {
	t.Helper()
	var got decision
	paste(t, line, &got)
	var want decision
	want.Decision, want.Context.Reason, want.Context.ReasonAdmin.EN = allow, reason, sentence
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s\n(-want +got):\n%s", line, diff)
	}
}

// waitForChange asks until the answer is yes: a line without a token may be
// answered from just before the change.
func waitForChange(t *testing.T, line string) {
	t.Helper()
	for tries := 0; tries < 100; tries++ {
		var got decision
		if paste(t, line, &got); got.Decision {
			return
		}
	}
}

// paste runs a line in a shell and decodes what it prints. A machine without
// curl can't; continuous integration has it.
func paste(t *testing.T, line string, into any) {
	t.Helper()
	if _, err := exec.LookPath("curl"); err != nil && os.Getenv("CI") == "" {
		t.Skip("curl is not installed")
	}
	out, err := exec.Command("sh", "-c", line).Output()
	if err != nil {
		t.Fatalf("%s\n%v", line, err)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatalf("%s\nprints %q: %v", line, out, err)
	}
}

package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestReadmesPathsWork runs the lines that README gives admins and scripts, in
// order, against a fresh sidecar without a mail server.
func TestReadmesPathsWork(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil && os.Getenv("CI") == "" {
		t.Skip("curl is not installed")
	}
	data := t.TempDir()
	p := spawn(t, "--data-dir="+data, "--company=Harbour Studio")
	p.waitFor(t, "Enter it in the desktop app")
	code, err := os.ReadFile(filepath.Join(data, "setup.code"))
	if err != nil {
		t.Fatal(err)
	}
	sh := shell{dir: t.TempDir(), env: []string{"URL=" + p.url, "CODE=" + strings.TrimSpace(string(code))}}

	admin := readmeLines(t, "admin")
	sh.set("TOKEN", sh.member(t, admin[0], "token"))
	sh.run(t, admin[1])
	sh.run(t, admin[2])
	preview := sh.run(t, admin[3])
	if readme := readReadme(t); !strings.Contains(readme, "\n"+strings.TrimSpace(preview)+"\n") {
		t.Errorf("README shows another preview than %s", preview)
	}
	if link := sh.member(t, admin[4], "link"); !strings.HasPrefix(link, p.url+"/portal/setup/") {
		t.Errorf("the link is %s", link)
	}

	script := readmeLines(t, "script")
	sh.set("KEY", sh.member(t, script[0], "text"))
	for _, line := range script[1:3] {
		sh.run(t, line)
	}
	var plan struct {
		Employees struct{ Added []string }
	}
	decode(t, sh.run(t, script[3]), &plan)
	if len(plan.Employees.Added) != 2 {
		t.Errorf("the import would add %v", plan.Employees.Added)
	}
	var found struct{ Items []any }
	decode(t, sh.run(t, script[4]), &found)
	if len(found.Items) != 1 {
		t.Errorf("the search finds %v", found.Items)
	}
}

func readReadme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// readmeLines returns the lines of the block of README that has the mark.
func readmeLines(t *testing.T, mark string) []string {
	t.Helper()
	_, after, ok := strings.Cut(readReadme(t), "<!-- "+mark+" -->\n```sh\n")
	block, _, closed := strings.Cut(after, "\n```")
	if !ok || !closed {
		t.Fatalf("README has no block %s", mark)
	}
	return strings.Split(block, "\n")
}

// shell runs lines in a directory.
type shell struct {
	dir string
	env []string
}

func (s *shell) set(name, value string) { s.env = append(s.env, name+"="+value) }

func (s *shell) run(t *testing.T, line string) string {
	t.Helper()
	cmd := exec.Command("sh", "-c", line)
	cmd.Dir, cmd.Env = s.dir, append(os.Environ(), s.env...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s\n%v", line, err)
	}
	if strings.Contains(string(out), `"status":4`) {
		t.Fatalf("%s\nanswers %s", line, out)
	}
	return string(out)
}

// member returns a member of the answer to a line.
func (s *shell) member(t *testing.T, line, name string) string {
	t.Helper()
	var answer map[string]any
	decode(t, s.run(t, line), &answer)
	text, _ := answer[name].(string)
	if text == "" {
		t.Fatalf("%s\nanswers no %s", line, name)
	}
	return text
}

func decode(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
}

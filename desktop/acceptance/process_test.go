//go:build acceptance

package acceptance

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/store/storetest"
)

// process is a server that can be killed.
type process struct {
	t    *testing.T
	make func() *exec.Cmd
	cmd  *exec.Cmd
	url  string // as it says in its first line; another one after each start
}

// serve starts a server that says its URL in its first line. It ends with the test.
func serve(t *testing.T, command func() *exec.Cmd) *process {
	t.Helper()
	p := &process{t: t, make: command}
	t.Cleanup(p.kill)
	p.start()
	return p
}

// start starts the server, again if it was killed.
func (p *process) start() {
	p.t.Helper()
	p.cmd = p.make()
	p.cmd.Stderr = p.t.Output()
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	said := bufio.NewReader(out)
	line, err := said.ReadString('\n')
	if err != nil {
		p.t.Fatalf("%s ended before it was ready: %v", p.cmd.Path, err)
	}
	go func() { _, _ = io.Copy(io.Discard, said) }()
	_, rest, found := strings.Cut(line, "http://")
	if !found {
		p.t.Fatalf("%s says %q", p.cmd.Path, line)
	}
	p.url = "http://" + strings.TrimRight(strings.Fields(rest)[0], ".,")
}

// kill ends the server without a warning.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // fails if it has ended already
	_ = p.cmd.Wait()         // likewise
}

// asEtcd makes the test's own binary an etcd server, with its data in the folder
// that it names.
const asEtcd = "SIGHTLINE_TEST_AS_ETCD"

// newEtcd starts an etcd server in a process of its own.
func newEtcd(t *testing.T) *process {
	t.Helper()
	dir := t.TempDir()
	return serve(t, func() *exec.Cmd {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), asEtcd+"="+dir)
		return c
	})
}

// beEtcd serves until the process is killed.
func beEtcd(dir string) int {
	c, err := storetest.New(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println(c.Endpoint())
	select {}
}

// newSidecar starts a sidecar in a process of its own, with the world in it.
func newSidecar(t *testing.T, args ...string) (*process, *sidecartest.Sidecar) {
	t.Helper()
	binary, dir := filepath.Join(t.TempDir(), "sidecar"), t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "sightline.example/sidecar").CombinedOutput(); err != nil {
		t.Fatalf("build the sidecar: %v: %s", err, out)
	}
	p := serve(t, func() *exec.Cmd {
		return exec.Command(binary, append([]string{"--listen=127.0.0.1:0", "--data-dir=" + dir}, args...)...)
	})
	return p, owned(t, p.url, filepath.Join(dir, "setup.code"))
}

// owned makes the owner of a sidecar, with the code in a file, and fills it.
func owned(t *testing.T, url, code string) *sidecartest.Sidecar {
	t.Helper()
	var text []byte
	if err := wait(patience, func() bool { text, _ = os.ReadFile(code); return len(text) > 0 }); err != nil {
		t.Fatal("there is no set-up code:", err)
	}
	open := &client.Client{BaseURL: url}
	made, err := open.Setup(t.Context(), api.Setup{
		Code: strings.TrimSpace(string(text)), Name: "Olive", Email: sidecartest.Email, Password: sidecartest.Password,
	})
	if err != nil {
		t.Fatal(err)
	}
	s := &sidecartest.Sidecar{URL: url, Owner: open.As(made)}
	key, err := s.Owner.CreateKey(t.Context(), api.NewKey{Name: "app", Role: policy.RoleApp}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	stored, err := s.Owner.Import(t.Context(), document(), client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	s.Owner = s.Owner.AtLeast(stored.Token)
	s.App = (&client.Client{BaseURL: url, Key: key.Value.Text}).AtLeast(stored.Token)
	return s
}

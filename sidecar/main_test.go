package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
)

// asSidecar makes the test's own binary behave as the sidecar's: tests that kill
// a process need one.
const asSidecar = "SIGHTLINE_TEST_AS_SIDECAR"

func TestMain(m *testing.M) {
	if os.Getenv(asSidecar) == "" {
		os.Exit(m.Run())
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "sidecar:", err)
		os.Exit(1)
	}
}

// process is a sidecar in a process of its own.
type process struct {
	*exec.Cmd
	url string
	out *bufio.Reader
}

// spawn starts one and waits until it says where it is running.
func spawn(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(os.Args[0], append(args, "--listen=127.0.0.1:0")...)}
	p.Env = append(os.Environ(), asSidecar+"=1")
	p.Stderr = t.Output()
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.Process.Signal(syscall.SIGTERM) // fails if it has ended already
		_ = p.Wait()                          // likewise
	})
	p.out = bufio.NewReader(out)
	line, err := p.out.ReadString('\n')
	if err != nil {
		t.Fatalf("the sidecar ended before it was ready: %v", err)
	}
	_, rest, _ := strings.Cut(line, "http://")
	p.url = "http://" + strings.TrimRight(strings.Fields(rest)[0], ".,")
	return p
}

// curls reads what the process still says, up to and with the n-th curl line,
// and returns those lines.
func (p *process) curls(t *testing.T, n int) []string {
	t.Helper()
	var lines []string
	for len(lines) < n {
		line, err := p.out.ReadString('\n')
		if err != nil {
			t.Fatalf("the sidecar printed %d curl lines, want %d: %v", len(lines), n, err)
		}
		if strings.HasPrefix(line, "curl ") {
			lines = append(lines, line)
		}
	}
	return lines
}

// waitFor reads what the process still says until a line has the text.
func (p *process) waitFor(t *testing.T, text string) {
	t.Helper()
	for {
		line, err := p.out.ReadString('\n')
		if err != nil {
			t.Fatalf("the sidecar does not say %q: %v", text, err)
		}
		if strings.Contains(line, text) {
			return
		}
	}
}

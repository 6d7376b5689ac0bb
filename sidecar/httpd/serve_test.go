package httpd_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sightline.example/sidecar/httpd"
)

// pipes is a listener whose connections are in memory, so that their deadlines
// run on a test's own time.
type pipes struct {
	conns  chan net.Conn
	done   chan struct{}
	dialed []net.Conn
}

func listen() *pipes { return &pipes{conns: make(chan net.Conn), done: make(chan struct{})} }

func (p *pipes) dial() net.Conn {
	ours, theirs := net.Pipe()
	p.conns <- theirs
	p.dialed = append(p.dialed, ours)
	return ours
}

// hangUp closes all connections that were dialed.
func (p *pipes) hangUp() {
	for _, conn := range p.dialed {
		conn.Close()
	}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	close(p.done)
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

// serving runs Serve and returns what stops it and what it returned.
func serving(t *testing.T, l net.Listener, h http.Handler) (stop func(), result chan error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	result = make(chan error, 1)
	go func() { result <- httpd.Serve(ctx, l, h, slog.New(slog.DiscardHandler)) }()
	return cancel, result
}

func TestSlowConnectionsAreCut(t *testing.T) {
	echo := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Write(append(body, make([]byte, 1<<20)...))
	})
	for name, c := range map[string]struct {
		send string
		want time.Duration
	}{
		"header":           {"POST / HTTP/1.1\r\nHost: x\r\n", 5 * time.Second},
		"body":             {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1234", 10 * time.Second},
		"reading nothing":  {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 30 * time.Second},
		"nothing received": {"", 5 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := listen()
				stop, result := serving(t, l, echo)
				conn := l.dial()
				begin := time.Now()
				if _, err := io.WriteString(conn, c.send); err != nil {
					t.Error(err)
				}
				if name == "reading nothing" {
					time.Sleep(c.want)
					synctest.Wait()
				}
				io.Copy(io.Discard, conn)
				if took := time.Since(begin); took != c.want {
					t.Errorf("cut after %v, want %v", took, c.want)
				}
				stop()
				if err := <-result; err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestIdleConnectionsAreClosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := listen()
		stop, result := serving(t, l, http.NotFoundHandler())
		conn := l.dial()
		io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
		begin := time.Now()
		io.Copy(io.Discard, conn)
		if took := time.Since(begin); took != 60*time.Second {
			t.Errorf("closed after %v, want 1m", took)
		}
		stop()
		if err := <-result; err != nil {
			t.Error(err)
		}
	})
}

func TestLongHeadersAreRefused(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	stop, result := serving(t, l, http.NotFoundHandler())
	for length, status := range map[int]int{8 << 10: 404, 32 << 10: 431} {
		r, _ := http.NewRequestWithContext(t.Context(), "GET", "http://"+l.Addr().String(), http.NoBody)
		r.Header.Set("X-Long", strings.Repeat("x", length))
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != status {
			t.Errorf("%d bytes of header: status %d, want %d", length, resp.StatusCode, status)
		}
	}
	stop()
	if err := <-result; err != nil {
		t.Error(err)
	}
}

func TestStoppingLetsRequestsFinish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		finish := make(chan struct{})
		l := listen()
		stop, result := serving(t, l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			<-finish
			if r.Context().Err() == nil {
				io.WriteString(w, "done")
			}
		}))
		conn := l.dial()
		io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
		synctest.Wait()
		stop()
		synctest.Wait()
		select {
		case err := <-result:
			t.Fatalf("returned with a request under way: %v", err)
		default:
		}
		close(finish)
		text, _ := io.ReadAll(conn)
		if !strings.HasSuffix(string(text), "\r\n\r\ndone") {
			t.Errorf("answered %q", text)
		}
		if err := <-result; err != nil {
			t.Error(err)
		}
	})
}

func TestStoppingCutsOffWhatDoesNotFinish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		finish := make(chan struct{})
		l := listen()
		stop, result := serving(t, l, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
			close(finish)
		}))
		conn := l.dial()
		io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
		synctest.Wait()
		begin := time.Now()
		stop()
		if err := <-result; !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v, want a deadline", err)
		}
		if took := time.Since(begin); took != 20*time.Second {
			t.Errorf("cut off after %v, want 20s", took)
		}
		<-finish
	})
}

func TestServeReturnsTheListenersError(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	_, result := serving(t, l, http.NotFoundHandler())
	if err := <-result; !errors.Is(err, net.ErrClosed) {
		t.Errorf("error %v, want %v", err, net.ErrClosed)
	}
}

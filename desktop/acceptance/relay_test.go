//go:build acceptance

package acceptance

import (
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
)

// relay is an address that stays while the sidecar behind it comes and goes.
type relay struct {
	url    string
	target atomic.Value // where the sidecar listens, as a string
}

func newRelay(t *testing.T, target string) *relay {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	r := &relay{url: "http://" + listener.Addr().String()}
	r.lead(target)
	go r.run(listener)
	return r
}

// lead has new connections lead to the sidecar at an address.
func (r *relay) lead(url string) { r.target.Store(strings.TrimPrefix(url, "http://")) }

func (r *relay) run(listener net.Listener) {
	for {
		from, err := listener.Accept()
		if err != nil {
			return
		}
		to, err := net.Dial("tcp", r.target.Load().(string))
		if err != nil {
			_ = from.Close()
			continue
		}
		go join(from, to)
		go join(to, from)
	}
}

// join passes on what comes, and ends both when one has ended.
func join(to, from net.Conn) {
	_, _ = io.Copy(to, from)
	_ = to.Close()
	_ = from.Close()
}

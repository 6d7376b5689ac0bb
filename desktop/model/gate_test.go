package model_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
)

// gate stands before a sidecar and can be shut: then all connections are cut, and
// no other comes about.
type gate struct {
	*httptest.Server
	closed atomic.Bool
}

func newGate(t *testing.T, to string) *gate {
	t.Helper()
	at, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(at)
	proxy.FlushInterval = -1
	proxy.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }
	g := &gate{}
	g.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() { _ = recover() }() // the proxy panics where a stream is cut
		proxy.ServeHTTP(w, r)
	}))
	g.Config.ConnState = func(c net.Conn, state http.ConnState) {
		if state == http.StateNew && g.closed.Load() {
			c.Close()
		}
	}
	g.Start()
	t.Cleanup(func() {
		g.CloseClientConnections()
		g.Close()
	})
	return g
}

func (g *gate) shut() {
	g.closed.Store(true)
	g.CloseClientConnections()
}

func (g *gate) open() { g.closed.Store(false) }

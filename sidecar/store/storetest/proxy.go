package storetest

import (
	"net"
	"net/url"
	"sync"
	"testing"
)

// Proxy is a line to a server that can be broken in the ways real lines break.
type Proxy struct {
	listener net.Listener
	target   string

	mu      sync.Mutex
	gates   *gates
	severed []*gates // of the links that were severed
	links   map[*link]bool
	done    sync.WaitGroup
}

// gates are what the bytes of some links have to pass, either way.
type gates struct{ requests, replies gate }

// link is one connection from a client and the one to the server it is led to.
type link struct{ client, server net.Conn }

// NewProxy starts a line to the server at the endpoint. It closes with the test.
func NewProxy(t testing.TB, endpoint string) *Proxy {
	t.Helper()
	target, err := url.Parse(endpoint)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{listener: l, target: target.Host, gates: &gates{}, links: map[*link]bool{}}
	p.done.Go(p.accept)
	t.Cleanup(p.close)
	return p
}

// Endpoint returns the URL of this end of the line.
func (p *Proxy) Endpoint() string { return "http://" + p.listener.Addr().String() }

// Hold makes the line swallow everything, either way. Connections stay open and
// new ones are taken.
func (p *Proxy) Hold() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gates.requests.shut()
	p.gates.replies.shut()
}

// HoldReplies makes the line swallow what the server answers.
func (p *Proxy) HoldReplies() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gates.replies.shut()
}

// Release lets through all that was swallowed, and all that comes.
func (p *Proxy) Release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gates.open()
}

// Sever ends all connections for their clients. What they sent and was swallowed
// is delivered when deliver is called, if ever. New connections pass freely.
func (p *Proxy) Sever() (deliver func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for l := range p.links {
		l.client.Close()
	}
	old := p.gates
	p.severed = append(p.severed, old)
	p.gates = &gates{}
	return old.open
}

func (g *gates) open() {
	g.requests.open()
	g.replies.open()
}

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.target)
		if err != nil {
			client.Close()
			continue
		}
		p.lead(&link{client, server})
	}
}

func (p *Proxy) lead(l *link) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.links[l] = true
	g := p.gates
	p.done.Go(func() {
		var both sync.WaitGroup
		both.Go(func() { g.requests.pass(l.server, l.client) })
		both.Go(func() { g.replies.pass(l.client, l.server) })
		both.Wait()
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.links, l)
	})
}

func (p *Proxy) close() {
	p.listener.Close()
	p.mu.Lock()
	for _, g := range append(p.severed, p.gates) {
		g.open()
	}
	for l := range p.links {
		l.client.Close()
		l.server.Close()
	}
	p.mu.Unlock()
	p.done.Wait()
}

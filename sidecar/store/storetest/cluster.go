// Package storetest starts real etcd servers for tests, opens stores on them,
// and breaks the line between the two.
package storetest

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/server/v3/embed"
	"go.etcd.io/etcd/server/v3/etcdserver/api/v3client"
	"go.uber.org/zap"
	"google.golang.org/grpc"

	"sightline.example/sidecar/store"
)

// Cluster is an etcd server of one member, within the test's process, that
// listens on a port of the loopback interface.
type Cluster struct {
	dir     string
	catches catches

	mu     sync.Mutex
	listen url.URL
	server *embed.Etcd
}

// New starts a server with its data in dir, on a free port. It is for TestMain;
// tests call Start.
func New(dir string) (*Cluster, error) {
	c := &Cluster{dir: dir, listen: url.URL{Scheme: "http", Host: "127.0.0.1:0"}}
	if err := c.serve(); err != nil {
		return nil, err
	}
	c.listen.Host = c.server.Clients[0].Addr().String()
	return c, nil
}

// Start starts a server that stops with the test.
func Start(t testing.TB) *Cluster {
	t.Helper()
	c, err := New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Stop)
	return c
}

// Main runs the tests of a package with a server that they share, and returns
// the exit code for TestMain. Tests keep apart by prefixes: see Open.
func Main(m *testing.M, share func(*Cluster)) (code int, err error) {
	dir, err := os.MkdirTemp("", "storetest")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(dir)
	c, err := New(dir)
	if err != nil {
		return 1, err
	}
	defer c.Stop()
	share(c)
	return m.Run(), nil
}

func (c *Cluster) serve() error {
	cfg := embed.NewConfig()
	cfg.Dir = c.dir
	cfg.ListenClientUrls, cfg.AdvertiseClientUrls = []url.URL{c.listen}, []url.URL{c.listen}
	cfg.ListenPeerUrls = nil
	cfg.TickMs, cfg.ElectionMs = 10, 50
	cfg.UnsafeNoFsync = true
	cfg.GRPCAdditionalServerOptions = []grpc.ServerOption{grpc.ChainUnaryInterceptor(c.catches.intercept)}
	cfg.ZapLoggerBuilder = embed.NewZapLoggerBuilder(zap.NewNop())
	server, err := embed.StartEtcd(cfg)
	if err != nil {
		return fmt.Errorf("start etcd: %w", err)
	}
	select {
	case <-server.Server.ReadyNotify():
		c.server = server
		return nil
	case err := <-server.Err():
		return fmt.Errorf("etcd ended: %w", err)
	case <-time.After(time.Minute):
		server.Close()
		return fmt.Errorf("etcd is not ready")
	}
}

// Endpoint returns the URL of the server. It stays the same over a Restart.
func (c *Cluster) Endpoint() string { return c.listen.String() }

// Stop ends the server. Its data stay.
func (c *Cluster) Stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.server != nil {
		c.server.Close()
		c.server = nil
	}
}

// Restart starts the stopped server again, on the same port and data.
func (c *Cluster) Restart(t testing.TB) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.serve(); err != nil {
		t.Fatal(err)
	}
}

// Open opens a store with the given prefix on the server. When the test ends it
// closes, and all below the prefix is removed.
func (c *Cluster) Open(t testing.TB, prefix string) *store.Store {
	t.Helper()
	return c.open(t, c.Endpoint(), prefix)
}

// OpenThrough is like Open, with a line to the server that can be broken.
func (c *Cluster) OpenThrough(t testing.TB, line *Proxy, prefix string) *store.Store {
	t.Helper()
	return c.open(t, line.Endpoint(), prefix)
}

func (c *Cluster) open(t testing.TB, endpoint, prefix string) *store.Store {
	t.Helper()
	s, err := store.OpenCluster(t.Context(), store.ClusterConfig{
		Endpoints: []string{endpoint},
		Prefix:    prefix,
		Log:       slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.Close()
		c.clear(prefix)
	})
	return s
}

func (c *Cluster) clear(prefix string) {
	c.catches.clear()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.server != nil {
		_, _ = v3client.New(c.server.Server).Delete(context.Background(), prefix, clientv3.WithPrefix())
	}
}

// Client returns a client that goes past the listener, and so past what a test
// does to it.
func (c *Cluster) Client(t testing.TB) *clientv3.Client {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.server == nil {
		t.Fatal("the server is stopped")
	}
	return v3client.New(c.server.Server)
}

// Put writes a key behind every store's back and returns the revision.
func (c *Cluster) Put(t testing.TB, key, value string) int64 {
	t.Helper()
	answer, err := c.Client(t).Put(context.Background(), key, value)
	if err != nil {
		t.Fatal(err)
	}
	return answer.Header.Revision
}

// Delete removes a key behind every store's back and returns the revision.
func (c *Cluster) Delete(t testing.TB, key string) int64 {
	t.Helper()
	answer, err := c.Client(t).Delete(context.Background(), key)
	if err != nil {
		t.Fatal(err)
	}
	return answer.Header.Revision
}

// Values returns all keys that begin with prefix, and their values.
func (c *Cluster) Values(t testing.TB, prefix string) map[string]string {
	t.Helper()
	answer, err := c.Client(t).Get(context.Background(), prefix, clientv3.WithPrefix())
	if err != nil {
		t.Fatal(err)
	}
	values := make(map[string]string, len(answer.Kvs))
	for _, kv := range answer.Kvs {
		values[string(kv.Key)] = string(kv.Value)
	}
	return values
}

// Compact drops all history before the newest revision.
func (c *Cluster) Compact(t testing.TB) {
	t.Helper()
	client := c.Client(t)
	answer, err := client.Get(context.Background(), "x")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Compact(context.Background(), answer.Header.Revision, clientv3.WithCompactPhysical()); err != nil {
		t.Fatal(err)
	}
}

package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/etcd/client/pkg/v3/fileutil"
	"go.etcd.io/etcd/pkg/v3/featuregate"
	"go.etcd.io/etcd/server/v3/embed"
	"go.etcd.io/etcd/server/v3/etcdserver/api/v3client"
	"go.uber.org/zap"
)

// EmbeddedConfig holds the settings of a store inside this process.
type EmbeddedConfig struct {
	Dir     string // of the data; made if missing, with mode 0700
	MinFree uint64 // bytes of the disk to keep free; 0 means DefaultMinFree
	Log     *slog.Logger
}

// ErrInUse says that a data directory is another process's.
var ErrInUse = errors.New("another sidecar uses the data directory")

// startLimit is how long the embedded server may take to be ready.
const startLimit = time.Minute

// OpenEmbedded opens the store in a directory of its own, with an etcd server
// inside this process that listens nowhere. It fails at once if another process
// uses the directory.
func OpenEmbedded(ctx context.Context, cfg EmbeddedConfig) (*Store, error) {
	if cfg.MinFree == 0 {
		cfg.MinFree = DefaultMinFree
	}
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data directory: %w", err)
	}
	lock, err := fileutil.TryLockFile(filepath.Join(cfg.Dir, "lock"), os.O_WRONLY|os.O_CREATE, 0o600)
	if errors.Is(err, fileutil.ErrLocked) {
		return nil, fmt.Errorf("%w %s", ErrInUse, cfg.Dir)
	}
	if err != nil {
		return nil, fmt.Errorf("lock the data directory: %w", err)
	}
	server, err := serve(ctx, cfg)
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	client := v3client.New(server.Server)
	return start(ctx, &Store{
		client: client,
		keys:   keys{"/sightline/"},
		log:    cfg.Log,
		room:   roomIn(cfg.Dir, cfg.MinFree, cfg.Log),
		close: func() error {
			_ = client.Close() // without a connection it has nothing to report but its own end
			server.Close()
			return lock.Close()
		},
	})
}

func serve(ctx context.Context, cfg EmbeddedConfig) (*embed.Etcd, error) {
	server, err := startEtcd(settings(cfg))
	if err != nil {
		return nil, fmt.Errorf("start the embedded store: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	select {
	case <-server.Server.ReadyNotify():
		return server, nil
	case err := <-server.Err():
		server.Close()
		return nil, fmt.Errorf("the embedded store ended: %w", err)
	case <-ctx.Done():
		server.Close()
		return nil, fmt.Errorf("the embedded store is not ready: %w", ctx.Err())
	}
}

// startEtcd turns the panics that damaged files cause into an error.
func startEtcd(c *embed.Config) (server *embed.Etcd, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the data in %s are damaged; restore them from a backup: %v", c.Dir, p)
		}
	}()
	return embed.StartEtcd(c)
}

// settings differ from etcd's defaults where those would let history grow
// without end, leave damage unnoticed or open a port.
func settings(cfg EmbeddedConfig) *embed.Config {
	c := embed.NewConfig()
	c.Name = "sightline"
	c.InitialCluster = c.InitialClusterFromName(c.Name)
	c.Dir = filepath.Join(cfg.Dir, "etcd")
	c.ListenClientUrls, c.ListenPeerUrls = []url.URL{}, []url.URL{}
	c.AutoCompactionMode, c.AutoCompactionRetention = "periodic", "1h"
	c.QuotaBackendBytes = 2 << 30
	c.WatchProgressNotifyInterval = time.Second
	c.SnapshotCount = 10_000
	c.UnsafeNoFsync = false
	for _, check := range []string{"InitialCorruptCheck", "CompactHashCheck"} {
		// The names are etcd's own; a test wants them on.
		_ = c.ServerFeatureGate.(featuregate.MutableFeatureGate).Set(check + "=true")
	}
	c.ZapLoggerBuilder = embed.NewZapLoggerBuilder(zap.New(bridge{cfg.Log}))
	return c
}

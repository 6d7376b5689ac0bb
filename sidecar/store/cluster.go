package store

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/coreos/go-semver/semver"
	"go.etcd.io/etcd/client/pkg/v3/transport"
	clientv3 "go.etcd.io/etcd/client/v3"
	"go.uber.org/zap"
)

// ClusterConfig holds the settings of a store in an etcd cluster.
type ClusterConfig struct {
	Endpoints []string
	CAFile    string // PEM; needed for https endpoints with an authority of their own
	CertFile  string // PEM; the client certificate
	KeyFile   string // PEM
	Prefix    string // of all keys; empty means /sightline/
	Log       *slog.Logger
}

// OpenCluster opens the store in a cluster. It fails if no member answers, or
// if one runs a version of etcd that is known to answer wrongly.
func OpenCluster(ctx context.Context, cfg ClusterConfig) (*Store, error) {
	encryption, err := tlsOf(cfg)
	if err != nil {
		return nil, err
	}
	client, err := clientv3.New(clientv3.Config{
		Endpoints:            cfg.Endpoints,
		TLS:                  encryption,
		DialTimeout:          5 * time.Second,
		DialKeepAliveTime:    10 * time.Second,
		DialKeepAliveTimeout: 3 * time.Second,
		PermitWithoutStream:  true,
		Logger:               zap.NewNop(), // what matters comes back as an error
	})
	if err != nil {
		return nil, fmt.Errorf("connect to etcd: %w", err)
	}
	if err := checkVersions(ctx, client); err != nil {
		return nil, errors.Join(err, client.Close())
	}
	prefix := cfg.Prefix
	if prefix == "" {
		prefix = "/sightline/"
	}
	return start(ctx, &Store{
		client: client,
		keys:   keys{strings.TrimSuffix(prefix, "/") + "/"},
		log:    cfg.Log,
		room:   func() error { return nil }, // the cluster guards its own disks
		close:  client.Close,
	})
}

func tlsOf(cfg ClusterConfig) (*tls.Config, error) {
	if err := checkPlain(cfg.Endpoints); err != nil {
		return nil, err
	}
	if cfg.CAFile == "" && cfg.CertFile == "" && cfg.KeyFile == "" {
		return nil, nil
	}
	info := transport.TLSInfo{TrustedCAFile: cfg.CAFile, CertFile: cfg.CertFile, KeyFile: cfg.KeyFile}
	encryption, err := info.ClientConfig()
	if err != nil {
		return nil, fmt.Errorf("TLS of etcd: %w", err)
	}
	encryption.MinVersion = tls.VersionTLS12
	return encryption, nil
}

// checkPlain refuses endpoints that everything would be sent to unencrypted over
// a network.
func checkPlain(endpoints []string) error {
	for _, endpoint := range endpoints {
		u, err := url.Parse(endpoint)
		if err != nil {
			return fmt.Errorf("etcd endpoint: %w", err)
		}
		local := u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback()
		if u.Scheme != "https" && !local {
			return fmt.Errorf("etcd endpoint %s: use https, with the files of the authority, the certificate and its key", endpoint)
		}
	}
	return nil
}

// minimum has the first version of each minor one without the faults that would
// break our promises: watches that ignore permissions (GO-2026-6114), stale
// reads after a pause, watches on a future revision that return old events.
var minimum = []semver.Version{
	{Major: 3, Minor: 5, Patch: 33},
	{Major: 3, Minor: 6, Patch: 14},
	{Major: 3, Minor: 7, Patch: 1},
}

func checkVersions(ctx context.Context, client *clientv3.Client) error {
	var last error
	answered := false
	for _, endpoint := range client.Endpoints() {
		once, cancel := context.WithTimeout(ctx, attempt)
		status, err := client.Status(once, endpoint)
		cancel()
		if err != nil {
			last = err
			continue
		}
		answered = true
		if err := checkVersion(status.Version); err != nil {
			return fmt.Errorf("%s: %w", endpoint, err)
		}
	}
	if !answered {
		return fmt.Errorf("no member of etcd answers: %w", last)
	}
	return nil
}

func checkVersion(text string) error {
	v, err := semver.NewVersion(text)
	if err != nil {
		return fmt.Errorf("etcd says its version is %q", text)
	}
	newest := minimum[len(minimum)-1]
	if v.Major > newest.Major || v.Major == newest.Major && v.Minor > newest.Minor {
		return nil
	}
	for _, least := range minimum {
		if v.Major == least.Major && v.Minor == least.Minor && !v.LessThan(least) {
			return nil
		}
	}
	return fmt.Errorf("etcd %s has faults that break Sightline's promises; use 3.5.33, 3.6.14, 3.7.1 or later", v)
}

package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"go.etcd.io/etcd/api/v3/etcdserverpb"
	"go.etcd.io/etcd/api/v3/mvccpb"
	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/pkg/v3/featuregate"
	"go.etcd.io/etcd/server/v3/features"
)

func TestAWatchThatBreaksOrderIsNotFollowed(t *testing.T) {
	tests := []struct {
		name      string
		revisions []int64
		whole     []int64 // the revisions that are given
		broken    bool
	}{
		{"in order", []int64{11, 11, 12}, []int64{11, 12}, false},
		{"seen before", []int64{10}, nil, true},
		{"back to what was seen", []int64{11, 9}, []int64{11}, true},
		{"backwards", []int64{12, 11}, nil, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := &Store{keys: keys{"/"}}
			answer := clientv3.WatchResponse{Header: &etcdserverpb.ResponseHeader{Revision: 20}}
			for _, r := range test.revisions {
				answer.Events = append(answer.Events, &clientv3.Event{
					Type: mvccpb.DELETE,
					Kv:   &mvccpb.KeyValue{Key: []byte("/live/g/1/groups/a"), ModRevision: r},
				})
			}
			batches, err := s.batches("1", 10, answer)
			if errors.Is(err, ErrResync) != test.broken {
				t.Errorf("got %v", err)
			}
			var whole []int64
			for _, b := range batches {
				whole = append(whole, b.Revision)
			}
			if diff := cmp.Diff(test.whole, whole); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestVersionsWithKnownFaultsAreRefused(t *testing.T) {
	for version, good := range map[string]bool{
		"3.4.30": false, "3.5.32": false, "3.5.33": true, "3.6.13": false, "3.6.14": true,
		"3.7.0": false, "3.7.1": true, "3.8.0-alpha.0": true, "4.0.0": true, "newest": false,
	} {
		if err := checkVersion(version); (err == nil) != good {
			t.Errorf("%s: %v", version, err)
		}
	}
}

func TestPlainEndpointsAreLocal(t *testing.T) {
	for endpoint, good := range map[string]bool{
		"http://127.0.0.1:2379": true, "http://[::1]:2379": true, "http://localhost:2379": true,
		"https://etcd.example.com:2379": true, "http://etcd.example.com:2379": false, "http://10.0.0.1:2379": false,
		"etcd.example.com:2379": false, "10.0.0.1:2379": false,
	} {
		if err := checkPlain([]string{endpoint}); (err == nil) != good {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
}

func TestAnEmbeddedWatchTellsOfProgress(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	s, err := OpenEmbedded(ctx, EmbeddedConfig{Dir: t.TempDir(), MinFree: 1, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	snapshot, err := s.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := s.client.Put(ctx, "/elsewhere", "")
	if err != nil {
		t.Fatal(err)
	}
	next, stop := iter.Pull2(s.Watch(ctx, snapshot))
	defer stop()
	told := make(chan error, 1)
	go func() {
		b, err, _ := next()
		if err == nil && b.Revision < elsewhere.Header.Revision {
			err = fmt.Errorf("revision %d, want %d", b.Revision, elsewhere.Header.Revision)
		}
		told <- err
	}()
	for {
		if err := s.RequestProgress(ctx); err != nil {
			t.Fatal(err)
		}
		select {
		case err := <-told:
			if err != nil {
				t.Error(err)
			}
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func TestAnEmbeddedServerIsSetUpAsMeant(t *testing.T) {
	c := settings(EmbeddedConfig{Dir: "d", Log: slog.New(slog.DiscardHandler)})
	if n := len(c.ListenClientUrls) + len(c.ListenPeerUrls) + len(c.ListenMetricsUrls) + len(c.ListenClientHttpUrls); n > 0 {
		t.Errorf("it listens on %d ports", n)
	}
	if c.UnsafeNoFsync || c.AutoCompactionRetention != "1h" || c.QuotaBackendBytes != 2<<30 || c.WatchProgressNotifyInterval != time.Second {
		t.Errorf("got %+v", c)
	}
	for _, check := range []featuregate.Feature{features.InitialCorruptCheck, features.CompactHashCheck} {
		if !c.ServerFeatureGate.Enabled(check) {
			t.Errorf("%s is off", check)
		}
	}
}

func TestPagesGrowToTheSizeOfWhatTheyHold(t *testing.T) {
	for size, want := range map[int]int64{1: 10_000, 1_000: 4_194, 100_000: 500} {
		last := &clientv3.GetResponse{Kvs: []*mvccpb.KeyValue{{Value: make([]byte, size)}, {Value: make([]byte, size)}}}
		if got := nextPage(last); got != want {
			t.Errorf("after values of %d bytes the next page has %d, want %d", size, got, want)
		}
	}
}

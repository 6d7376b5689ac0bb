package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"go.etcd.io/etcd/api/v3/mvccpb"
	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
)

// eraseAnswers erases those kept answers that name a client: they may tell of
// more than the id. They stay as records of what took effect. It reads all
// answers of a day, for want of an index, in parts that are small however long
// they are.
func (s *Store) eraseAnswers(ctx context.Context, client policy.ClientID) error {
	name, err := json.Marshal(client)
	if err != nil {
		return err
	}
	folder := s.keys.once("")
	for from := folder; ; {
		answer, err := s.get(ctx, from, clientv3.WithRange(clientv3.GetPrefixRangeEnd(folder)), clientv3.WithLimit(maxPuts))
		if err != nil {
			return err
		}
		for _, kv := range answer.Kvs {
			from = string(kv.Key) + "\x00"
			if err := s.eraseAnswer(ctx, kv, name); err != nil {
				return err
			}
		}
		if !answer.More {
			return nil
		}
	}
}

// eraseAnswer erases an answer if it has the name. That nobody else changes it
// needs no care: a record with an answer is written once.
func (s *Store) eraseAnswer(ctx context.Context, kv *mvccpb.KeyValue, name []byte) error {
	var r onceRecord
	if err := json.Unmarshal(kv.Value, &r); err != nil {
		return fmt.Errorf("idempotency record %s: %w", kv.Key, err)
	}
	if !bytes.Contains(r.Result, name) {
		return nil
	}
	r.Result, r.Erased = nil, true
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = do(ctx, func(ctx context.Context) (*clientv3.TxnResponse, error) {
		return s.client.Txn(ctx).
			If(clientv3.Compare(clientv3.ModRevision(string(kv.Key)), "=", kv.ModRevision)).
			Then(clientv3.OpPut(string(kv.Key), string(text), clientv3.WithIgnoreLease())).
			Commit()
	})
	return err
}

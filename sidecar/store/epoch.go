package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

// EpochID tells one store from another, and from itself before a restore. etcd's
// cluster id does not: a restored backup has the same.
type EpochID [8]byte

// Epoch is the identity of a store and the key that signs revision tokens.
type Epoch struct {
	ID       EpochID
	TokenKey []byte // 32 bytes
}

// storedEpoch is its stored form.
type storedEpoch struct {
	V        int    `json:"v"`
	Epoch    string `json:"epoch"`     // 16 hexadecimal digits
	TokenKey []byte `json:"token_key"` // base64
}

const tokenKeySize = 32

func newEpoch() string {
	id, key := make([]byte, len(EpochID{})), make([]byte, tokenKeySize)
	rand.Read(id)  // never fails: crypto/rand ends the process instead
	rand.Read(key) // likewise
	text, _ := json.Marshal(storedEpoch{version, hex.EncodeToString(id), key})
	return string(text)
}

func parseEpoch(text []byte) (Epoch, error) {
	var stored storedEpoch
	if err := json.Unmarshal(text, &stored); err != nil {
		return Epoch{}, fmt.Errorf("epoch: %w", err)
	}
	id, err := hex.DecodeString(stored.Epoch)
	if err != nil || len(id) != len(EpochID{}) || stored.V != version || len(stored.TokenKey) != tokenKeySize {
		return Epoch{}, errors.New("epoch: the stored value can't be read")
	}
	return Epoch{EpochID(id), stored.TokenKey}, nil
}

// Head returns the revision the store stands at and its epoch, as a majority of
// the members knows them (a linearizable read).
func (s *Store) Head(ctx context.Context) (int64, EpochID, error) {
	answer, err := s.client.Get(ctx, s.keys.epoch())
	switch {
	case err != nil:
		return 0, EpochID{}, fromEtcd(err)
	case len(answer.Kvs) == 0:
		return answer.Header.Revision, EpochID{}, nil
	}
	epoch, err := parseEpoch(answer.Kvs[0].Value)
	return answer.Header.Revision, epoch.ID, err
}

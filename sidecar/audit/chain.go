package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Anchor names a record by its number and the hash of its stored bytes, and with
// it all records before. The zero Anchor is what the first record follows.
type Anchor struct {
	Seq  uint64 `json:"seq"`
	Hash string `json:"hash"`
}

// Tail is the last record that was archived. The zero Tail is none.
type Tail struct {
	Anchor
	File   string `json:"file"`   // that ends with it
	SHA256 string `json:"sha256"` // of that file, in hexadecimal
}

// Hash returns the hash that names a record with the given stored bytes.
func Hash(stored []byte) string {
	sum := sha256.Sum256(stored)
	return hex.EncodeToString(sum[:])
}

// Next returns the stored bytes of the record that follows a, and its anchor.
func (a Anchor) Next(e Entry, sealed *Sealed) (stored []byte, next Anchor, err error) {
	stored, err = json.Marshal(Record{Seq: a.Seq + 1, Prev: a.Hash, Entry: e, Sealed: sealed})
	if err != nil {
		return nil, Anchor{}, err
	}
	return stored, Anchor{Seq: a.Seq + 1, Hash: Hash(stored)}, nil
}

// String returns a as text for people and flags: number:hash.
func (a Anchor) String() string { return strconv.FormatUint(a.Seq, 10) + ":" + a.Hash }

// ParseAnchor reads what [Anchor.String] returns.
func ParseAnchor(text string) (Anchor, error) {
	number, hash, _ := strings.Cut(text, ":")
	seq, err := strconv.ParseUint(number, 10, 64)
	sum, notHex := hex.DecodeString(hash)
	whole := len(sum) == sha256.Size || seq == 0 && hash == ""
	if err != nil || notHex != nil || !whole || hash != strings.ToLower(hash) {
		return Anchor{}, fmt.Errorf("anchor %q: must be a number, a colon and 64 hexadecimal digits", text)
	}
	return Anchor{Seq: seq, Hash: hash}, nil
}

package audit

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
)

// Key seals what is known of one person: AES-256. It is to be kept outside of
// the log, and forgotten when the person is.
type Key [32]byte

// NewKey returns a random key.
func NewKey() Key {
	var k Key
	rand.Read(k[:]) // never fails: crypto/rand ends the process instead
	return k
}

// Sealed is what is personal in an entry, under the person's key.
type Sealed struct {
	V      int    `json:"v"`
	Person string `json:"person"` // the client's id
	Text   []byte `json:"text"`   // AES-256-GCM: the nonce, then the sealed JSON; base64
}

// sealVersion is the version of Sealed that this program writes, and the only one
// it reads.
const sealVersion = 1

// Seal returns the entry without what is personal in it, and that sealed: nil if
// there is nothing. The key is that of the person whom [Entry.Person] names.
func (e Entry) Seal(key Key) (Entry, *Sealed, error) {
	bare, hidden, err := e.hide()
	if err != nil || hidden.empty() {
		return bare, nil, err
	}
	person, err := e.Person()
	if err == nil && person == "" {
		err = fmt.Errorf("audit entry %s %s: it does not say whom it is about", e.Action, e.Kind)
	}
	if err != nil {
		return Entry{}, nil, err
	}
	text, err := json.Marshal(hidden)
	if err != nil {
		return Entry{}, nil, err
	}
	gcm, err := key.cipher()
	if err != nil {
		return Entry{}, nil, err
	}
	return bare, &Sealed{V: sealVersion, Person: person, Text: gcm.Seal(nil, nil, text, bound(person))}, nil
}

// Open puts what is personal back in its place. Without a key the record is
// marked as erased. A record with nothing sealed stays as it is.
func (r *Record) Open(key *Key) error {
	sealed := r.Sealed
	switch {
	case sealed == nil:
		return nil
	case sealed.V != sealVersion:
		return fmt.Errorf("audit record %d: what is sealed is of version %d, not %d", r.Seq, sealed.V, sealVersion)
	case key == nil:
		r.Sealed, r.Erased = nil, true
		return nil
	}
	hidden, err := sealed.open(*key)
	if err == nil {
		err = r.show(hidden)
	}
	if err != nil {
		return fmt.Errorf("audit record %d: %w", r.Seq, err)
	}
	r.Sealed = nil
	return nil
}

func (s *Sealed) open(key Key) (hidden, error) {
	gcm, err := key.cipher()
	if err != nil {
		return hidden{}, err
	}
	text, err := gcm.Open(nil, nil, s.Text, bound(s.Person))
	if err != nil {
		return hidden{}, errors.New("what is sealed can't be opened with the person's key")
	}
	var h hidden
	return h, json.Unmarshal(text, &h)
}

func (k Key) cipher() (cipher.AEAD, error) {
	block, err := aes.NewCipher(k[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// bound keeps a sealed text from being read as another person's, or as one of
// another version. The record's place is not in it: it is sealed again when the
// place turns out to be taken, and the chain guards that.
func bound(person string) []byte {
	return fmt.Appendf(nil, "sightline audit %d %s", sealVersion, person)
}

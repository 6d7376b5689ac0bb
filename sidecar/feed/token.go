package feed

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strings"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

// A token is tokenPrefix and, in base64url, an epoch, a revision and the first
// bytes of an HMAC-SHA256 of all before it.
const (
	tokenPrefix = "v1."
	epochSize   = 8
	signedSize  = epochSize + 8
	tokenSize   = signedSize + 8
)

// Token returns the opaque text that carries a revision to callers. It is empty
// while there is no snapshot.
func (f *Feed) Token(revision int64) string {
	p := f.position.Load()
	if p.revision == 0 {
		return ""
	}
	raw := make([]byte, 0, tokenSize)
	raw = append(raw, p.epoch.ID[:]...)
	raw = binary.BigEndian.AppendUint64(raw, uint64(revision))
	raw = append(raw, seal(p.epoch, raw)...)
	return tokenPrefix + base64.RawURLEncoding.EncodeToString(raw)
}

// ParseToken returns the revision of a token. Its error is a policy.Error:
// Invalid for a text that no sidecar of this store made, EpochChanged for a
// token of another store or of one that was restored since, and Unavailable
// while there is no snapshot.
func (f *Feed) ParseToken(token string) (int64, error) {
	p := f.position.Load()
	if p.revision == 0 {
		return 0, policy.Errorf(policy.Unavailable, "there is no current data to answer from")
	}
	text, ok := strings.CutPrefix(token, tokenPrefix)
	raw, err := base64.RawURLEncoding.DecodeString(text)
	// The decoder skips line breaks: only the text as it was made counts.
	if !ok || err != nil || len(raw) != tokenSize || len(text) != base64.RawURLEncoding.EncodedLen(tokenSize) {
		return 0, errToken()
	}
	signed, mac := raw[:signedSize], raw[signedSize:]
	if [epochSize]byte(signed) != p.epoch.ID {
		return 0, policy.Errorf(policy.EpochChanged, "the revision token is of another store, or of one that was restored since")
	}
	if !hmac.Equal(mac, seal(p.epoch, signed)) {
		return 0, errToken()
	}
	return int64(binary.BigEndian.Uint64(signed[epochSize:])), nil
}

// Key returns a secret for a purpose: the same at all sidecars of a store, and
// another one for each purpose. It gives false while there is no snapshot.
func (f *Feed) Key(purpose string) ([]byte, bool) {
	p := f.position.Load()
	if p.revision == 0 {
		return nil, false
	}
	mac := hmac.New(sha256.New, p.epoch.TokenKey)
	mac.Write([]byte("key\n" + purpose))
	return mac.Sum(nil), true
}

func errToken() error {
	return policy.Errorf(policy.Invalid, "this is not a revision token")
}

func seal(e store.Epoch, signed []byte) []byte {
	mac := hmac.New(sha256.New, e.TokenKey)
	mac.Write([]byte(tokenPrefix))
	mac.Write(signed)
	return mac.Sum(nil)[:tokenSize-signedSize]
}

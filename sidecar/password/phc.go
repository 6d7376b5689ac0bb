package password

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

// settings say what a hash costs (RFC 9106, section 3.1).
type settings struct {
	memory  uint32 // KiB
	time    uint32 // passes
	threads uint8
}

// current returns the settings of new hashes.
func current() settings { return settings{memory: 64 << 10, time: 3, threads: 1} }

// Bounds of the settings of stored hashes: below, a hash protects nothing
// (OWASP Password Storage Cheat Sheet); above, it could exhaust the machine.
const (
	minMemory, maxMemory = 19 << 10, 256 << 10
	minTime, maxTime     = 2, 10
	maxThreads           = 8
)

// Sizes of salts and keys, in bytes: those of new hashes, and the bounds of
// stored ones.
const (
	saltSize, minSalt, maxSalt = 16, 8, 64
	keySize, minKey, maxKey    = 32, 16, 64
)

// encoded is a hash.
type encoded struct {
	settings
	salt, key []byte
}

// outdated reports whether e differs from a new hash with the settings.
func (e encoded) outdated(s settings) bool {
	return e.settings != s || len(e.salt) != saltSize || len(e.key) != keySize
}

// String returns e as a PHC string: $argon2id$v=19$m=65536,t=3,p=1$salt$key
// (github.com/P-H-C/phc-string-format).
func (e encoded) String() string {
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", e.memory, e.time, e.threads, b64(e.salt), b64(e.key))
}

// parse reads what String returns, and nothing else: parameters in another order
// or with zeros in front are refused. Its errors do not repeat the text.
func parse(text string) (encoded, error) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v=19" {
		return encoded{}, fmt.Errorf("the stored hash is not of Argon2id, version 19")
	}
	var e encoded
	var err error
	if e.settings, err = parseSettings(parts[3]); err != nil {
		return encoded{}, err
	}
	if e.salt, err = parseBytes("salt", parts[4], minSalt, maxSalt); err != nil {
		return encoded{}, err
	}
	if e.key, err = parseBytes("key", parts[5], minKey, maxKey); err != nil {
		return encoded{}, err
	}
	if e.String() != text {
		return encoded{}, fmt.Errorf("the stored hash is not in its one form")
	}
	return e, nil
}

func parseSettings(text string) (settings, error) {
	values := strings.Split(text, ",")
	if len(values) != 3 {
		return settings{}, fmt.Errorf("the stored hash does not have three parameters")
	}
	memory, err := parseValue(values[0], "m=", minMemory, maxMemory)
	if err != nil {
		return settings{}, err
	}
	time, err := parseValue(values[1], "t=", minTime, maxTime)
	if err != nil {
		return settings{}, err
	}
	threads, err := parseValue(values[2], "p=", 1, maxThreads)
	if err != nil {
		return settings{}, err
	}
	return settings{memory, time, uint8(threads)}, nil
}

func parseValue(text, name string, least, most uint64) (uint32, error) {
	digits, ok := strings.CutPrefix(text, name)
	n, err := strconv.ParseUint(digits, 10, 32)
	if !ok || err != nil || n < least || n > most {
		return 0, fmt.Errorf("the stored hash has no %s from %d to %d", name, least, most)
	}
	return uint32(n), nil
}

func parseBytes(what, text string, least, most int) ([]byte, error) {
	if len(text) > base64.RawStdEncoding.EncodedLen(most) {
		return nil, fmt.Errorf("the stored hash has a %s of more than %d bytes", what, most)
	}
	b, err := base64.RawStdEncoding.Strict().DecodeString(text)
	if err != nil || len(b) < least {
		return nil, fmt.Errorf("the stored hash has no %s of %d to %d bytes", what, least, most)
	}
	return b, nil
}

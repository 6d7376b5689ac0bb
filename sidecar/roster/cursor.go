package roster

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"

	"sightline.example/policy"
)

// A cursor names the last client of a page by what it was listed by and its id,
// so that it stays good when that client changes, moves or goes. It is, in
// base64url, its place and the first bytes of an HMAC-SHA256 of that and of the
// query. The place is whether the client can be read, the key as a number and as
// a text with its length before it, and the id.
const macSize = 16

// cursor returns the cursor of a row in the list of a query.
func cursor(key []byte, q *Query, r *row) string {
	place := encodePlace(q.Sort, r)
	return base64.RawURLEncoding.EncodeToString(append(place, seal(key, q, place)...))
}

// parseCursor returns the place of a cursor, as a row that stands there. The
// error is an Invalid one if the cursor was not made for the query.
func parseCursor(key []byte, q *Query) (*row, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(q.After)
	// The decoder skips line breaks: only the text as it was made counts.
	if err != nil || len(raw) < macSize || len(q.After) != base64.RawURLEncoding.EncodedLen(len(raw)) {
		return nil, errCursor()
	}
	place, mac := raw[:len(raw)-macSize], raw[len(raw)-macSize:]
	if !hmac.Equal(mac, seal(key, q, place)) {
		return nil, errCursor()
	}
	r, ok := decodePlace(q.Sort, place)
	if !ok {
		return nil, errCursor()
	}
	return r, nil
}

func errCursor() error {
	return policy.FieldErrorf("after", "must be the next of an earlier page of the same list")
}

// seal binds a place to the list it is in: how much of that is asked for at once
// does not matter.
func seal(key []byte, q *Query, place []byte) []byte {
	list := *q
	list.After, list.Limit, list.Count = "", 0, false
	text, _ := json.Marshal(list) // strings, booleans and times always can be
	sum := sha256.Sum256(text)
	mac := hmac.New(sha256.New, key)
	mac.Write(sum[:])
	mac.Write(place)
	return mac.Sum(nil)[:macSize]
}

func encodePlace(s Sort, r *row) []byte {
	var place []byte
	var number int64
	var text string
	if key := s.number(); key != nil {
		number = *key(r)
	}
	if key := s.text(); key != nil {
		text = *key(r)
	}
	if r.broken {
		place = append(place, 1)
	} else {
		place = append(place, 0)
	}
	place = binary.AppendVarint(place, number)
	place = binary.AppendUvarint(place, uint64(len(text)))
	place = append(place, text...)
	return append(place, r.id...)
}

func decodePlace(s Sort, place []byte) (r *row, ok bool) {
	if len(place) == 0 {
		return nil, false
	}
	r = &row{broken: place[0] == 1}
	place = place[1:]
	number, n := binary.Varint(place)
	if n <= 0 {
		return nil, false
	}
	place = place[n:]
	length, n := binary.Uvarint(place)
	if n <= 0 || length > uint64(len(place)-n) {
		return nil, false
	}
	text, id := place[n:][:length], place[n:][length:]
	if key := s.number(); key != nil {
		*key(r) = number
	}
	if key := s.text(); key != nil {
		*key(r) = string(text)
	}
	r.id = policy.ClientID(id)
	return r, policy.CheckID("after", string(id)) == nil
}

package policy

// Identifiers are chosen by whoever owns the directory, compared byte by byte
// and never reused. They are distinct types, so that one kind cannot stand
// where another is meant.
type (
	ClientID     string
	EmployeeID   string
	GroupID      string
	ProjectID    string
	KeyID        string
	AdminID      string
	SessionID    string
	InvitationID string
)

// MaxID is the longest identifier, in bytes.
const MaxID = 128

// CheckID reports whether id can identify something: 1 to [MaxID] ASCII
// letters, digits and any of "-._~@:+", and neither "." nor "..". The error is
// an [Invalid] one about field.
func CheckID(field, id string) error {
	switch {
	case id == "":
		return FieldErrorf(field, "must not be empty")
	case len(id) > MaxID:
		return FieldErrorf(field, "is %d bytes long; the limit is %d", len(id), MaxID)
	case id == "." || id == "..":
		return FieldErrorf(field, "must not be %q", id)
	}
	for i := range len(id) {
		if !idByte(id[i]) {
			return FieldErrorf(field, "has a character that is not a letter, a digit or one of -._~@:+ at position %d", i+1)
		}
	}
	return nil
}

func idByte(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	switch c {
	case '-', '.', '_', '~', '@', ':', '+':
		return true
	}
	return false
}

package mailtest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"
	"testing"
)

// Message is a message that a server took.
type Message struct {
	To     string // of the envelope
	Raw    []byte
	Header mail.Header
	Text   string
	HTML   string
}

// Subject returns the subject, decoded.
func (m Message) Subject() string {
	text, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return m.Header.Get("Subject")
	}
	return text
}

// links are where invitations lead, with the secret as the last part.
var links = regexp.MustCompile(`https?://[^\s"<>]+/(?:setup|reset)/([A-Za-z0-9_-]{43})`)

// Link returns the address of the link in the message, and the secret in it. It
// fails the test if there is none.
func (m Message) Link(tb testing.TB) (address, secret string) {
	tb.Helper()
	found := links.FindStringSubmatch(m.Text)
	if found == nil {
		tb.Fatalf("there is no link in:\n%s", m.Text)
	}
	return found[0], found[1]
}

// Parse reads the text of a message, such as that of an .eml file.
func Parse(raw []byte) (Message, error) { return parse("", raw) }

func parse(to string, raw []byte) (Message, error) {
	m := Message{To: to, Raw: raw}
	parsed, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return m, fmt.Errorf("message: %w", err)
	}
	m.Header = parsed.Header
	kind, params, err := mime.ParseMediaType(parsed.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		return m, fmt.Errorf("message is %q: %v", kind, err)
	}
	for parts := multipart.NewReader(parsed.Body, params["boundary"]); ; {
		// Raw, since NextPart decodes without saying so.
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return m, nil
		}
		if err != nil {
			return m, fmt.Errorf("part: %w", err)
		}
		text, err := io.ReadAll(decoded(part))
		if err != nil {
			return m, fmt.Errorf("part: %w", err)
		}
		plain := strings.ReplaceAll(string(text), "\r\n", "\n")
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			m.HTML = plain
		} else {
			m.Text = plain
		}
	}
}

func decoded(p *multipart.Part) io.Reader {
	switch strings.ToLower(p.Header.Get("Content-Transfer-Encoding")) {
	case "quoted-printable":
		return quotedprintable.NewReader(p)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, p)
	}
	return p
}

package mail

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"path"
	"strings"
	"syscall"
)

// Error tells why a message was not taken, in words for admins: without address,
// link or password.
type Error struct {
	Detail string
	Final  bool // another try would be in vain
	cause  error
}

// Error implements the error interface.
func (e *Error) Error() string { return e.Detail }

// Permanent reports whether another try would be in vain.
func (e *Error) Permanent() bool { return e.Final }

// Unwrap returns the cause. It is for comparing only: its text can have in it what
// Detail leaves out.
func (e *Error) Unwrap() error { return e.cause }

// maxDetail is the longest reason that is told, in bytes.
const maxDetail = 260

// reason returns what went wrong between us and a mail server, fit to be shown.
func reason(err error, private *strings.Replacer) string {
	timeout, isNet := errors.AsType[net.Error](err)
	reply, isReply := errors.AsType[*textproto.Error](err)
	switch {
	case isReply:
		return fmt.Sprintf("it answered %d %s", reply.Code, told(reply.Msg, private))
	case errors.Is(err, context.DeadlineExceeded), isNet && timeout.Timeout():
		return "it did not answer in time"
	case errors.Is(err, context.Canceled):
		return "sending was interrupted"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "it ended the connection"
	}
	return told(err.Error(), private)
}

// told returns what a server said as one short line, without what is private.
// Servers quote what they were sent: spam filters do so with links.
func told(text string, private *strings.Replacer) string {
	words := strings.Fields(visible(private.Replace(text)))
	for i, word := range words {
		switch {
		case strings.Contains(word, "://"):
			words[i] = "<link>"
		case strings.Contains(word, "@"):
			words[i] = "<address>"
		}
	}
	return cut(strings.Join(words, " "), maxDetail)
}

// private returns what takes the secrets of a letter and of the settings out of a
// text, in the forms in which a server got them.
func (s *SMTP) private(l Letter) *strings.Replacer {
	var pairs []string
	add := func(secret string) {
		if secret != "" {
			pairs = append(pairs, secret, "<secret>")
		}
	}
	if l.Link != "" {
		add(strings.Trim(path.Base(l.Link), "/."))
	}
	if s.cfg.Password != "" {
		add(s.cfg.Password)
		add(base64.StdEncoding.EncodeToString([]byte(s.cfg.Password)))
		add(base64.StdEncoding.EncodeToString([]byte("\x00" + s.cfg.User + "\x00" + s.cfg.Password)))
	}
	return strings.NewReplacer(pairs...)
}

package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"os"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"
)

// SMTPConfig holds the settings of a mail server. Host and Sender are required.
type SMTPConfig struct {
	Sender
	Host     string
	Port     int    // 0 means 587, or 465 with Implicit
	Implicit bool   // TLS from the first byte on; else it is begun by STARTTLS, or nothing is sent
	User     string // empty: the server wants nobody to sign in
	Password string
	CAFile   string           // PEM; empty means the system's authorities
	Timeout  time.Duration    // for a whole message; 0 means 30 s
	Now      func() time.Time // nil means time.Now

	encryption *tls.Config
}

// SMTP hands messages to a mail server (RFC 5321), encrypted (RFC 3207, RFC 8314)
// or not at all. It is safe for concurrent use.
type SMTP struct {
	cfg     SMTPConfig
	options []gomail.Option
}

// NewSMTP returns an SMTP. It fails if the settings are wrong; it does not
// connect.
func NewSMTP(cfg SMTPConfig) (*SMTP, error) {
	if cfg.Timeout == 0 {
		cfg.Timeout = 30 * time.Second
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	encryption := &tls.Config{ServerName: cfg.Host, MinVersion: tls.VersionTLS12}
	if cfg.CAFile != "" {
		pem, err := os.ReadFile(cfg.CAFile)
		if err != nil {
			return nil, fmt.Errorf("authority of the mail server: %w", err)
		}
		encryption.RootCAs = x509.NewCertPool()
		if !encryption.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("authority of the mail server: %s has no certificate", cfg.CAFile)
		}
	}
	cfg.encryption = encryption
	s := &SMTP{cfg: cfg, options: []gomail.Option{
		gomail.WithTLSConfig(encryption), gomail.WithTimeout(cfg.Timeout), gomail.WithoutNoop(),
	}}
	s.encrypt()
	if cfg.User != "" {
		s.options = append(s.options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(cfg.User), gomail.WithPassword(cfg.Password))
	}
	_, err := gomail.NewClient(cfg.Host, s.options...)
	return s, err
}

func (s *SMTP) encrypt() {
	port := s.cfg.Port
	if s.cfg.Implicit {
		s.options = append(s.options, gomail.WithSSL())
		if port == 0 {
			port = 465
		}
	} else {
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.TLSMandatory))
		if port == 0 {
			port = 587
		}
	}
	s.options = append(s.options, gomail.WithPort(port))
}

// Send implements [Transport]. The server's refusals with a code of 500 or above
// are final; whatever else goes wrong may be mended.
func (s *SMTP) Send(ctx context.Context, l Letter) error {
	m, err := message(l, s.cfg.Sender, s.cfg.Now())
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	defer cancel()
	client, err := gomail.NewClient(s.cfg.Host, append(s.options, gomail.WithDialContextFunc(until(ctx, s.cfg)))...)
	if err != nil {
		return fmt.Errorf("mail client: %w", err)
	}
	if err := client.DialWithContext(ctx); err != nil {
		return &Error{Detail: "the mail server can't be used: " + clean(err), cause: err}
	}
	err = client.Send(m)
	// The message was taken, or not, by now; how the connection ends is no matter.
	_ = client.Close()
	if err == nil {
		return nil
	}
	return refused(err)
}

// until returns a dialler whose connections are cut when ctx ends: the client
// itself watches over each step only.
func until(ctx context.Context, cfg SMTPConfig) gomail.DialContextFunc {
	return func(dialling context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(dialling, network, address)
		if err != nil {
			return nil, err
		}
		context.AfterFunc(ctx, func() { _ = conn.Close() }) // closing it twice does no harm
		if cfg.Implicit {
			return tls.Client(conn, cfg.encryption), nil
		}
		return conn, nil
	}
}

// refused tells what a server answered to a message.
func refused(err error) *Error {
	e := &Error{Detail: "the mail server did not take it: " + clean(err), cause: err}
	if sent, ok := errors.AsType[*gomail.SendError](err); ok {
		e.Final = sent.ErrorCode() >= 500
	}
	if reply, ok := errors.AsType[*textproto.Error](err); ok {
		e.Detail = fmt.Sprintf("the mail server answered %d %s", reply.Code, line(reply.Msg))
		e.Final = reply.Code >= 500
	}
	return e
}

// clean returns what an error says, as one short line. Errors of connecting and of
// servers have neither links nor passwords in them; addresses are left out.
func clean(err error) string { return line(err.Error()) }

func line(text string) string {
	const limit = 300
	words := strings.FieldsFunc(text, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) })
	for i, w := range words {
		if strings.Contains(w, "@") {
			words[i] = "<address>"
		}
	}
	out := strings.Join(words, " ")
	return strings.ToValidUTF8(out[:min(len(out), limit)], "")
}

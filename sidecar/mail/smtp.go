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
	"time"

	gomail "github.com/wneessen/go-mail"
	gosmtp "github.com/wneessen/go-mail/smtp"
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
	Timeout  time.Duration    // for a whole message, from connecting on; 0 means 30 s
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
	if err := cfg.check(); err != nil {
		return nil, err
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = 30 * time.Second
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	cfg.encryption = &tls.Config{ServerName: cfg.Host, MinVersion: tls.VersionTLS12}
	if cfg.CAFile != "" {
		var err error
		if cfg.encryption.RootCAs, err = authorities(cfg.CAFile); err != nil {
			return nil, fmt.Errorf("authority of the mail server: %w", err)
		}
	}
	s := &SMTP{cfg: cfg, options: options(cfg)}
	_, err := gomail.NewClient(cfg.Host, s.options...)
	return s, err
}

func authorities(file string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s has no certificate", file)
	}
	return pool, nil
}

func options(cfg SMTPConfig) []gomail.Option {
	encrypted, port := gomail.WithTLSPolicy(gomail.TLSMandatory), 587
	if cfg.Implicit {
		encrypted, port = gomail.WithSSL(), 465
	}
	if cfg.Port != 0 {
		port = cfg.Port
	}
	all := []gomail.Option{encrypted, gomail.WithPort(port), gomail.WithTLSConfig(cfg.encryption), gomail.WithTimeout(cfg.Timeout)}
	if cfg.User == "" {
		return all
	}
	// Named one by one, since the client's own choice does not know that a
	// connection that we made is encrypted from the start.
	return append(all, gomail.WithUsername(cfg.User), gomail.WithPassword(cfg.Password),
		gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
}

// Send implements [Transport]. What the server answers to the message is final
// with a code of 500 or above. Whatever else goes wrong may be mended, by time or
// by an operator: connecting, encryption and signing in have nothing to do with
// this letter.
func (s *SMTP) Send(ctx context.Context, l Letter) error {
	m, err := message(l, s.cfg.Sender, s.cfg.Now())
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	defer cancel()
	conn, err := s.connect(ctx)
	if err != nil {
		err = because(ctx, err)
		return &Error{Detail: "the mail server can't be used: " + reason(err, s.private(l)), cause: err}
	}
	if err := s.hand(conn, l, m); err != nil {
		err = because(ctx, err)
		reply, ok := errors.AsType[*textproto.Error](err)
		return &Error{
			Detail: "the mail server did not take it: " + reason(err, s.private(l)), Final: ok && reply.Code >= 500, cause: err,
		}
	}
	// The message is taken; how the connection ends is no matter.
	_ = conn.Quit()
	return nil
}

// connect returns a connection that is encrypted and signed in. It is closed when
// ctx ends.
func (s *SMTP) connect(ctx context.Context) (*gosmtp.Client, error) {
	client, err := gomail.NewClient(s.cfg.Host, append(s.options[:len(s.options):len(s.options)], gomail.WithDialContextFunc(s.dialer(ctx)))...)
	if err != nil {
		return nil, err
	}
	return client.DialToSMTPClientWithContext(ctx)
}

// dialer returns a dialler whose connections are cut when ctx ends: the client
// itself watches over each step only.
func (s *SMTP) dialer(ctx context.Context) gomail.DialContextFunc {
	return func(dialling context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(dialling, network, address)
		if err != nil {
			return nil, err
		}
		context.AfterFunc(ctx, func() { _ = conn.Close() }) // closing it twice does no harm
		if s.cfg.Implicit {
			return tls.Client(conn, s.cfg.encryption), nil
		}
		return conn, nil
	}
}

// hand hands a message over (RFC 5321, section 3.3). Without an error the server
// has taken it.
func (s *SMTP) hand(conn *gosmtp.Client, l Letter, m *gomail.Msg) error {
	if err := conn.Mail("<" + s.cfg.From + ">"); err != nil {
		return err
	}
	if err := conn.Rcpt("<" + l.To + ">"); err != nil {
		return err
	}
	w, err := conn.Data()
	if err != nil {
		return err
	}
	if _, err := m.WriteTo(w); err != nil {
		return err
	}
	return w.Close()
}

// because returns the end of ctx as the reason of an error that it led to: that of
// a connection which was cut says little. What a server answered stands.
func because(ctx context.Context, err error) error {
	if _, ok := errors.AsType[*textproto.Error](err); ok || ctx.Err() == nil {
		return err
	}
	return ctx.Err()
}

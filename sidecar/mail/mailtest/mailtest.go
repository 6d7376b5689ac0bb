// Package mailtest is a real mail server in the process of a test, whose faults
// are chosen by a script.
package mailtest

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Script is how a server behaves. The zero Script takes everything, encrypted.
type Script struct {
	Greylist  int           // so many tries are answered by 451 first
	Refuse    bool          // recipients are answered by 550
	Reject    string        // messages are answered by 554 and this text
	Drop      bool          // takes a message, then cuts the connection before it says so
	HangUp    bool          // takes a message, says so, then cuts the connection
	Slow      time.Duration // before the sender's address is answered
	NoTLS     bool          // does not offer STARTTLS
	Implicit  bool          // speaks TLS from the first byte on
	User      string        // who has to sign in, with Password; empty: nobody has to
	Password  string
	WrongName bool // the certificate is another host's
	Expired   bool // the certificate is over
}

// Server is a running mail server. Its methods are safe for concurrent use.
type Server struct {
	Host   string
	Port   int
	CAFile string // of the authority that its certificates are from

	authority authority
	address   string
	end       chan struct{} // closed when the test ends

	mu       sync.Mutex
	script   Script
	server   *smtp.Server
	listener net.Listener
	tried    int
	senders  []Sender
	messages []Message
	another  chan struct{} // closed when there is another message
}

// Sender is one MAIL command that a server saw.
type Sender struct {
	From      string
	Encrypted bool
}

// Start starts a server with a script. It is stopped when the test ends.
func Start(tb testing.TB, script Script) *Server {
	tb.Helper()
	s := &Server{
		Host: "localhost", authority: newAuthority(tb), script: script,
		end: make(chan struct{}), another: make(chan struct{}),
	}
	s.CAFile = s.authority.file
	l := s.listen(tb, "127.0.0.1:0")
	s.address = l.Addr().String()
	_, port, err := net.SplitHostPort(s.address)
	if err != nil {
		tb.Fatal(err)
	}
	if s.Port, err = strconv.Atoi(port); err != nil {
		tb.Fatal(err)
	}
	s.serve(l)
	tb.Cleanup(func() {
		close(s.end)
		s.Down(tb)
	})
	return s
}

func (s *Server) listen(tb testing.TB, address string) net.Listener {
	tb.Helper()
	l, err := net.Listen("tcp", address)
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

// serve answers the connections of l.
func (s *Server) serve(l net.Listener) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{server: s, conn: c}, nil
	}))
	s.server.Domain = s.Host
	s.server.MaxMessageBytes = 1 << 20
	s.server.ErrorLog = quiet{}
	if !s.script.NoTLS {
		s.server.TLSConfig = &tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			return s.authority.certificate(s.Script())
		}}
	}
	if s.script.Implicit {
		l = tls.NewListener(l, s.server.TLSConfig)
	}
	server := s.server
	s.listener = l
	go func() { _ = server.Serve(l) }() // ends when it is closed, with an error that says so
}

// quiet drops what the server logs of broken connections: tests break them.
type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// Play changes the script.
func (s *Server) Play(tb testing.TB, script Script) {
	tb.Helper()
	s.Down(tb)
	s.mu.Lock()
	s.script, s.tried = script, 0
	s.mu.Unlock()
	s.serve(s.listen(tb, s.address))
}

// Script returns the script.
func (s *Server) Script() Script {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.script
}

// Down stops the server: connections are refused, until [Server.Play].
func (s *Server) Down(tb testing.TB) {
	tb.Helper()
	s.mu.Lock()
	server, listener := s.server, s.listener
	s.mu.Unlock()
	// The listener by itself too: the server may not have got it yet.
	_ = listener.Close()
	err := server.Close()
	if err != nil && !errors.Is(err, smtp.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
		tb.Errorf("stop the mail server: %v", err)
	}
}

// Senders returns the MAIL commands that the server saw.
func (s *Server) Senders() []Sender {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Sender(nil), s.senders...)
}

// Messages returns the messages that the server took.
func (s *Server) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Message(nil), s.messages...)
}

// Wait returns the messages once there are at least n. It fails the test if that
// takes more than a minute, or as long as the test has.
func (s *Server) Wait(tb testing.TB, n int) []Message {
	tb.Helper()
	limit := time.After(patience(tb))
	for {
		s.mu.Lock()
		messages, another := append([]Message(nil), s.messages...), s.another
		s.mu.Unlock()
		if len(messages) >= n {
			return messages
		}
		select {
		case <-another:
		case <-limit:
			tb.Fatalf("%d messages came, want %d", len(messages), n)
		}
	}
}

// patience returns how long a test can wait and still say what for.
func patience(tb testing.TB) time.Duration {
	if timed, ok := tb.(interface{ Deadline() (time.Time, bool) }); ok {
		if end, ok := timed.Deadline(); ok {
			return min(time.Minute, time.Until(end)*9/10)
		}
	}
	return time.Minute
}

// session is one connection.
type session struct {
	server *Server
	conn   *smtp.Conn
	known  bool // signed in
	taken  bool // a message
	to     string
}

// Reset implements smtp.Session. It is called after the answer to a message.
func (c *session) Reset() {
	c.to = ""
	if c.taken && c.server.Script().HangUp {
		_ = c.conn.Conn().Close()
	}
}

// Logout implements smtp.Session.
func (c *session) Logout() error { return nil }

// AuthMechanisms implements smtp.AuthSession.
func (c *session) AuthMechanisms() []string {
	if c.server.Script().User == "" {
		return nil
	}
	return []string{sasl.Plain}
}

// Auth implements smtp.AuthSession.
func (c *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		script := c.server.Script()
		if user != script.User || password != script.Password {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "wrong password"}
		}
		c.known = true
		return nil
	}), nil
}

// Mail implements smtp.Session.
func (c *session) Mail(from string, _ *smtp.MailOptions) error {
	if c.server.Script().User != "" && !c.known {
		return &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "sign in first"}
	}
	_, encrypted := c.conn.TLSConnectionState()
	s := c.server
	s.mu.Lock()
	s.senders = append(s.senders, Sender{from, encrypted})
	s.tried++
	script, tried := s.script, s.tried
	s.mu.Unlock()
	if script.Slow > 0 {
		select {
		case <-time.After(script.Slow):
		case <-s.end:
		}
	}
	if tried <= script.Greylist {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted, try again later"}
	}
	return nil
}

// Rcpt implements smtp.Session.
func (c *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if c.server.Script().Refuse {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user here"}
	}
	c.to = to
	return nil
}

// Data implements smtp.Session.
func (c *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if reject := c.server.Script().Reject; reject != "" {
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: reject}
	}
	m, err := parse(c.to, raw)
	if err != nil {
		return err
	}
	c.taken = true
	s := c.server
	s.mu.Lock()
	s.messages = append(s.messages, m)
	close(s.another)
	s.another = make(chan struct{})
	drop := s.script.Drop
	s.mu.Unlock()
	if drop {
		return c.conn.Conn().Close()
	}
	return nil
}

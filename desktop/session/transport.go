package session

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"net/url"
	"time"

	"sightline.example/desktop/file"
)

// Certificate is what is to be known of a certificate before it is pinned.
type Certificate struct {
	// Fingerprint is the SHA-256 of the certificate, in hexadecimal.
	Fingerprint string
	Subject     string
	Issuer      string
	Names       []string // hosts it is for
	From, Until time.Time
	// Expired and OtherHost say what is wrong with it, besides that nobody
	// vouches for it.
	Expired, OtherHost bool
}

// headerTime is how long a sidecar may take before it begins to answer.
const headerTime = 30 * time.Second

// transportTo returns what carries requests to the sidecar of a connection.
func transportTo(c Connection) (*http.Transport, error) {
	at, err := CheckURL(c.URL)
	if err != nil {
		return nil, err
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout = headerTime
	transport.MaxIdleConnsPerHost = 8
	if at.Scheme == "http" {
		return transport, nil
	}
	roots, err := rootsOf(c.CAFile)
	if err != nil {
		return nil, err
	}
	check := verifier{host: at.Hostname(), roots: roots, pin: c.Pin, now: time.Now}
	transport.TLSClientConfig = &tls.Config{
		MinVersion: tls.VersionTLS12,
		// The verifier does what is skipped, so that it can tell what it saw.
		InsecureSkipVerify: true,
		VerifyConnection:   check.verify,
	}
	return transport, nil
}

// CheckURL returns the parts of a sidecar's address. The error is a *Fault: of
// kind Insecure where a password would cross the network unencrypted.
func CheckURL(text string) (*url.URL, error) {
	at, err := url.Parse(text)
	if err != nil || at.Host == "" || at.User != nil || at.RawQuery != "" || at.Fragment != "" {
		return nil, &Fault{Kind: BadAddress, Err: err}
	}
	switch at.Scheme {
	case "https":
		return at, nil
	case "http":
		if isLocal(at.Hostname()) {
			return at, nil
		}
		return nil, &Fault{Kind: Insecure}
	}
	return nil, &Fault{Kind: BadAddress}
}

func isLocal(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// mostAuthorities is how large a file of certificate authorities can be: those of a
// whole system are below 1 MB.
const mostAuthorities = 16 << 20

// rootsOf returns the system's certificate authorities, or those in a file.
func rootsOf(path string) (*x509.CertPool, error) {
	if path == "" {
		return nil, nil // the system's
	}
	text, err := file.Read(path, mostAuthorities)
	if err != nil {
		return nil, &Fault{Kind: BadAuthority, Err: err}
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(text) {
		return nil, &Fault{Kind: BadAuthority, Err: errors.New(path + " has no certificate")}
	}
	return roots, nil
}

// verifier decides whether a certificate is a sidecar's: if one is pinned, it has
// to be that one; else somebody has to vouch for it.
type verifier struct {
	host  string
	roots *x509.CertPool
	pin   string
	now   func() time.Time
}

func (v verifier) verify(state tls.ConnectionState) error {
	leaf := state.PeerCertificates[0]
	if v.pin != "" {
		if fingerprint(leaf) != v.pin {
			return &Fault{Kind: PinChanged, Certificate: v.describe(leaf)}
		}
		return nil
	}
	between := x509.NewCertPool()
	for _, c := range state.PeerCertificates[1:] {
		between.AddCert(c)
	}
	options := x509.VerifyOptions{DNSName: v.host, Roots: v.roots, Intermediates: between, CurrentTime: v.now()}
	if _, err := leaf.Verify(options); err != nil {
		return &Fault{Kind: Untrusted, Certificate: v.describe(leaf), Err: err}
	}
	return nil
}

func (v verifier) describe(c *x509.Certificate) *Certificate {
	names := append([]string(nil), c.DNSNames...)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	return &Certificate{
		Fingerprint: fingerprint(c), Subject: c.Subject.String(), Issuer: c.Issuer.String(), Names: names,
		From: c.NotBefore, Until: c.NotAfter,
		Expired:   v.now().After(c.NotAfter) || v.now().Before(c.NotBefore),
		OtherHost: c.VerifyHostname(v.host) != nil,
	}
}

func fingerprint(c *x509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	return hex.EncodeToString(sum[:])
}

package session_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"sightline.example/desktop/session"
	"sightline.example/sidecar/sidecartest"
)

// encrypted starts a sidecar behind TLS, with a certificate nobody vouches for.
func encrypted(t *testing.T) *httptest.Server {
	t.Helper()
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	behind, err := url.Parse(sidecar.URL)
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewTLSServer(httputil.NewSingleHostReverseProxy(behind))
	t.Cleanup(front.Close)
	return front
}

func TestACertificateIsPinnedOnceItIsConfirmed(t *testing.T) {
	front := encrypted(t)
	at := session.Connection{URL: front.URL}
	fault := wantFault(t, at, owner(), session.Untrusted)
	sum := sha256.Sum256(front.Certificate().Raw)
	if got, want := fault.Certificate.Fingerprint, hex.EncodeToString(sum[:]); got != want {
		t.Errorf("the fingerprint is %s, want %s", got, want)
	}
	if fault.Certificate.Expired || fault.Certificate.OtherHost {
		t.Errorf("more is wrong with it: %+v", fault.Certificate)
	}
	at.Pin = fault.Certificate.Fingerprint
	open(t, at, owner())
}

func TestAnotherCertificateThanThePinnedOneIsRefused(t *testing.T) {
	front := encrypted(t)
	at := session.Connection{URL: front.URL, Pin: "00"}
	fault := wantFault(t, at, owner(), session.PinChanged)
	if fault.Certificate == nil {
		t.Error("the fault does not show the certificate")
	}
}

func TestAnAuthorityOfOnesOwnVouches(t *testing.T) {
	front := encrypted(t)
	file := filepath.Join(t.TempDir(), "ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: front.Certificate().Raw})
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, session.Connection{URL: front.URL, CAFile: file}, owner())
}

func TestAnAuthorityDoesNotVouchForAnotherHost(t *testing.T) {
	front := encrypted(t)
	file := filepath.Join(t.TempDir(), "ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: front.Certificate().Raw})
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(front.URL)
	if err != nil {
		t.Fatal(err)
	}
	fault := wantFault(t, session.Connection{URL: "https://localhost:" + at.Port(), CAFile: file}, owner(), session.Untrusted)
	if !fault.Certificate.OtherHost {
		t.Errorf("the certificate is for %v", fault.Certificate.Names)
	}
}

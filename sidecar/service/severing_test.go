package service_test

import (
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"sync/atomic"

	"sightline.example/sidecar/client"
)

// severing cuts streams off after some bytes, and leads each next one to the
// other of two sidecars.
type severing struct{ times atomic.Int64 }

// between returns a client of c's sidecar and of the other, in turn.
func (s *severing) between(c *client.Client, other string) *client.Client {
	next := *c
	next.HTTP = &http.Client{Transport: &turning{severing: s, other: other}}
	return &next
}

type turning struct {
	*severing
	other string
	n     int
}

// RoundTrip implements http.RoundTripper.
func (t *turning) RoundTrip(r *http.Request) (*http.Response, error) {
	if t.n++; t.n%2 == 0 {
		u, err := url.Parse(t.other)
		if err != nil {
			return nil, err
		}
		r.URL.Host = u.Host
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		resp.Body = &brief{ReadCloser: resp.Body, severing: t.severing, left: 50 + rand.IntN(15_000)}
	}
	return resp, err
}

// brief is a body that breaks off.
type brief struct {
	io.ReadCloser
	*severing
	left int
}

func (b *brief) Read(p []byte) (int, error) {
	if b.left == 0 {
		b.times.Add(1)
		return 0, errors.New("cut")
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

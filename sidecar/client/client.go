// Package client calls a sidecar. The desktop app and other Go programs use it,
// and so do the server's own tests.
//
//	c := &client.Client{BaseURL: "http://127.0.0.1:8470", Key: key}
//	answer, err := c.Evaluate(ctx, policy.Request{
//		Subject:  policy.Entity{Type: policy.TypeClient, ID: "acme"},
//		Action:   policy.Action{Name: policy.ActionView},
//		Resource: policy.Entity{Type: policy.TypeProject, ID: "website"},
//	})
//	if err != nil || !answer.Allow {
//		// show nothing
//	}
//
// An error that the sidecar answered with is a *policy.Error with the code that
// was raised there. If no sidecar answered, the code is policy.Unavailable, and
// the cause is in the error's chain. An answer that makes no sense is an
// internal error. A no is not an error.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Client calls one sidecar. It is safe for concurrent use. How long a call may
// take is up to its context.
type Client struct {
	BaseURL string       // such as "http://127.0.0.1:8470"
	Key     string       // the text of an app's or an admin's key
	HTTP    *http.Client // nil means http.DefaultClient
	Agent   string       // what the program calls itself, as in lists of sessions (RFC 9110, section 10.1.5); may be empty

	atLeast string
}

// ErrNoAnswer is in the chain of errors of calls that no sidecar answered: nobody
// did, or a proxy that found none. Calls whose context has ended are such too.
var ErrNoAnswer error = policy.Errorf(policy.Unavailable, "the sidecar did not answer")

// maxAnswer is the largest answer that is read, in bytes.
const maxAnswer = 16 << 20

// AtLeast returns a Client whose calls are answered at the token's revision or
// a later one; the token is one that an earlier answer carried. If the sidecar
// does not get there within a second, the call fails with policy.Unavailable;
// if its store was restored since, with policy.EpochChanged. An empty token
// asks for nothing.
func (c *Client) AtLeast(token string) *Client {
	next := *c
	next.atLeast = token
	return &next
}

// copy GETs an answer of any length and writes it to w as it comes. Its error is
// like that of do; or that of w.
func (c *Client) copy(ctx context.Context, path string, w io.Writer) error {
	request, err := c.request(ctx, http.MethodGet, path, nil, nil)
	if err != nil {
		return fmt.Errorf("GET %s: %w", path, err)
	}
	response, err := c.send(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode/100 != 2 {
		body, err := readAll(response.Body)
		if err != nil {
			return fmt.Errorf("GET %s: %w", path, err)
		}
		return errorOf(response, body)
	}
	if _, err := io.Copy(w, response.Body); err != nil {
		return fmt.Errorf("GET %s: %w: %w", path, policy.Errorf(policy.Unavailable, "the answer broke off"), err)
	}
	return nil
}

// do makes one call: it sends in, which is a content or goes out as JSON, unless
// in is nil, and decodes a successful answer into out, unless out is nil or takes
// the bytes as they are. Every call goes through here.
func (c *Client) do(ctx context.Context, method, path string, header http.Header, in, out any) (http.Header, error) {
	request, err := c.request(ctx, method, path, header, in)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	response, err := c.send(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := readAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	if response.StatusCode/100 != 2 {
		return nil, errorOf(response, body)
	}
	if out == nil {
		return response.Header, nil
	}
	if raw, ok := out.(*[]byte); ok {
		*raw = body
		return response.Header, nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return nil, fmt.Errorf("%s %s: decode the answer: %w", method, path, err)
	}
	return response.Header, nil
}

func (c *Client) send(request *http.Request) (*http.Response, error) {
	hc := c.HTTP
	if hc == nil {
		hc = http.DefaultClient
	}
	response, err := hc.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoAnswer, err)
	}
	return response, nil
}

// content is a body that is sent as it is.
type content struct {
	media string
	body  io.Reader
}

func contentOf(in any) (content, error) {
	if c, ready := in.(content); ready || in == nil {
		return c, nil
	}
	text, err := json.Marshal(in)
	return content{"application/json", bytes.NewReader(text)}, err
}

func (c *Client) request(ctx context.Context, method, path string, header http.Header, in any) (*http.Request, error) {
	sent, err := contentOf(in)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(c.BaseURL, "/")+path, sent.body)
	if err != nil {
		return nil, err
	}
	for name, values := range header {
		request.Header[http.CanonicalHeaderKey(name)] = values
	}
	if in != nil {
		request.Header.Set("Content-Type", sent.media)
	}
	if c.Agent != "" {
		request.Header.Set("User-Agent", c.Agent)
	}
	if c.Key != "" {
		request.Header.Set("Authorization", "Bearer "+c.Key)
	}
	if c.atLeast != "" {
		request.Header.Set(api.HeaderAtLeast, c.atLeast)
	}
	return request, nil
}

func readAll(body io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(body, maxAnswer+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", policy.Errorf(policy.Unavailable, "the answer broke off"), err)
	}
	if len(text) > maxAnswer {
		return nil, fmt.Errorf("the answer is larger than %d bytes", maxAnswer)
	}
	return text, nil
}

// errorOf returns the error that an answer tells of: from a problem document,
// else from the header and the text.
func errorOf(response *http.Response, body []byte) error {
	media, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	var problem api.Problem
	if media == api.ProblemType && json.Unmarshal(body, &problem) == nil {
		problem.Status = response.StatusCode
		return problem.Err()
	}
	header := response.Header.Get(api.HeaderError)
	if header == "" && between(response.StatusCode) {
		return fmt.Errorf("%w: %s", ErrNoAnswer, response.Status)
	}
	e := &policy.Error{
		Code:    api.CodeOf(response.StatusCode, header),
		Message: http.StatusText(response.StatusCode),
	}
	if media == "text/plain" && len(body) > 0 {
		e.Message = string(body)
	}
	return e
}

// between reports whether a status is what a proxy says that finds no sidecar.
func between(status int) bool {
	return status == http.StatusBadGateway || status == http.StatusServiceUnavailable || status == http.StatusGatewayTimeout
}

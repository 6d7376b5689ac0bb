package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"

	"sightline.example/sidecar/api"
)

const (
	// maxUpdate is the largest update that is read, in bytes.
	maxUpdate = 64 << 20
	// silence is how long a stream may say nothing, three times what the sidecar
	// lets pass between two signs of life.
	silence = 45 * time.Second
)

// follower follows the change feed over any number of streams.
type follower struct {
	client *Client
	path   string
	after  string
	yield  func(Update, error) bool
	left   bool // the loop over the updates is
	cutOff bool // the sidecar is, as it said last

	pending []api.Event // of a revision that is not whole yet
	size    int         // of the pending events, in bytes
}

// follow follows one stream. It reports whether anything came. There is no error
// when a stream ends or breaks off: the next one goes on after it.
func (f *follower) follow(ctx context.Context) (heard bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	alive := time.AfterFunc(silence, cancel)
	defer alive.Stop()
	body, err := f.open(ctx)
	if err != nil {
		return false, err
	}
	defer body.Close()
	f.pending, f.size = nil, 0
	for stream := messagesIn(sign{body, alive}, maxAnswer); ; heard = true {
		m, err := stream.next()
		switch {
		case errors.Is(err, errTooLong):
			return heard, err
		case err != nil:
			return heard, nil
		}
		if err := f.take(m); err != nil || f.left {
			return heard, err
		}
	}
}

// sign is a body that shows that its sender is alive.
type sign struct {
	io.Reader
	alive *time.Timer
}

func (s sign) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	s.alive.Reset(silence)
	return n, err
}

// open asks for a stream.
func (f *follower) open(ctx context.Context) (io.ReadCloser, error) {
	header := http.Header{"Accept": {"text/event-stream"}}
	if f.after != "" {
		header.Set(api.HeaderLastEventID, f.after)
	}
	request, err := f.client.request(ctx, http.MethodGet, f.path, header, nil)
	if err != nil {
		return nil, fmt.Errorf("GET %s: %w", f.path, err)
	}
	response, err := f.client.send(request)
	if err != nil {
		return nil, err
	}
	media, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if response.StatusCode == http.StatusOK && media == "text/event-stream" {
		f.client = f.client.AtLeast("") // from here on the id says where to go on
		return response.Body, nil
	}
	defer response.Body.Close()
	body, err := readAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("GET %s: %w", f.path, err)
	}
	if response.StatusCode/100 != 2 {
		return nil, errorOf(response, body)
	}
	return nil, fmt.Errorf("GET %s: the answer is no stream of events", f.path)
}

// take takes in an event of the stream.
func (f *follower) take(m message) error {
	if m.name == api.EventChange && m.data != "" {
		return f.change(m)
	}
	if len(f.pending) > 0 {
		return errors.New("the stream left out the end of a revision")
	}
	if m.name == api.EventState {
		return f.stand(m)
	}
	reset := m.name == api.EventReset && m.data != ""
	if reset || m.id != nil && *m.id != f.after {
		f.update(Update{Reset: reset}, m.id)
	}
	return nil
}

func (f *follower) change(m message) error {
	if f.size += len(m.data); f.size > maxUpdate {
		return errTooLong
	}
	var e api.Event
	if err := json.Unmarshal([]byte(m.data), &e); err != nil {
		return fmt.Errorf("decode an event: %w", err)
	}
	if e.Kind == "" || e.ID == "" || e.Action == "" {
		return errors.New("an event of the stream says nothing")
	}
	f.pending = append(f.pending, e)
	if m.id != nil {
		f.update(Update{Events: f.pending}, m.id)
	}
	return nil
}

// stand takes in how the sidecar stands.
func (f *follower) stand(m message) error {
	var now api.Standing
	if err := json.Unmarshal([]byte(m.data), &now); err != nil {
		return fmt.Errorf("decode how the sidecar stands: %w", err)
	}
	if cutOff := now.State != api.StateFresh; cutOff != f.cutOff {
		f.cutOff = cutOff
		f.update(Update{}, nil)
	}
	return nil
}

// update hands out an update, which ends with the id.
func (f *follower) update(u Update, id *string) {
	if id != nil {
		f.after = *id
	}
	u.Token, u.CutOff = f.after, f.cutOff
	f.pending, f.size = nil, 0
	f.left = !f.yield(u, nil)
}

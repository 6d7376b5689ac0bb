package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"path/filepath"

	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/store"
)

// auditLog is a log to be read.
type auditLog struct {
	chain    audit.Chain
	lines    iter.Seq2[[]byte, error]
	archived audit.Anchor // the last record before the lines; zero for none
	close    func() error
}

// openAudit returns the log that the command is about.
func (p *program) openAudit(ctx context.Context, stderr io.Writer) (auditLog, error) {
	switch {
	case len(p.Audit.Verify.Files) > 0:
		return p.filesAudit()
	case p.Audit.URL != "":
		return p.remoteAudit(ctx)
	}
	return p.storeAudit(ctx, stderr)
}

func (p *program) filesAudit() (log auditLog, err error) {
	if after := p.Audit.Verify.After; after != "" {
		log.chain.Start, err = audit.ParseAnchor(after)
	}
	log.lines, log.close = audit.FileLines(p.Audit.Verify.Files), func() error { return nil }
	return log, err
}

func (p *program) storeAudit(ctx context.Context, stderr io.Writer) (auditLog, error) {
	s, err := p.openStore(ctx, slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return auditLog{}, err
	}
	stored, err := s.AuditLog(ctx)
	if err != nil {
		return auditLog{}, errors.Join(err, s.Close())
	}
	log, err := p.withArchive(stored.Tail.Anchor, stored.Head, stored.Lines(ctx, stored.Tail.Seq))
	if err != nil {
		return auditLog{}, errors.Join(err, s.Close())
	}
	log.close = s.Close
	return log, nil
}

// openStore opens the store that the settings name, if there is one.
func (p *program) openStore(ctx context.Context, log *slog.Logger) (*store.Store, error) {
	if p.Demo {
		return nil, errors.New("--demo is for running the sidecar: its store ends with it")
	}
	dir, err := p.dataDir()
	if err != nil {
		return nil, err
	}
	settings, err := p.service(dir, log)
	if err != nil {
		return nil, err
	}
	if settings.Cluster != nil {
		return store.OpenCluster(ctx, *settings.Cluster)
	}
	if !isDir(filepath.Join(dir, "etcd")) {
		return nil, fmt.Errorf("there is no store in %s", dir)
	}
	s, err := store.OpenEmbedded(ctx, *settings.Embedded)
	if errors.Is(err, store.ErrInUse) {
		return nil, fmt.Errorf("%w: ask it with --url and an admin's key in SIGHTLINE_KEY", err)
	}
	return s, err
}

func (p *program) remoteAudit(ctx context.Context) (auditLog, error) {
	c := &client.Client{BaseURL: p.Audit.URL, Key: callerKey()}
	first, err := c.AuditLines(ctx, 0, api.MaxPage)
	if err != nil {
		return auditLog{}, err
	}
	return p.withArchive(first.Tail, first.Head, remoteLines(ctx, c, first, api.MaxPage))
}

// remoteLines returns what there is up to the head of the first part. It asks for
// the rest in parts of up to size records.
func remoteLines(ctx context.Context, c *client.Client, part api.AuditLines, size uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		head, last := part.Head.Seq, part.Tail.Seq
		for {
			before := last
			for stored, err := range audit.Lines(bytes.NewReader(part.Text)) {
				if !yield(stored, err) || err != nil {
					return
				}
				last = numberOf(stored, last)
			}
			if last >= head || last <= before {
				return
			}
			var err error
			if part, err = c.AuditLines(ctx, last, int(min(head-last, size))); err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

// numberOf returns a record's number, or the one after the last if it has none.
func numberOf(stored []byte, last uint64) uint64 {
	var r struct {
		Seq uint64 `json:"seq"`
	}
	if err := json.Unmarshal(stored, &r); err != nil {
		return last + 1
	}
	return r.Seq
}

// withArchive puts the archive, if the settings name one, before the rest of a log.
func (p *program) withArchive(tail, head audit.Anchor, rest iter.Seq2[[]byte, error]) (auditLog, error) {
	log := auditLog{chain: audit.Chain{Start: tail, Head: &head}, lines: rest, archived: tail}
	log.close = func() error { return nil }
	if p.AuditArchive == "" || tail.Seq == 0 {
		return log, nil
	}
	if !isDir(p.AuditArchive) {
		return auditLog{}, &os.PathError{Op: "open", Path: p.AuditArchive, Err: os.ErrNotExist}
	}
	archive, err := audit.OpenArchive(p.AuditArchive)
	if err != nil {
		return auditLog{}, err
	}
	files, err := archive.Through(tail.Seq)
	if err != nil {
		return auditLog{}, err
	}
	log.chain = audit.Chain{Head: &head}
	log.lines, log.archived = audit.Concat(archive.Lines(files), rest), audit.Anchor{}
	return log, nil
}

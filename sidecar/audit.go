package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"sightline.example/sidecar/audit"
)

// auditCommands are those about the audit log. They read it from the store that
// the settings name, and from the archive that they name.
type auditCommands struct {
	URL string `placeholder:"URL" help:"Ask the running sidecar at this address, with the key in SIGHTLINE_KEY, instead of opening its store."`

	Verify verifyCommand `cmd:"" help:"Check that nobody changed the audit log. If somebody did, name the first record at fault and end with status 1."`
	Export struct{}      `cmd:"" help:"Write the audit log to standard output: each record as it is stored, one a line."`
}

type verifyCommand struct {
	Anchors []string `name:"anchor" placeholder:"N:HASH" help:"Record N has to have this hash. Take it from the program's log or an earlier check: it shows what somebody changed who could write to all of the store."`
	After   string   `placeholder:"N:HASH" help:"The record that the first one in the files follows, if that is not record 1."`
	Files   []string `arg:"" optional:"" help:"Check these files of an archive or an export, in this order, instead of the store."`
}

func (p *program) verifyAudit(ctx context.Context, stdout, stderr io.Writer) error {
	log, err := p.openAudit(ctx, stderr)
	if err != nil {
		return err
	}
	for _, text := range p.Audit.Verify.Anchors {
		anchor, err := audit.ParseAnchor(text)
		if err != nil {
			return errors.Join(err, log.close())
		}
		log.chain.Anchors = append(log.chain.Anchors, anchor)
	}
	found, err := log.chain.Verify(log.lines)
	if err := errors.Join(err, log.close()); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "Nobody changed the %d audit records from %d to %d.\n", found.Records, log.chain.Start.Seq+1, found.Last.Seq)
	if log.archived.Seq > 0 {
		fmt.Fprintf(stdout, "Those up to %d are archived. Name the archive with --audit-archive to check them too.\n", log.archived.Seq)
	}
	if log.chain.Head == nil && len(log.chain.Anchors) == 0 {
		fmt.Fprintln(stdout, "Whether some were cut off at the end, only an --anchor can tell.")
	}
	_, err = fmt.Fprintf(stdout, "anchor %s\n", found.Last)
	return err
}

func (p *program) exportAudit(ctx context.Context, stdout, stderr io.Writer) error {
	log, err := p.openAudit(ctx, stderr)
	if err != nil {
		return err
	}
	if log.archived.Seq > 0 {
		fmt.Fprintf(stderr, "Records up to %d are archived. Name the archive with --audit-archive to export them too.\n", log.archived.Seq)
	}
	for stored, err := range log.lines {
		if err == nil {
			_, err = fmt.Fprintf(stdout, "%s\n", stored)
		}
		if err != nil {
			return errors.Join(err, log.close())
		}
	}
	return log.close()
}

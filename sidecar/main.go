// Command sidecar decides what invited clients may see. Run it with --help for
// its settings, or with --demo for a company to try it on.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sync/errgroup"

	"sightline.example/rego"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/demo"
	"sightline.example/sidecar/service"
	"sightline.example/sidecar/store"
)

func main() {
	tuneCollector()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "sidecar:", err)
		os.Exit(1)
	}
}

// run is the whole program: it returns when ctx ends, or when something is wrong.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	p, err := readConfig(args, stdout)
	if errors.Is(err, errHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	switch p.command {
	case commandVerify:
		return p.verifyAudit(ctx, stdout, stderr)
	case commandExport:
		return p.exportAudit(ctx, stdout, stderr)
	}
	return serve(ctx, p.config, stdout, stderr)
}

func serve(ctx context.Context, cfg config, stdout, stderr io.Writer) error {
	dir, err := cfg.dataDir()
	if err != nil {
		return err
	}
	if cfg.Demo {
		defer os.RemoveAll(dir)
	}
	settings, err := cfg.service(dir, slog.New(slog.NewTextHandler(stderr, nil)))
	if err != nil {
		return err
	}
	s, err := service.Open(ctx, settings)
	if err != nil {
		return err
	}
	g, running := errgroup.WithContext(ctx)
	g.Go(func() error { return s.Run(running) })
	g.Go(func() error { return welcome(running, s, cfg, dir, stdout) })
	if err := g.Wait(); err != nil && ctx.Err() == nil {
		return err
	}
	return nil
}

// service returns the settings of the sidecar itself.
func (c *config) service(dir string, log *slog.Logger) (service.Config, error) {
	mail, err := c.mail(dir)
	settings := service.Config{
		Listen:       c.Listen,
		Rules:        c.rules(),
		MaxStaleness: c.MaxStaleness,
		AuditArchive: c.AuditArchive,
		AuditKeep:    c.AuditKeep,
		Company:      c.Company,
		PublicURL:    strings.TrimSuffix(c.PublicURL, "/"),
		Mail:         mail,

		TrustedProxies: c.TrustedProxies,
		Log:            log,
	}
	if len(c.EtcdEndpoints) == 0 {
		settings.Embedded = &store.EmbeddedConfig{Dir: dir, MinFree: c.MinFree << 20, Log: log}
		return settings, err
	}
	settings.Cluster = &store.ClusterConfig{
		Endpoints: c.EtcdEndpoints,
		Prefix:    c.EtcdPrefix,
		CAFile:    c.EtcdCA,
		CertFile:  c.EtcdCert,
		KeyFile:   c.EtcdKey,
		Log:       log,
	}
	return settings, err
}

func (c *config) rules() fs.FS {
	if c.Rules != "" {
		return os.DirFS(c.Rules)
	}
	return rego.Files
}

// welcome waits for the first snapshot and tells what to do next.
func welcome(ctx context.Context, s *service.Service, cfg config, dir string, stdout io.Writer) error {
	if err := s.WaitReady(ctx); err != nil {
		return err
	}
	if cfg.Demo {
		story, err := demo.Feed(ctx, s.URL(), s.SetupCode)
		if err != nil {
			return fmt.Errorf("demo: %w", err)
		}
		story.Mail = filepath.Join(dir, "mail")
		return story.Print(stdout)
	}
	fmt.Fprintf(stdout, "Sightline is running at %s.\n", s.URL())
	if s.SetupCode == "" {
		return nil
	}
	file := filepath.Join(dir, "setup.code")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the data directory: %w", err)
	}
	if err := admin.WriteKeyFile(file, s.SetupCode); err != nil {
		return fmt.Errorf("write the set-up code: %w", err)
	}
	fmt.Fprintf(stdout, "It has no owner yet. This code makes the first one, within an hour; it is in %s too:\n\n%s\n\n", file, s.SetupCode)
	fmt.Fprintf(stdout, "Enter it in the desktop app, or put in your name, address and password of 15 characters or more:\n\n")
	_, err := fmt.Fprintf(stdout, "curl -s %s%s -H 'Content-Type: application/json' -d '{\"code\": \"%s\", \"name\": \"NAME\", \"email\": \"ADDRESS\", \"password\": \"PASSWORD\"}'\n",
		s.URL(), api.PathSetup, s.SetupCode)
	return err
}

package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"sightline.example/policy"
	"sightline.example/sidecar/mail"
	"sightline.example/sidecar/service"
)

// config is every setting there is. Nothing else in the sidecar reads flags,
// files or the environment. README shows it as a table, held to it by a test.
type config struct {
	Listen       string        `default:"127.0.0.1:8470" env:"SIGHTLINE_LISTEN" placeholder:"ADDRESS" help:"Address to serve HTTP on."`
	DataDir      string        `env:"SIGHTLINE_DATA_DIR" placeholder:"DIR" help:"Where the embedded store and the set-up code are kept. Default: sightline in the user's data directory."`
	Rules        string        `env:"SIGHTLINE_RULES" placeholder:"DIR" help:"A directory of rules to decide by, instead of the built-in ones."`
	MaxStaleness time.Duration `default:"30s" env:"SIGHTLINE_MAX_STALENESS" placeholder:"TIME" help:"How long to go on answering when cut off from the store, 2s to 300s: the bound on how late a revocation can be."`
	MinFree      uint64        `default:"256" env:"SIGHTLINE_MIN_FREE" placeholder:"MIB" help:"Refuse changes when the embedded store's disk has fewer MiB free."`
	Demo         bool          `help:"Start with a fresh temporary store and a believable company in it."`

	Company   string `default:"Sightline" env:"SIGHTLINE_COMPANY" placeholder:"NAME" help:"The name of the company, in messages and in the portal."`
	PublicURL string `env:"SIGHTLINE_PUBLIC_URL" placeholder:"URL" help:"Where clients reach the portal, https unless it is this machine. Default: the address of --listen."`

	TrustedProxies []string `env:"SIGHTLINE_TRUSTED_PROXIES" placeholder:"ADDRESS" help:"Proxies in front of the sidecar, as addresses or networks such as 10.0.0.0/8, whose X-Forwarded-For tells where requests come from: sign-ins are limited by that."`

	MailFrom         string `env:"SIGHTLINE_MAIL_FROM" placeholder:"ADDRESS" help:"The sender of messages."`
	MailDir          string `env:"SIGHTLINE_MAIL_DIR" placeholder:"DIR" help:"Where messages are written as .eml files if there is no mail server. Default: mail in the data directory."`
	SMTPHost         string `name:"smtp-host" env:"SIGHTLINE_SMTP_HOST" placeholder:"HOST" help:"Mail server to send messages by."`
	SMTPPort         int    `name:"smtp-port" env:"SIGHTLINE_SMTP_PORT" placeholder:"PORT" help:"Its port. Default: 587, or 465 with --smtp-tls=implicit."`
	SMTPTLS          string `name:"smtp-tls" default:"starttls" enum:"starttls,implicit" env:"SIGHTLINE_SMTP_TLS" help:"How encryption begins: starttls or implicit. Nothing is sent without."`
	SMTPCA           string `name:"smtp-ca" env:"SIGHTLINE_SMTP_CA" placeholder:"FILE" help:"Certificate authority of the mail server, PEM. Default: the system's."`
	SMTPUser         string `name:"smtp-user" env:"SIGHTLINE_SMTP_USER" placeholder:"NAME" help:"Who signs in to the mail server."`
	SMTPPasswordFile string `name:"smtp-password-file" env:"SIGHTLINE_SMTP_PASSWORD_FILE" placeholder:"FILE" help:"A file with the password for it, readable by its owner only."`

	AuditArchive string `env:"SIGHTLINE_AUDIT_ARCHIVE" placeholder:"DIR" help:"Move old audit records from the store to files in this directory, once an hour. Sidecars with one cluster share the directory, or only one of them has it."`
	AuditKeep    int    `default:"100000" env:"SIGHTLINE_AUDIT_KEEP" placeholder:"N" help:"How many audit records stay in the store, if the others are moved to an archive."`

	EtcdEndpoints []string `env:"SIGHTLINE_ETCD_ENDPOINTS" placeholder:"URL" help:"Use this etcd cluster instead of the embedded store."`
	EtcdPrefix    string   `default:"/sightline/" env:"SIGHTLINE_ETCD_PREFIX" placeholder:"PREFIX" help:"Where in the cluster to keep everything."`
	EtcdCA        string   `env:"SIGHTLINE_ETCD_CA" placeholder:"FILE" help:"Certificate authority of the cluster, PEM."`
	EtcdCert      string   `env:"SIGHTLINE_ETCD_CERT" placeholder:"FILE" help:"Client certificate for the cluster, PEM."`
	EtcdKey       string   `env:"SIGHTLINE_ETCD_KEY" placeholder:"FILE" help:"Key of the client certificate, PEM."`
}

// program is the whole command line: the settings, and what to do.
type program struct {
	config  `embed:""`
	Serve   struct{}      `cmd:"" default:"1" help:"Run the sidecar. This is what happens without a command."`
	Audit   auditCommands `cmd:"" help:"Check or export the audit log."`
	command string
}

// The commands besides serve, as package kong names them.
const (
	commandVerify = "audit verify"
	commandExport = "audit export"
)

// errHelp says that the help was asked for and shown.
var errHelp = errors.New("help was shown")

// readConfig reads the settings: flags first, then the environment, then
// defaults. It shows help on stdout if asked to.
func readConfig(args []string, stdout io.Writer) (program, error) {
	var cfg program
	shown := false
	parser, err := kong.New(
		&cfg,
		kong.Name("sidecar"),
		kong.Description("Sightline decides what an invited client may see of a company's tracked work."),
		kong.Writers(stdout, stdout),
		kong.Exit(func(int) { shown = true }),
	)
	if err != nil {
		return cfg, err
	}
	parsed, err := parser.Parse(args)
	if shown {
		return cfg, errHelp
	}
	if err != nil {
		return cfg, err
	}
	cfg.command = strings.TrimSuffix(parsed.Command(), " <files>")
	return cfg, cfg.check()
}

// check reports everything wrong with the settings at once.
func (c *config) check() error {
	var errs []error
	refuse := func(bad bool, format string, args ...any) {
		if bad {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	cluster := len(c.EtcdEndpoints) > 0
	refuse(c.MaxStaleness < 2*time.Second || c.MaxStaleness > 300*time.Second,
		"--max-staleness is %s; it must be 2s to 300s", c.MaxStaleness)
	refuse(c.Demo && (cluster || c.DataDir != ""),
		"--demo brings its own temporary store; it goes with neither --data-dir nor --etcd-endpoints")
	refuse(c.AuditKeep < 1, "--audit-keep is %d; it must be 1 at least", c.AuditKeep)
	refuse(c.PublicURL != "" && !safeURL(c.PublicURL), "--public-url is %q; it must be an https address, or an http one of this machine, without a path", c.PublicURL)
	for _, proxy := range c.TrustedProxies {
		refuse(!isNetwork(proxy), "--trusted-proxies has %q, which is neither an address nor a network", proxy)
	}
	refuse(c.MailFrom != "" && policy.CheckEmail("", c.MailFrom) != nil, "--mail-from is %q; it must be one address", c.MailFrom)
	refuse(c.SMTPHost != "" && c.MailFrom == "", "--smtp-host needs --mail-from")
	refuse(c.SMTPHost != "" && c.PublicURL == "", "--smtp-host needs --public-url, where the links in messages lead")
	refuse(c.SMTPHost == "" && c.SMTPUser+c.SMTPPasswordFile+c.SMTPCA != "", "--smtp-user, --smtp-password-file and --smtp-ca need --smtp-host")
	refuse((c.SMTPUser == "") != (c.SMTPPasswordFile == ""), "--smtp-user and --smtp-password-file need each other")
	refuse((c.EtcdCert == "") != (c.EtcdKey == ""), "--etcd-cert and --etcd-key need each other")
	refuse(!cluster && c.EtcdCA+c.EtcdCert+c.EtcdKey != "", "--etcd-ca, --etcd-cert and --etcd-key need --etcd-endpoints")
	return errors.Join(errs...)
}

// safeURL reports whether an address is one that secrets may be sent to.
func safeURL(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || strings.TrimSuffix(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	local := u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback()
	return u.Scheme == "https" || u.Scheme == "http" && local
}

// isNetwork reports whether text is an IP address or a network of them.
func isNetwork(text string) bool {
	_, _, err := net.ParseCIDR(text)
	return err == nil || net.ParseIP(text) != nil
}

// mail returns the settings of messages.
func (c *config) mail(dir string) (service.Mail, error) {
	m := service.Mail{From: c.MailFrom, Folder: c.MailDir}
	if m.Folder == "" {
		m.Folder = filepath.Join(dir, "mail")
	}
	if c.SMTPHost == "" {
		return m, nil
	}
	m.SMTP = &mail.SMTPConfig{
		Host: c.SMTPHost, Port: c.SMTPPort, Implicit: c.SMTPTLS == "implicit", User: c.SMTPUser, CAFile: c.SMTPCA,
	}
	if c.SMTPPasswordFile == "" {
		return m, nil
	}
	var err error
	m.SMTP.Password, err = secretFile("--smtp-password-file", c.SMTPPasswordFile)
	return m, err
}

// secretFile returns the first line of a file, which nobody but its owner may
// read.
func secretFile(flag, path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("%s: %w", flag, err)
	}
	if info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		return "", fmt.Errorf("%s: others may read %s; take that from them (chmod 600)", flag, path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("%s: %w", flag, err)
	}
	secret, _, _ := strings.Cut(string(text), "\n")
	if secret = strings.TrimSpace(secret); secret == "" {
		return "", fmt.Errorf("%s: %s is empty", flag, path)
	}
	return secret, nil
}

// dataDir returns the directory to keep data in.
func (c *config) dataDir() (string, error) {
	if c.DataDir != "" {
		return c.DataDir, nil
	}
	if c.Demo {
		return os.MkdirTemp("", "sightline-demo-")
	}
	return userDataDir()
}

// callerKey returns the key that commands call a running sidecar with. It is no
// flag: the command line is for everybody on the machine to see.
func callerKey() string { return os.Getenv("SIGHTLINE_KEY") }

// userDataDir returns where programs keep a user's data: XDG_DATA_HOME on Unix,
// elsewhere the system's counterpart.
func userDataDir() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "sightline"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the user's data directory (or set --data-dir): %w", err)
	}
	switch {
	case os.Getenv("LocalAppData") != "":
		return filepath.Join(os.Getenv("LocalAppData"), "sightline"), nil
	case isDir(filepath.Join(home, "Library", "Application Support")):
		return filepath.Join(home, "Library", "Application Support", "sightline"), nil
	}
	return filepath.Join(home, ".local", "share", "sightline"), nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// gcPercent lets the heap grow to five times what is live before it is collected:
// marking a large snapshot is the one part of a decision's cost that grows with
// the company. GOGC in the environment overrides it.
const gcPercent = 400

func tuneCollector() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
}

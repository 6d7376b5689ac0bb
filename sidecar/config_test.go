package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestBadSettings(t *testing.T) {
	cases := []struct{ name, args, want string }{
		{"unknown flag", "--colour=red", "unknown flag --colour"},
		{"not a time", "--max-staleness=soon", "--max-staleness"},
		{"too short", "--max-staleness=1s", "--max-staleness is 1s; it must be 2s to 300s"},
		{"too long", "--max-staleness=301s", "--max-staleness is 5m1s; it must be 2s to 300s"},
		{"nothing kept", "--audit-keep=0", "--audit-keep is 0; it must be 1 at least"},
		{"demo with data", "--demo --data-dir=/tmp/x", "--demo brings its own temporary store"},
		{"demo with a cluster", "--demo --etcd-endpoints=http://127.0.0.1:1", "--demo brings its own temporary store"},
		{"clear portal", "--public-url=http://sightline.example", "--public-url is \"http://sightline.example\"; it must be an https address"},
		{"portal with a path", "--public-url=https://sightline.example/x", "without a path"},
		{"portal with a secret", "--public-url=https://a:b@sightline.example", "--public-url is"},
		{"proxy by name", "--trusted-proxies=proxy.example", "--trusted-proxies has \"proxy.example\""},
		{"two senders", "--mail-from=a@b.example,c@d.example", "--mail-from is"},
		{"mail server without a sender", "--smtp-host=mail.example --public-url=https://x.example", "--smtp-host needs --mail-from"},
		{"mail server without a portal", "--smtp-host=mail.example --mail-from=a@b.example", "--smtp-host needs --public-url"},
		{"user without a mail server", "--smtp-user=a --smtp-password-file=p", "need --smtp-host"},
		{"user without a password", "--smtp-host=mail.example --smtp-user=a", "--smtp-user and --smtp-password-file need each other"},
		{"no such encryption", "--smtp-tls=none", "--smtp-tls"},
		{"certificate alone", "--etcd-endpoints=http://127.0.0.1:1 --etcd-cert=c", "--etcd-cert and --etcd-key need each other"},
		{"TLS without a cluster", "--etcd-ca=c", "need --etcd-endpoints"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := readConfig(strings.Fields(c.args), new(bytes.Buffer))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestPasswordFileIsForItsOwnerOnly(t *testing.T) {
	file := filepath.Join(t.TempDir(), "password")
	for _, c := range []struct {
		text string
		mode os.FileMode
		want string // the password; empty: refused
	}{
		{"hunter2\n", 0o600, "hunter2"},
		{"hunter2\n", 0o640, ""},
		{"hunter2\n", 0o604, ""},
		{"\nhunter2", 0o600, ""},
	} {
		if err := errors.Join(os.WriteFile(file, []byte(c.text), 0o600), os.Chmod(file, c.mode)); err != nil {
			t.Fatal(err)
		}
		got, err := secretFile("--smtp-password-file", file)
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%q with mode %o: %q, %v", c.text, c.mode, got, err)
		}
	}
	if _, err := secretFile("--smtp-password-file", file+".none"); err == nil {
		t.Error("a file that is not there is no error")
	}
}

func TestSettingsFromEverywhere(t *testing.T) {
	t.Setenv("SIGHTLINE_LISTEN", "127.0.0.1:1")
	t.Setenv("SIGHTLINE_ETCD_ENDPOINTS", "http://a,http://b")
	cfg, err := readConfig([]string{"--max-staleness=10s"}, new(bytes.Buffer))
	if err != nil {
		t.Fatal(err)
	}
	got := []any{cfg.Listen, cfg.EtcdEndpoints, cfg.MaxStaleness, cfg.MinFree}
	want := []any{"127.0.0.1:1", []string{"http://a", "http://b"}, 10 * time.Second, uint64(256)}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestHelp(t *testing.T) {
	var out bytes.Buffer
	if _, err := readConfig([]string{"--help"}, &out); !errors.Is(err, errHelp) {
		t.Errorf("got error %v", err)
	}
	if !strings.Contains(out.String(), "--max-staleness") {
		t.Errorf("the help says %q", out.String())
	}
}

// TestReadmeHasEverySetting compares README's table with the code.
func TestReadmeHasEverySetting(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), settingsTable()) {
		t.Errorf("README.md lacks this table of the settings:\n\n%s", settingsTable())
	}
}

// settingsTable returns the settings in Markdown.
func settingsTable() string {
	var table strings.Builder
	table.WriteString("| flag | environment | default | what it does |\n|---|---|---|---|\n")
	for f := range reflect.TypeFor[config]().Fields() {
		env, fallback := f.Tag.Get("env"), f.Tag.Get("default")
		if env != "" {
			env = "`" + env + "`"
		}
		if fallback != "" {
			fallback = "`" + fallback + "`"
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s |\n", flagOf(f), env, fallback, f.Tag.Get("help"))
	}
	return table.String()
}

// flagOf returns the flag of a setting: the one it is given, or that of its name,
// so that EtcdCA is --etcd-ca.
func flagOf(f reflect.StructField) string {
	if name := f.Tag.Get("name"); name != "" {
		return "--" + name
	}
	var flag strings.Builder
	flag.WriteString("-")
	for i, r := range f.Name {
		if 'A' <= r && r <= 'Z' && (i == 0 || f.Name[i-1] >= 'a') {
			flag.WriteByte('-')
		}
		flag.WriteRune(r)
	}
	return strings.ToLower(flag.String())
}

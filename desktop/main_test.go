package main

import (
	"bytes"
	"strings"
	"testing"

	"sightline.example/sidecar/demo"
)

func TestWithoutADisplayThereIsOneClearLine(t *testing.T) {
	var stderr bytes.Buffer
	nowhere := func(string) string { return "" }
	if code := run(nil, nowhere, &stderr); code != 2 {
		t.Errorf("the exit code is %d, want 2", code)
	}
	want := "desktop: there is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set\n"
	if got := stderr.String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestACommandLineThatMakesNoSenseIsRefused(t *testing.T) {
	somewhere := func(string) string { return ":0" }
	for _, args := range [][]string{{"--secrets", "file"}, {"--nonsense"}, {"extra"}} {
		var stderr bytes.Buffer
		if code := run(args, somewhere, &stderr); code != 2 || stderr.Len() == 0 {
			t.Errorf("%v: the exit code is %d, the message %q", args, code, stderr.String())
		}
	}
}

func TestHelpSaysWhatThereIs(t *testing.T) {
	var stderr bytes.Buffer
	if code := run([]string{"--help"}, func(string) string { return "" }, &stderr); code != 0 {
		t.Errorf("the exit code is %d", code)
	}
	for _, flag := range []string{"-demo", "-secrets", "-config-dir"} {
		if !strings.Contains(stderr.String(), flag) {
			t.Errorf("nothing about %s in:\n%s", flag, stderr.String())
		}
	}
}

func TestTheDemoIsTheSidecarsOwn(t *testing.T) {
	if demoEmail != demo.Email || demoPassword != demo.Password {
		t.Error("the demo's owner is another one")
	}
}

// Package demo gives a new sidecar a believable company, through the same doors
// that everybody uses, and tells what to try with it.
package demo

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// company is an agency, its people and projects, and its clients: every mode,
// screencasts on and off, one suspended, one expired and one only invited.
//
//go:embed company.json
var company []byte

// Story is what to show a new user: where, with which keys, and what to try.
type Story struct {
	BaseURL string
	Owner   string // the text of an owner's session
	App     string // the text of an app's key
	Steps   []Step // to be taken in order
}

// Step is one call to try.
type Step struct {
	Title  string
	Method string
	Path   string
	Key    string
	Header http.Header
	Body   string
}

// Who to sign in as.
const (
	Email    = "olive@harbour.example"
	Password = "four quiet herons at dawn"
)

// Feed makes an owner and a key, imports the company and deletes one of its
// groups, so that a client is left with a dead reference. The set-up code is the
// one that a sidecar with an empty store makes at its start.
func Feed(ctx context.Context, baseURL, setupCode string) (Story, error) {
	story := Story{BaseURL: baseURL}
	var doc api.Document
	if err := json.Unmarshal(company, &doc); err != nil {
		return story, fmt.Errorf("company.json: %w", err)
	}
	open := &client.Client{BaseURL: baseURL}
	owner, err := open.Setup(ctx, api.Setup{Code: setupCode, Name: "Olive Owner", Email: Email, Password: Password})
	if err != nil {
		return story, fmt.Errorf("make the owner: %w", err)
	}
	c := open.As(owner)
	app, err := c.CreateKey(ctx, api.NewKey{Name: "Time tracker", Role: policy.RoleApp}, client.Terms{})
	if err != nil {
		return story, fmt.Errorf("make the app's key: %w", err)
	}
	if _, err := c.Import(ctx, doc, client.Terms{}); err != nil {
		return story, fmt.Errorf("import the company: %w", err)
	}
	if err := deletePrint(ctx, c); err != nil {
		return story, err
	}
	story.Owner, story.App = owner.Value.Token, app.Value.Text
	story.Steps, err = steps(ctx, c, story)
	return story, err
}

func deletePrint(ctx context.Context, c *client.Client) error {
	group, err := c.Groups().Get(ctx, "print")
	if err != nil {
		return fmt.Errorf("find the group print: %w", err)
	}
	if _, err := c.Groups().Delete(ctx, "print", group.Revision, client.Terms{}); err != nil {
		return fmt.Errorf("delete the group print: %w", err)
	}
	return nil
}

// steps returns a yes, a no, and the change that turns the no into a yes.
func steps(ctx context.Context, c *client.Client, story Story) ([]Step, error) {
	lumen, err := c.Clients().Get(ctx, "lumen")
	if err != nil {
		return nil, fmt.Errorf("find the client lumen: %w", err)
	}
	wider := lumen.Value
	wider.Scope.Groups = append(wider.Scope.Groups, "development")
	body, err := json.Marshal(wider)
	if err != nil {
		return nil, err
	}
	ask := func(title, employee string) Step {
		return Step{
			Title: title, Method: http.MethodPost, Path: api.PathEvaluation, Key: story.App,
			Body: `{"subject": {"type": "client", "id": "lumen"}, "action": {"name": "view"}, "resource": ` +
				`{"type": "time_entry", "id": "t-1", "properties": {"employee": "` + employee + `", "project": "lumen-website"}}}`,
		}
	}
	return []Step{
		ask("May Lumen Energy see what Ada of Design did on its website?", "ada"),
		ask("And what Hana of Development did?", "hana"),
		{
			Title:  "Let Lumen Energy see Development too; then ask about Hana again.",
			Method: http.MethodPut, Path: api.PathClients + "/lumen", Key: story.Owner,
			Header: http.Header{api.HeaderIfMatch: {strconv.Quote(strconv.FormatInt(lumen.Revision, 10))}},
			Body:   string(body),
		},
	}, nil
}

// Print writes the story for whoever started the demo.
func (s Story) Print(w io.Writer) error {
	var text strings.Builder
	fmt.Fprintf(&text, "Sightline is running at %s, with a demo company: 40 employees, 6 groups,\n", s.BaseURL)
	fmt.Fprintf(&text, "15 projects and 8 clients. It is gone when you stop it with Ctrl-C.\n\n")
	fmt.Fprintf(&text, "Sign in as   %s, with the password: %s\n", Email, Password)
	fmt.Fprintf(&text, "Session      %s\nApp's key    %s\n", s.Owner, s.App)
	for i, step := range s.Steps {
		fmt.Fprintf(&text, "\n%d. %s\n\n%s\n", i+1, step.Title, step.Curl(s.BaseURL))
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// Curl returns the step as a line for a shell.
func (s Step) Curl(baseURL string) string {
	parts := []string{"curl -s"}
	if s.Method != http.MethodPost {
		parts = append(parts, "-X "+s.Method)
	}
	parts = append(parts, baseURL+s.Path, quote("-H", "Authorization: Bearer "+s.Key), quote("-H", "Content-Type: application/json"))
	for name, values := range s.Header {
		parts = append(parts, quote("-H", name+": "+values[0]))
	}
	return strings.Join(append(parts, quote("-d", s.Body)), " ")
}

// quote returns a flag with its value, as a POSIX shell reads it.
func quote(flag, value string) string {
	return flag + " '" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}

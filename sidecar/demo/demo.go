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
	Mail    string // the folder of messages; empty if it is not known
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

// Who to sign in as: an owner, and a client of the portal.
const (
	Email    = "olive@harbour.example"
	Password = "four quiet herons at dawn"

	ClientEmail    = "cora@fernhill.example"
	ClientPassword = "seven slow kites over sand"
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
	if err := invite(ctx, c); err != nil {
		return story, err
	}
	story.Owner, story.App = owner.Value.Token, app.Value.Text
	story.Steps, err = steps(ctx, c, story)
	return story, err
}

// invite invites two clients. One has set up the account; the other one's
// invitation waits in the folder for messages.
func invite(ctx context.Context, c *client.Client) error {
	cora := api.NewInvitation{
		Email: ClientEmail, Name: "Fernhill Farm", Note: "Hello Cora, here you can follow our work on your shop.", Link: true,
		Scope: policy.Scope{Groups: []policy.GroupID{"design", "development"}, Projects: []policy.ProjectID{"fjord-shop"}, Screencasts: true},
	}
	invited, err := c.Invite(ctx, cora, client.Terms{})
	if err != nil {
		return fmt.Errorf("invite %s: %w", cora.Email, err)
	}
	link := invited.Value.Link[strings.LastIndexByte(invited.Value.Link, '/')+1:]
	if _, err := c.Accept(ctx, api.Acceptance{Link: link, Name: "Cora Fern", Password: ClientPassword}); err != nil {
		return fmt.Errorf("accept the invitation of %s: %w", cora.Email, err)
	}
	milo := api.NewInvitation{Email: "milo@quayside.example", Name: "Quayside Books", Scope: policy.Scope{Groups: []policy.GroupID{"design"}}}
	if _, err := c.Invite(ctx, milo, client.Terms{}); err != nil {
		return fmt.Errorf("invite %s: %w", milo.Email, err)
	}
	return nil
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
	fmt.Fprintf(&text, "15 projects and 10 clients. It is gone when you stop it with Ctrl-C.\n\n")
	fmt.Fprintf(&text, "Admins       sign in as %s, with the password: %s\n", Email, Password)
	fmt.Fprintf(&text, "Clients      open %s/portal and sign in as %s, with the password: %s\n", s.BaseURL, ClientEmail, ClientPassword)
	if s.Mail != "" {
		fmt.Fprintf(&text, "Messages     are written to %s\n", s.Mail)
	}
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

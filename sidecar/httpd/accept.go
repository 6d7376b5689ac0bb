package httpd

import (
	"context"
	"net/http"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// mountLinks adds what is let in by the link of an invitation, or by nothing.
func mountLinks(d *door) {
	register(d, operation{
		id: "open-link", method: http.MethodPost, path: api.PathOpen,
		body: schemaOf[api.OpenLink](d), limit: api.MaxBody, open: true,
		tag: tagInvitations, summary: "Look at a link",
		answer: "What the link is for. It still works afterwards.", errors: []policy.Code{policy.LinkFault},
	}, d.openLink)
	register(d, operation{
		id: "accept", method: http.MethodPost, path: api.PathAccept,
		body: schemaOf[api.Acceptance](d), limit: api.MaxBody, open: true,
		tag: tagInvitations, summary: "Make an account, or set a password",
		about:  "Takes the text of a link from a message. It works once.",
		answer: "Who has the account now.", errors: []policy.Code{policy.LinkFault, policy.TooMany},
	}, d.accept)
	register(d, operation{
		id: "ask-reset", method: http.MethodPost, path: api.PathReset, status: http.StatusAccepted,
		body: schemaOf[api.AskReset](d), limit: api.MaxBody, open: true,
		tag: tagInvitations, summary: "Ask for a link to set another password",
		answer: "The same answer whether or not there is an account with the address.", errors: []policy.Code{policy.TooMany},
	}, d.askReset)
}

func (d *door) openLink(ctx context.Context, in *call) (out reply[api.Opened], err error) {
	asked, err := decode[api.OpenLink](in.body)
	if err != nil {
		return out, err
	}
	out.body, err = d.Invite.Open(ctx, asked.Link)
	return out, err
}

func (d *door) accept(ctx context.Context, in *call) (reply[api.Accepted], error) {
	wanted, err := decode[api.Acceptance](in.body)
	if err != nil {
		return reply[api.Accepted]{}, err
	}
	return replied(d.Invite.Accept(ctx, in.origin().From, wanted))
}

func (d *door) askReset(ctx context.Context, in *call) (out reply[api.Asked], err error) {
	asked, err := decode[api.AskReset](in.body)
	if err != nil {
		return out, err
	}
	out.body.Message = "If there is an account with this address, a message with a link is on its way."
	return out, d.Invite.Reset(ctx, in.origin().From, asked)
}

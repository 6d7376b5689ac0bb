package httpd

import "github.com/danielgtaylor/huma/v2"

// tag is what an operation belongs to in the description.
type tag string

const (
	tagClients     tag = "Clients"
	tagInvitations tag = "Invitations"
	tagDirectory   tag = "Directory"
	tagInsight     tag = "Insight"
	tagAudit       tag = "Audit"
	tagEvents      tag = "Events"
	tagTeam        tag = "Team"
	tagSignIn      tag = "Sign-in"
	tagSidecar     tag = "Sidecar"
)

// tags returns all tags, in the order they are shown.
func tags() []*huma.Tag {
	return []*huma.Tag{
		{Name: string(tagSignIn), Description: "How admins get in. Programs have keys."},
		{Name: string(tagClients), Description: "Guests and their scopes: which groups and projects each of them sees."},
		{Name: string(tagInvitations), Description: "The messages by which clients come to have accounts."},
		{Name: string(tagDirectory), Description: "Employees, groups and projects."},
		{Name: string(tagInsight), Description: "What clients see, and why: all by the rules that decide."},
		{Name: string(tagEvents), Description: "Changes as they are made."},
		{Name: string(tagAudit), Description: "Everything that was ever done, in a chain that shows tampering."},
		{Name: string(tagTeam), Description: "Admins, and the keys of programs."},
		{Name: string(tagSidecar), Description: "How the sidecar stands."},
	}
}

// about tells what holds of all operations.
const about = "The admin API of a Sightline sidecar.\n\n" +
	"Send the text of a key, or of a session, as Authorization: Bearer. Bodies are JSON in UTF-8; a member that is not known is an error. " +
	"Errors are problem documents (RFC 9457) and name their code in Sightline-Error too.\n\n" +
	"Replacing and deleting need If-Match with the ETag that was read, so that nobody's change is lost unseen. " +
	"Idempotency-Key makes a change safe to repeat. Sightline-At-Least, with the Sightline-Revision of an earlier answer, asks for an answer that is not older."

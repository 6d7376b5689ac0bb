package api

import (
	"time"

	"sightline.example/policy"
)

// PathDeletedClients lists the clients who were deleted. GET only.
const PathDeletedClients = "/v1/deleted-clients"

// DeletedClient is what is left of a client who was deleted: nothing but the id
// after the client's personal data were erased.
type DeletedClient struct {
	ID      policy.ClientID `json:"id"`
	Name    string          `json:"name,omitempty"`
	Email   string          `json:"email,omitempty"`
	Deleted time.Time       `json:"deleted,omitzero"`
	By      string          `json:"by,omitempty"` // who deleted the client
	Erased  bool            `json:"erased,omitempty"`
}

// DeletedClients is a part of the deleted clients, by id.
type DeletedClients struct {
	Items []DeletedClient `json:"items"`
	Next  string          `json:"next,omitempty"` // ask for what is after it; empty at the end
}

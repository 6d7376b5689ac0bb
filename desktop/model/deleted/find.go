package deleted

import (
	"context"
	"slices"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// Find returns what is known of a client who was deleted, or nil if that is nothing.
func Find(ctx context.Context, c *client.Client, id policy.ClientID) (*api.DeletedClient, error) {
	if id == "" {
		return nil, nil
	}
	before := string(id[:len(id)-1]) // the list is by id, and is asked for what comes after one
	for {
		page, err := c.DeletedClients(ctx, before, api.MaxPage)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(page.Items, func(d api.DeletedClient) bool { return d.ID >= id })
		switch {
		case i >= 0 && page.Items[i].ID == id:
			return &page.Items[i], nil
		case i >= 0 || page.Next == "":
			return nil, nil
		}
		before = page.Next
	}
}

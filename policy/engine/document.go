package engine

import (
	"context"

	"github.com/open-policy-agent/opa/v1/storage"

	"sightline.example/policy"
)

// document is the store the queries are prepared with. It holds nothing: all
// there is to read is in the transaction an evaluation brings, a [snapshot].
type document struct {
	storage.PolicyNotSupported
	storage.TriggersNotSupported
	storage.WritesNotSupported
}

// NewTransaction implements storage.Store: an empty snapshot, for what OPA
// asks while it prepares a query.
func (document) NewTransaction(context.Context, ...storage.TransactionParams) (storage.Transaction, error) {
	return snapshot{&policy.Data{}}, nil
}

// Read implements storage.Store.
func (document) Read(_ context.Context, txn storage.Transaction, path storage.Path) (any, error) {
	value := txn.(snapshot).read(path)
	if value == nil {
		return nil, errNotFound
	}
	return value, nil
}

// Commit implements storage.Store.
func (document) Commit(context.Context, storage.Transaction) error { return nil }

// Abort implements storage.Store.
func (document) Abort(context.Context, storage.Transaction) {}

// Truncate implements storage.Store.
func (document) Truncate(context.Context, storage.Transaction, storage.TransactionParams, storage.Iterator) error {
	return errReadOnly
}

var (
	errNotFound = &storage.Error{Code: storage.NotFoundErr, Message: "no such document"}
	errReadOnly = &storage.Error{Code: storage.WritesNotSupportedErr, Message: "the snapshot is read-only"}
)

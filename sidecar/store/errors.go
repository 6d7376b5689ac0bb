package store

import (
	"context"
	"errors"
	"fmt"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"sightline.example/policy"
)

// ErrUnreadable is in the chain of every error about a stored value that can't
// be read: damaged, of a newer version, or with members that are not known.
var ErrUnreadable = errors.New("the stored value can't be read")

// ErrResync ends a [Store.Watch] that can't go on from where it is: what comes
// next has to be read anew by [Store.Snapshot].
var ErrResync = errors.New("the snapshot has to be read anew")

// ErrReplaced is the ErrResync of an import that replaced all entities at once.
var ErrReplaced = fmt.Errorf("%w: an import replaced everything", ErrResync)

// fromEtcd turns an error of etcd's client into one for callers.
func fromEtcd(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, rpctypes.ErrNoSpace):
		return storeFull()
	case errors.Is(err, rpctypes.ErrRequestTooLarge), errors.Is(err, rpctypes.ErrTooManyOps):
		return policy.Errorf(policy.TooLarge, "the change is too large for one transaction")
	case isUnavailable(err):
		return fmt.Errorf("%w: %w", unavailable(), err)
	}
	return err
}

func storeFull() error {
	return policy.Errorf(policy.StoreFull, "the store has no room for changes; decisions go on")
}

// isUnavailable reports whether another try could succeed.
func isUnavailable(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return true
	}
	switch code(err) {
	case codes.Unavailable, codes.DeadlineExceeded, codes.Canceled, codes.Aborted:
		return true
	}
	return false
}

// isDefinite reports whether an error of a write says for sure that nothing was
// written: etcd refused the request before it proposed it.
func isDefinite(err error) bool {
	return errors.Is(err, rpctypes.ErrRequestTooLarge) || errors.Is(err, rpctypes.ErrTooManyOps) ||
		code(err) == codes.InvalidArgument || code(err) == codes.PermissionDenied || code(err) == codes.Unauthenticated
}

func code(err error) codes.Code {
	if e, ok := errors.AsType[rpctypes.EtcdError](err); ok {
		return e.Code()
	}
	return status.Code(err)
}

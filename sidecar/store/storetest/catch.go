package storetest

import (
	"bytes"
	"context"
	"slices"
	"sync"

	"go.etcd.io/etcd/api/v3/etcdserverpb"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// ErrLost is what a client gets that does not hear from the server any more.
var ErrLost = status.Error(codes.Unavailable, "the line is dead")

// catches are the requests a test waits for.
type catches struct {
	mu  sync.Mutex
	all []*catch
}

type catch struct {
	text []byte
	then func(execute func()) error
}

// Catch hands the next transaction over that writes a key with the given text in
// it. The client gets the error of then, or the answer if that is nil. The
// transaction is made when execute is called: by then or later, whether or not
// the client still waits. Execute returns when it has been made.
func (c *Cluster) Catch(text string, then func(execute func()) error) {
	c.catches.mu.Lock()
	defer c.catches.mu.Unlock()
	c.catches.all = append(c.catches.all, &catch{[]byte(text), then})
}

func (c *catches) intercept(ctx context.Context, request any, _ *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
	caught := c.take(request)
	if caught == nil {
		return handle(ctx, request)
	}
	var answer any
	var err error
	lost := caught.then(func() { answer, err = handle(context.WithoutCancel(ctx), request) })
	if lost != nil {
		return nil, lost
	}
	return answer, err
}

func (c *catches) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = nil
}

// take returns the catch for a request, and removes it.
func (c *catches) take(request any) *catch {
	txn, ok := request.(*etcdserverpb.TxnRequest)
	if !ok {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.all, func(caught *catch) bool {
		return slices.ContainsFunc(txn.Success, func(op *etcdserverpb.RequestOp) bool {
			return bytes.Contains(op.GetRequestPut().GetKey(), caught.text)
		})
	})
	if i < 0 {
		return nil
	}
	caught := c.all[i]
	c.all = slices.Delete(c.all, i, i+1)
	return caught
}

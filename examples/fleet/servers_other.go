//go:build !unix

package main

import (
	"context"
	"errors"
)

// pair is a primary and its standby, which the run starts on Unix only.
type pair struct{}

func startPair(context.Context) (*pair, error) {
	return nil, errors.New("a primary and a standby are started on Unix only; name a server with --postgres")
}

func (*pair) dsn() string                   { return "" }
func (*pair) promote(context.Context) error { return errors.ErrUnsupported }
func (*pair) close() error                  { return nil }

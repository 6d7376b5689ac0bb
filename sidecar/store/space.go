package store

import (
	"fmt"
	"log/slog"
)

// DefaultMinFree is how much of the disk is kept free, in bytes: etcd ends the
// process when it can't write its snapshot.
const DefaultMinFree = 256 << 20

// roomIn returns the guard of a data directory's disk.
func roomIn(dir string, minFree uint64, log *slog.Logger) func() error {
	return func() error {
		free, err := freeSpace(dir)
		if err != nil {
			return fmt.Errorf("measure the free space: %w", err)
		}
		if free < minFree {
			log.Error("changes are refused: the disk is nearly full", "free", free, "kept free", minFree)
			return storeFull()
		}
		return nil
	}
}

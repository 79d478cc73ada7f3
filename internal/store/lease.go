package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// Acquire takes or renews a lease for ttl from now. It returns false while
// another holder's lease runs. The epoch rises whenever the holder changes.
func (s *Store) Acquire(ctx context.Context, name, holder string, now time.Time, ttl time.Duration) (epoch int64,
	held bool, err error) {
	err = s.InTx(ctx, func(tx *Tx) error {
		found, err := txRows[int64](tx, `INSERT INTO leases (name, holder, epoch, expires) VALUES (?, ?, 1, ?)
			ON CONFLICT (name) DO UPDATE SET
				epoch = CASE WHEN leases.holder = excluded.holder THEN leases.epoch ELSE leases.epoch + 1 END,
				holder = excluded.holder, expires = excluded.expires
			WHERE leases.holder = excluded.holder OR leases.expires < ?
			RETURNING epoch`, name, holder, stamp(now.Add(ttl)), stamp(now))
		if err == nil && len(found) == 1 {
			epoch, held = found[0], true
		}
		return err
	})
	return epoch, held, err
}

// Release gives a lease back, so that another holder need not wait.
func (s *Store) Release(ctx context.Context, name, holder string) error {
	return s.InTx(ctx, func(tx *Tx) error {
		_, err := tx.exec(`UPDATE leases SET expires = ? WHERE name = ? AND holder = ?`, stamp(time.Unix(0, 0)), name,
			holder)
		return err
	})
}

// Fenced fails with ErrConflict when the lease was taken by somebody else
// since the epoch.
func (tx *Tx) Fenced(name string, epoch int64) error {
	found, err := txRows[int64](tx, `SELECT epoch FROM leases WHERE name = ?`, name)
	if err != nil {
		return err
	}
	if len(found) != 1 || found[0] != epoch {
		return fmt.Errorf("lease %s: %w", name, ErrConflict)
	}
	return nil
}

// Exclusive makes sure that no other daemon uses the same SQLite file, until
// release is called or the process ends; ErrBusy when one does. PostgreSQL
// serves any number.
func (s *Store) Exclusive() (release func(), err error) {
	if s.postgres {
		return func() {}, nil
	}
	path, err := filepath.EvalSymlinks(s.path) // whatever name it goes by
	if err != nil {
		return nil, s.fault(err)
	}
	f, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, s.fault(err)
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, s.fault(ErrBusy)
	}
	return func() { _ = f.Close() }, nil
}

// Shared reports whether several daemons may use the database at once.
func (s *Store) Shared() bool { return s.postgres }

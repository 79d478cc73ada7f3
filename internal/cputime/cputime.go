// Package cputime tells how much processor time a test has used. Other than the clock on the wall it does not run
// faster when the machine is busy with something else, so a bound on it holds on any machine.
package cputime

import (
	"syscall"
	"time"
)

// Used is the processor time of this process so far, all threads, user and system.
func Used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // only a wrong argument can fail
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

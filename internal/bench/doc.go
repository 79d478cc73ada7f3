// Package bench measures the daemon on real servers, each figure beside a bare
// limit taken in the same run: `make bench`. It holds only benchmarks.
package bench

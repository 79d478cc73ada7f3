#!/usr/bin/env bash
# Runs every fuzz target of the project for the given time (default 30s), or the given number of inputs: 2000x.
set -euo pipefail
cd "$(dirname "$0")/.."
amount=${1:-30s}

# When the time is up, Go sometimes reports the end of its own clock as a failure: that is no finding. A finding
# names the input that it wrote.
fuzz() {
	local out
	out=$(go test "$1" -run '^$' -fuzz "^$2\$" -fuzztime "$amount" -fuzzminimizetime 5s -parallel 2 2>&1) && return
	if grep -q 'context deadline exceeded' <<<"$out" && ! grep -q 'Failing input' <<<"$out"; then
		return
	fi
	echo "$out"
	return 1
}

grep -rlE '^func Fuzz' --include='*_test.go' . | sort | while read -r file; do
	grep -oE '^func Fuzz[A-Za-z0-9_]*' "$file" | sed 's/^func //' | while read -r target; do
		start=$SECONDS
		fuzz "./$(dirname "$file")" "$target"
		echo "fuzz $(dirname "$file") $target: $amount, $((SECONDS - start)) s"
	done
done

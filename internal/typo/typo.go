// Package typo counts the slips of a keyboard that part two words.
package typo

// maxLen is how long words may be, in bytes, that are compared; longer ones are no slips of each other.
const maxLen = 60

// Distance is the number of slips between two words: a letter too many, missing or wrong, or two neighbours swapped
// (the optimal string alignment distance, on bytes). More than limit is limit+1.
func Distance(a, b string, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit || len(a) > maxLen || len(b) > maxLen {
		return limit + 1
	}
	var prev2, prev, cur [maxLen + 1]int
	for j := range len(b) + 1 {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		low := i
		for j := 1; j <= len(b); j++ {
			wrong := 1
			if a[i-1] == b[j-1] {
				wrong = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+wrong)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
			low = min(low, cur[j])
		}
		if low > limit {
			return limit + 1
		}
		prev2, prev = prev, cur
	}
	return min(prev[len(b)], limit+1)
}

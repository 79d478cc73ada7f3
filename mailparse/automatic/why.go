package automatic

import (
	"sort"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
)

// decisive names the header field because of which a rule holds: the one with which it begins to hold when the fields
// come in one by one. "" when it holds without any. The rule holds for all of h.
func decisive(h entity.Header, rule func(h entity.Header, subject string) bool) string {
	n := sort.Search(len(h),
		func(n int) bool { return rule(h[:n], fold.Squeeze(entity.DecodeWords(h[:n].Get("subject")))) })
	if n == 0 {
		return ""
	}
	return h[n-1].Name + ": " + fold.Quote(fold.Squeeze(entity.DecodeWords(h[n-1].Value)))
}

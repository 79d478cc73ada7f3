package automatic

import (
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
)

// recipient finds in a report's words whose mail failed; without any address there, the one that the returned mail
// went to. The report itself was sent to ours.
func (r *report) recipient(ours []string) string {
	sent := r.addressees()
	best, bestRank := "", 0
	for l := range strings.SplitSeq(r.text, "\n") {
		if strings.IndexByte(l, '@') < 0 {
			continue
		}
		a, rank := recipientInLine(strings.TrimSpace(l), ours, sent)
		if rank > bestRank {
			best, bestRank = a, rank
		}
	}
	if bestRank <= rankProse && len(sent) > 0 && !slices.Contains(ours, sent[0]) {
		return sent[0]
	}
	return best
}

// How likely an address in a report is the one that failed.
const (
	rankOurs   = iota + 1 // the mail's sender
	rankProse             // somewhere in a sentence
	rankTo                // where the mail was addressed
	rankSent              // where the returned mail went
	rankNamed             // at the beginning of a line, or behind a word like "recipient"
	rankProven            // so, and where the returned mail went
)

// recipientInLine returns the likeliest address of a line, and how likely it is.
func recipientInLine(line string, ours, sent []string) (string, int) {
	low := fold.Lower(line)
	if fold.HasAnyPrefix(low, []string{"message-id", "received:", "return-path", "x-"}) {
		return "", 0
	}
	best, bestRank, at := "", 0, 0
	for _, f := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" \t<>()[]\"',;", r) }) {
		before := low[:at+strings.Index(line[at:], f)]
		at = len(before) + len(f)
		a := entity.BareAddress(strings.TrimPrefix(strings.TrimRight(f, ":."), "rfc822:"))
		if a == "" || daemonAddress(a) || !strings.Contains(entity.DomainOf(a), ".") || strings.Contains(a, "mailto") {
			continue
		}
		if rank := addressRank(a, before, ours, sent); rank > bestRank {
			best, bestRank = a, rank
		}
	}
	return best, bestRank
}

// addressRank judges an address by what stands before it on its line, in lower case.
func addressRank(a, before string, ours, sent []string) int {
	if slices.Contains(ours, a) || fold.HasAnyPrefix(before,
		[]string{"from:", "sender:", "reply-to:", "mail from", ">>> mail from", "dari:"}) {
		return rankOurs
	}
	near := before[max(0, len(before)-60):]
	named := strings.Trim(near, "<>\"'([{ \t*-") == "" ||
		fold.HasAny(near, []string{"recipient", "rcpt to", "user", "penerima", "alamat"})
	went := slices.Contains(sent, a)
	switch {
	case named && went:
		return rankProven
	case named:
		return rankNamed
	case went:
		return rankSent
	case strings.HasPrefix(before, "to"), strings.HasPrefix(before, "kepada"):
		return rankTo
	}
	return rankProse
}

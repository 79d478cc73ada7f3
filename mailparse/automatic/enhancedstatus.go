package automatic

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
)

// statusIn finds an enhanced status code (RFC 3463) in a text.
func statusIn(s string) string {
	for i := 0; i+4 < len(s); i++ {
		if code := statusAt(s, i); code != "" {
			return code
		}
	}
	return ""
}

// statusAt is the code that begins at s[i]; "" when none does: a version, an address or a date is no code.
func statusAt(s string, i int) string {
	if s[i] != '2' && s[i] != '4' && s[i] != '5' || i+4 >= len(s) || s[i+1] != '.' ||
		i > 0 && (fold.IsDigit(s[i-1]) || s[i-1] == '.') {
		return ""
	}
	j := digitsFrom(s, i+2)
	if j == i+2 || j > i+5 || j >= len(s) || s[j] != '.' {
		return ""
	}
	k := digitsFrom(s, j+1)
	if k == j+1 || k > j+4 || k+1 < len(s) && s[k] == '.' && fold.IsDigit(s[k+1]) {
		return ""
	}
	return s[i:k]
}

func digitsFrom(s string, i int) int {
	for i < len(s) && fold.IsDigit(s[i]) {
		i++
	}
	return i
}

// bestStatus is the code of a text that says most: a failure before a success, a cause before "expired", a detail
// before "other"; the first of equals.
func bestStatus(s string) string {
	best, bestRank := "", 0
	for i, n := 0, 0; i+4 < len(s) && n < 50; i++ {
		code := statusAt(s, i)
		if code == "" {
			continue
		}
		n++
		i += len(code) - 1
		if rank := statusRank(code); rank > bestRank {
			best, bestRank = code, rank
		}
	}
	return best
}

// How much a status code tells.
const (
	rankSuccess = iota + 1
	rankVague
	rankExpired // the tries ended, for whatever cause
	rankOther   // "other" of its subject
	rankDetail
)

func statusRank(code string) int {
	switch {
	case code[0] == '2':
		return rankSuccess
	case vague(code):
		return rankVague
	case code[1:] == ".4.7":
		return rankExpired
	case strings.HasSuffix(code, ".0"):
		return rankOther
	}
	return rankDetail
}

// vague reports whether a status tells no more than its class.
func vague(status string) bool { return status == "" || strings.HasSuffix(status, ".0.0") }

// replyClass is the class of the first SMTP reply code of a failure in a text (RFC 5321, 4.2), '4' or '5'; 0 when
// there is none. A port, a part of an address or a quantity is none.
func replyClass(s string) byte {
	for i := 0; i+2 < len(s); i++ {
		if (s[i] != '4' && s[i] != '5') || s[i+1] < '0' || s[i+1] > '5' || !fold.IsDigit(s[i+2]) {
			continue
		}
		if i > 0 && (fold.IsDigit(s[i-1]) || s[i-1] == '.' || s[i-1] == ':' && i > 1 && s[i-2] != ' ') {
			continue
		}
		if i+3 == len(s) || strings.IndexByte(" -\n,", s[i+3]) >= 0 {
			return s[i]
		}
	}
	return 0
}

// bounceReason tells in words why a mail did not arrive, and the status that it stands for (RFC 3463) when no code is
// given.
type bounceReason struct{ text, status string }

// bounceReasons are looked for in lower-case text, in this order.
var bounceReasons = []bounceReason{
	{"mailbox full", "5.2.2"}, {"mailbox is full", "5.2.2"}, {"inbox is full", "5.2.2"}, {"inbox full", "5.2.2"},
	{"over quota", "5.2.2"}, {"overquota", "5.2.2"}, {"quota exceeded", "5.2.2"}, {"exceeded quota", "5.2.2"},
	{"exceeds quota", "5.2.2"}, {"exceeded storage", "5.2.2"}, {"mailbox exceeded", "5.2.2"}, {"out of storage", "5.2.2"},
	{"kotak surat penuh", "5.2.2"}, {"kotak masuk penuh", "5.2.2"}, {"kotak pesan penuh", "5.2.2"}, {"kuota", "5.2.2"},
	{"unrouteable mail domain", "5.1.2"}, {"host unknown", "5.1.2"}, {"unknown host", "5.1.2"},
	{"host not found", "5.1.2"}, {"name service error", "5.1.2"}, {"couldn't find any host", "5.1.2"},
	{"domain not found", "5.1.2"}, {"no such domain", "5.1.2"}, {"domain does not exist", "5.1.2"},
	{"bad destination host", "5.1.2"}, {"host or domain name not found", "5.1.2"}, {"domain tidak ditemukan", "5.1.2"},
	{"user unknown", "5.1.1"}, {"unknown user", "5.1.1"}, {"no such user", "5.1.1"}, {"does not exist", "5.1.1"},
	{"doesn't exist", "5.1.1"}, {"no such recipient", "5.1.1"}, {"user not found", "5.1.1"},
	{"unknown recipient", "5.1.1"}, {"recipient unknown", "5.1.1"}, {"recipient not found", "5.1.1"},
	{"recipient name is not recognized", "5.1.1"}, {"address rejected", "5.1.1"}, {"address not found", "5.1.1"},
	{"no mailbox here", "5.1.1"}, {"invalid recipient", "5.1.1"}, {"invalid user", "5.1.1"},
	{"mailbox unavailable", "5.1.1"}, {"not listed in", "5.1.1"}, {"no such address", "5.1.1"},
	{"mailbox not found", "5.1.1"}, {"unrouteable address", "5.1.1"}, {"doesn't have a", "5.1.1"},
	{"alamat tidak ditemukan", "5.1.1"}, {"alamat tersebut tidak ditemukan", "5.1.1"},
	{"penerima tidak ditemukan", "5.1.1"}, {"penerima tidak dikenal", "5.1.1"}, {"pengguna tidak dikenal", "5.1.1"},
	{"tidak terdaftar", "5.1.1"},
	{"message size exceeds", "5.3.4"}, {"message too large", "5.3.4"}, {"message is too large", "5.3.4"},
	{"too big", "5.3.4"}, {"size exceeds", "5.3.4"}, {"terlalu besar", "5.3.4"},
	{"connection timed out", "4.4.1"}, {"connection refused", "4.4.1"}, {"delivery temporarily suspended", "4.4.1"},
	{"retry timeout exceeded", "4.4.7"}, {"message expired", "4.4.7"}, {"greylist", "4.7.1"}, {"no mx", "5.4.4"},
	{"too many hops", "5.4.6"}, {"hop count", "5.4.6"}, {"mail loop", "5.4.6"},
	{"relaying denied", "5.7.1"}, {"relay access denied", "5.7.1"}, {"spam", "5.7.1"}, {"blocked", "5.7.1"},
	{"access denied", "5.7.1"}, {"not authorized", "5.7.1"}, {"blacklist", "5.7.1"}, {"virus", "5.7.1"},
	{"account has been disabled", "5.2.1"}, {"account is disabled", "5.2.1"}, {"mailbox disabled", "5.2.1"},
	{"mailbox is disabled", "5.2.1"}, {"inactive", "5.2.1"}, {"tidak aktif", "5.2.1"},
}

// statusInWords makes a status of what a report says in words, lower-case; a reply code tells the class better than
// they do. "" when they tell nothing.
func statusInWords(low string) string {
	class := replyClass(low)
	for _, r := range bounceReasons {
		if strings.Contains(low, r.text) {
			if class != 0 {
				return string(class) + r.status[1:]
			}
			return r.status
		}
	}
	if class != 0 {
		return string(class) + ".0.0"
	}
	return ""
}

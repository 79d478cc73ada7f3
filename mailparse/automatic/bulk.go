package automatic

import (
	"strings"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
)

// isBulk reports whether a mail went to many: a list (RFC 2369, 2919), a newsletter, a program's notice. Where the
// service's own address is a list, it is how people write to the service.
func isBulk(h entity.Header, service string) bool {
	if !ourList(h, service) {
		switch entity.FirstWord(h.Get("precedence")) {
		case "bulk", "list", "junk":
			return true
		}
		if listHeader(h) {
			return true
		}
	}
	for i := range h {
		switch h[i].Name {
		case "x-campaign", "x-campaign-id", "x-campaignid", "x-mc-user", "x-mailchimp-campaign-id", "x-newsletter":
			return true
		}
	}
	return silentSender(entity.FirstAddress(h.Get("from")))
}

// listHeader reports whether a list or a mass mailer names itself. Feedback-ID does not count: some providers put it
// on every person's mail.
func listHeader(h entity.Header) bool {
	for i := range h {
		switch h[i].Name {
		case "list-id", "list-post", "list-unsubscribe", "list-help", "list-owner", "list-archive", "mailing-list",
			"x-mailing-list", "x-mlserver", "x-beenthere", "x-mailman-version":
			return true
		}
	}
	return false
}

// ourList reports whether the list that a mail came through is the service's own address.
func ourList(h entity.Header, service string) bool {
	id, post := h.Get("list-id"), entity.BareAddress(h.Get("list-post"))
	if service == "" || id == "" && post == "" || post != "" && post != service {
		return false
	}
	id = strings.Trim(id[strings.LastIndexByte(id, '<')+1:], "> ")
	return id == "" || strings.EqualFold(id, strings.Replace(service, "@", ".", 1))
}

// silentSender recognises an address that no person writes from, and that takes no answer.
func silentSender(addr string) bool {
	local, _, _ := strings.Cut(addr, "@")
	return fold.HasAnyPrefix(fold.Key(local), []string{"noreply", "donotreply", "dontreply", "noresponder", "neantworten",
		"jangandibalas", "tidakdibalas", "mohontidakdibalas", "newsletter"})
}

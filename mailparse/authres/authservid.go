package authres

import (
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/entity"
)

// maxAuthservIDs bounds how many servers are told of one mail.
const maxAuthservIDs = 50

// AuthservIDs are the servers, in lower case, whose Authentication-Results (RFC 8601) stand on a mail, from the top.
// Any sender can write some below our own server's; so this says what a site may mean, and is worth nothing as a
// proof.
func AuthservIDs(raw []byte) []string {
	var ids []string
	for _, v := range entity.HeaderOf(raw).All("authentication-results") {
		items, _ := splitResults(strings.ToLower(v))
		words := strings.Fields(items[0])
		if len(words) == 0 || strings.Contains(words[0], "=") { // Microsoft's begins with a result
			continue
		}
		id := hostName(strings.Trim(words[0], `"`))
		if id != "" && !slices.Contains(ids, id) && len(ids) < maxAuthservIDs {
			ids = append(ids, id)
		}
	}
	return ids
}

package main

import (
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// TestNoTokenIsPrinted: what the commands print of requests, people and dead
// letters answers nobody's task, wherever a token came to stand.
func TestNoTokenIsPrinted(t *testing.T) {
	t.Parallel()
	d, number := hostileDesk(t)
	mails, err := d.store.Mails(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	token := regexp.MustCompile(`^vc-\d{4}-\d{4}-([a-z2-7]{20})\.`)
	var tails []string
	var task string
	for _, m := range mails {
		if found := token.FindStringSubmatch(m.MessageID); found != nil {
			tails = append(tails, found[1])
			task = found[0][:len(found[0])-1]
		}
	}
	if len(tails) == 0 {
		t.Fatalf("no token in %+v", mails)
	}
	const person = "sekretaris@batan.go.id"
	quoted := "Subject: Re: " + strings.ToUpper(task) + "\r\nIn-Reply-To: <" + task + ".1@batan.go.id>\r\n\r\n> Kode: " +
		strings.ReplaceAll(task, "-", "=2D") + "\r\n> mailto:x%2B" + strings.ReplaceAll(task, "-", "%2D") + "\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte("> Kode: "+task+"\r\n")) + "\r\n"
	var dead string
	if err := d.store.InTx(t.Context(), func(tx *store.Tx) error {
		r, err := tx.Request(number)
		if err != nil {
			return err
		}
		event := r.Form["kegiatan"]
		event.Text += " Kode: " + task
		r.Form["kegiatan"], r.Requester.Name, r.FiledBy.Email = event, task, person
		tx.Keep(store.Original{Digest: strings.Repeat("a", 64), Number: number, At: time.Now(), Sender: person,
			Raw: []byte(quoted)})
		tx.Bury(store.DeadLetter{At: time.Now(), Reason: "no-form", Detail: task, Sender: person, Subject: task,
			MessageID: task + "@mail", Raw: []byte(quoted)})
		waits := store.Form{Number: "VC-0000-000000000001", Recipient: person, Created: time.Now(),
			Digest: strings.Repeat("b", 64),
			Event:  workflow.Event{Form: workflow.Form{"kegiatan": event}}, Raw: []byte(quoted)}
		if err := tx.KeepForm(waits); err != nil {
			return err
		}
		return tx.Save(r, []workflow.Entry{{At: time.Now(), Event: "asked", By: person, Note: "Kode:\n" + task,
			MessageID: task + ".2@mail", Step: r.Step}})
	}); err != nil {
		t.Fatal(err)
	}
	letters, err := d.store.DeadLetters(t.Context(), store.DeadFilter{Sender: person})
	if err != nil || len(letters) != 1 {
		t.Fatal(letters, err)
	}
	dead = letters[0].ID
	recipients := map[string]bool{person: true}
	for _, m := range mails {
		recipients[m.Recipient] = true
	}
	commands := []string{"requests list", "requests list --json", "requests show " + number, "requests show --json " +
		number, "requests export", "requests export --json",
		"dead-letters list", "dead-letters list --json", "dead-letters show " + dead, "dead-letters show --json " + dead}
	for r := range recipients {
		commands = append(commands, "privacy export "+r)
	}
	raw := regexp.MustCompile(`"raw": "([A-Za-z0-9+/=]+)"`)
	coded := regexp.MustCompile(`(?m)^[A-Za-z0-9+/]{20,}={0,2}\r?$`)
	for _, command := range commands {
		out := d.must(strings.Fields(command)...)
		for _, m := range raw.FindAllStringSubmatch(out, -1) {
			out += decode(t, m[1])
		}
		for _, m := range coded.FindAllString(out, -1) {
			if strings.Contains(out, "In-Reply-To") {
				out += decode(t, strings.TrimSpace(m))
			}
		}
		for _, tail := range tails {
			if strings.Contains(strings.ToLower(out), tail) {
				t.Errorf("%s prints the token that ends in %s:\n%s", command, tail, out)
			}
		}
	}
	if out := d.must("requests", "show", "--json", number); !strings.Contains(out,
		fmt.Sprintf(`"message_id": "%s-….`, strings.ToLower(number))) {
		t.Errorf("the mails are no longer told apart: %s", out)
	}
}

func decode(t *testing.T, code string) string {
	t.Helper()
	text, err := base64.StdEncoding.DecodeString(code)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

package bot_test

import (
	"bytes"
	"fmt"
	"net/mail"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/internal/store"
)

// vc is a request of ani's, complete; each has an event of its own.
func vc(event string) string {
	return "Nama: Ani Lestari\nNIP: 19850217 201012 2 003\nUnit Kerja: PSTNT\nKegiatan/Tanggal: " + event +
		" / Senin, 14 Desember 2026 pukul 09.00 WIB\nMedia: Email\n"
}

// token is the plus address that somebody's mail asks to answer to.
func (s *story) token(who, kind string) string {
	m, err := mail.ReadMessage(bytes.NewReader(s.find(who, kind).Raw))
	if err != nil {
		s.t.Fatal(err)
	}
	return m.Header.Get("Reply-To")
}

// step is where a request stands.
func (s *story) step(number string) string {
	r, err := s.store.Request(s.t.Context(), number)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.Step
}

// proofs are what the history says authenticated each mail that moved a request.
func (s *story) proofs(number string) string {
	history, err := s.store.History(s.t.Context(), number)
	if err != nil {
		s.t.Fatal(err)
	}
	var out []string
	for _, h := range history {
		if h.Event == "advanced" {
			out = append(out, h.Proof)
		}
	}
	return strings.Join(out, "; ")
}

// seal is a relay's set of fields, with what it found of the sender (RFC 8617).
func seal(i int, domain, dmarc string) string {
	return fmt.Sprintf("ARC-Seal: i=%d; a=rsa-sha256; cv=pass; d=%s; s=k; b=x\nARC-Authentication-Results: i=%[1]d; "+
		"mx.%[2]s;\n dmarc=%s (p=reject) header.from=batan.go.id\n", i, domain, dmarc)
}

// arc is a mail's header by our server that found the seal of one relay good,
// and the sender's own signature broken.
func arc(dmarc, of, sealer string) string {
	return "Authentication-Results: mx.batan.go.id; dmarc=fail; arc=pass (i=1)\n" +
		strings.Replace(seal(1, sealer, dmarc), "header.from=batan.go.id", "header.from="+of, 1)
}

// TestWhoSentIt: an approval needs the holder's address and either the token
// of the task, made for that address, or a sender that our own server vouches
// for.
func TestWhoSentIt(t *testing.T) {
	const subject, trusted, ka = "Subject: Re: [VC-2026-0001] Persetujuan\n", "Authentication-Results: mx.batan.go.id; ",
		"From: Kepala <ka@batan.go.id>\n"
	for _, c := range []struct{ name, head, out, proof string }{
		{"the token", ka + subject + "To: TOKEN\n", "task kabid, receipt ka, progress ani", "token (plus address)"},
		{"our server", trusted + "dmarc=pass header.from=batan.go.id\n" + ka + subject,
			"task kabid, receipt ka, progress ani", "dmarc=pass mx.batan.go.id"},
		{"an aligned signature", trusted + "dkim=pass header.d=mail.batan.go.id\n" + ka + subject,
			"task kabid, receipt ka, progress ani", "dkim=pass d=mail.batan.go.id mx.batan.go.id"},
		{"both", trusted + "dmarc=pass\n" + ka + subject + "To: TOKEN\n", "task kabid, receipt ka, progress ani",
			"token (plus address), dmarc=pass mx.batan.go.id"},

		{"a relay that we trust", arc("pass", "batan.go.id", "relay.example.org") + ka + subject,
			"task kabid, receipt ka, progress ani",
			"dmarc=pass mx.relay.example.org (arc=pass d=relay.example.org mx.batan.go.id)"},
		{"two relays that we trust", seal(2, "second.example.org", "fail") +
			arc("pass", "batan.go.id", "relay.example.org") + ka + subject, "task kabid, receipt ka, progress ani",
			"dmarc=pass mx.relay.example.org (arc=pass d=second.example.org mx.batan.go.id)"},
		{"a relay that we don't trust", arc("pass", "batan.go.id", "evil.example.org") + ka + subject, "", ""},
		{"one of two that we don't trust", seal(2, "evil.example.org", "pass") +
			arc("pass", "batan.go.id", "relay.example.org") + ka + subject, "", ""},
		{"a relay's seal that is broken", strings.Replace(arc("pass", "batan.go.id", "relay.example.org"), "arc=pass",
			"arc=fail", 1) + ka + subject, "", ""},
		{"a relay that found a forgery", arc("fail", "batan.go.id", "relay.example.org") + ka + subject, "", ""},
		{"a relay's word of another sender", arc("pass", "example.org", "relay.example.org") + ka + subject, "", ""},
		{"two words of the first relay", arc("pass", "batan.go.id", "relay.example.org") +
			seal(1, "relay.example.org", "pass") + ka + subject, "", ""},
		{"a relay's word of no sender", strings.Replace(arc("pass", "batan.go.id", "relay.example.org"),
			" header.from=batan.go.id", "", 1) + ka + subject, "", ""},
		{"a chain without its beginning", trusted + "dmarc=fail; arc=pass\n" + seal(2, "relay.example.org", "pass") + ka +
			subject, "", ""},

		{"From alone", ka + subject, "confirm ka", ""},
		{"the answer asked elsewhere", ka + subject + "Reply-To: evil@example.org\nReturn-Path: <evil@example.org>\n",
			"confirm ka", ""},
		{"another server's word", "Authentication-Results: mx.evil.example; dmarc=pass\n" + ka + subject, "confirm ka", ""},
		{"our server's word under its real one", trusted + "spf=none\n" + trusted + "dmarc=pass\n" + ka + subject,
			"confirm ka", ""},
		{"our server's word of another sender", trusted + "dmarc=pass header.from=example.org\n" + ka + subject,
			"confirm ka", ""},
		{"a signature of a stranger", trusted + "dkim=pass header.d=example.org\n" + ka + subject, "confirm ka", ""},
		{"SPF of an envelope", trusted + "spf=pass smtp.mailfrom=batan.go.id\n" + ka + subject, "confirm ka", ""},
		{"failed, though with the token", trusted + "dmarc=fail\n" + ka + subject + "To: TOKEN\n", "confirm ka", ""},
		{"failed, with another's token", trusted + "dmarc=fail\n" + ka + subject + "To: REQUESTERS\n", "", ""},
		{"failed by SPF alone",
			trusted + "dmarc=none; spf=fail smtp.mailfrom=evil.example; dkim=fail header.d=batan.go.id\n" + ka + subject, "",
			""},
		{"failed by a header below", trusted + "dkim=pass header.d=batan.go.id\n" + trusted + "dmarc=fail\n" + ka + subject,
			"", ""},
		{"failed and passed", trusted + "dmarc=pass; dmarc=fail\n" + ka + subject, "", ""},
		{"failed by SPF of a forwarder", trusted + "spf=fail; dmarc=pass\n" + ka + subject,
			"task kabid, receipt ka, progress ani", "dmarc=pass mx.batan.go.id"},
		{"the token of another's mail", ka + subject + "To: REQUESTERS\n", "confirm ka", ""},
		{"a token that was altered", ka + subject + "To: ALTERED\n", "confirm ka", ""},

		{"token passed on to a colleague", "From: budi@batan.go.id\n" + subject + "To: TOKEN\n", "not-authorised budi", ""},
		{"token and our server's word of a colleague", trusted + "dmarc=pass\nFrom: budi@batan.go.id\n" + subject +
			"To: TOKEN\n", "not-authorised budi", ""},
		{"token used by the deputy", "From: wakil@batan.go.id\n" + subject + "To: TOKEN\n", "not-authorised wakil", ""},
		{"token used by the next office", "From: kabid@batan.go.id\n" + subject + "To: TOKEN\n", "not-authorised kabid", ""},

		{"his name, another address", trusted + "dmarc=pass\nFrom: \"ka@batan.go.id\" <evil@example.org>\n" + subject +
			"To: TOKEN\n", "not-authorised evil", ""},
		{"his address as a name in words of its own",
			trusted + "dmarc=pass\nFrom: =?utf-8?q?Ka_<ka=40batan.go.id>?= <evil@example.org>\n" + subject,
			"not-authorised evil", ""},
		{"his address in a comment", trusted + "dmarc=pass\nFrom: evil@example.org (ka@batan.go.id)\n" + subject,
			"not-authorised evil", ""},
		{"his address before another", trusted + "dmarc=pass\n" + "From: <ka@batan.go.id> <evil@example.org>\n" + subject,
			"dead letter several-senders", ""},
		{"another's address behind his", trusted + "dmarc=pass\nFrom: <ka@batan.go.id> evil@example.org\n" + subject +
			"To: TOKEN\n", "dead letter several-senders", ""},
		{"another's address as his name", trusted + "dmarc=pass\nFrom: evil@example.org <ka@batan.go.id>\n" + subject +
			"To: TOKEN\n", "dead letter several-senders", ""},
		{"two senders", trusted + "dmarc=pass\nFrom: ka@batan.go.id, evil@example.org\n" + subject + "To: TOKEN\n",
			"dead letter several-senders", ""},
		{"two From headers", trusted + "dmarc=pass\nFrom: evil@example.org\n" + ka + subject, "dead letter several-senders",
			""},
		{"a second From that only others can read", trusted + "dmarc=pass\n" + ka + "From: evil\n" + subject,
			"dead letter several-senders", ""},
		{"one sender, named twice", "From: Ka <ka@batan.go.id>, KA@batan.go.id\n" + subject + "To: TOKEN\n",
			"task kabid, receipt ka, progress ani", "token (plus address)"},
		{"Sender", trusted + "dmarc=pass\nFrom: evil@example.org\nSender: ka@batan.go.id\n" + subject, "not-authorised evil",
			""},
		{"Resent-From", trusted +
			"dmarc=pass\nResent-From: ka@batan.go.id\nResent-Sender: ka@batan.go.id\nFrom: evil@example.org\n" + subject,
			"not-authorised evil", ""},

		{"two Subjects, one of them over a signed mail", trusted + "dmarc=pass\n" + ka + subject + "Subject: Rapat\n",
			"confirm ka", ""},
		{"two From of one address", trusted + "dmarc=pass\n" + ka + ka + subject, "confirm ka", ""},
		{"a type over the signed one", trusted + "dmarc=pass\nContent-Type: text/html\n" + ka + subject, "confirm ka", ""},
		{"a mail within a field, by lone CR", trusted +
			"dmarc=pass\nX-A: a\rFrom: ka@batan.go.id\rSubject: [VC-2026-0001]\r\rSetuju\nFrom: ka@batan.go.id\nSubject: " +
			"Rapat\n", "confirm ka", ""},
		{"a header that ends in a line of blanks", trusted + "dmarc=pass\n" + ka + subject +
			"X-A: a\n \nSetuju\n-- \nX-B: b\n", "confirm ka", ""},
		{"a header with a line that is no field", trusted + "dmarc=pass\n" + ka + subject + "halo dunia\n", "confirm ka",
			""},
		{"ambiguous, but with the token", trusted + "dmarc=pass\n" + ka + subject + subject + "To: TOKEN\n",
			"task kabid, receipt ka, progress ani", "token (plus address)"},

		{"a Cyrillic letter in the domain", trusted + "dmarc=pass\nFrom: <ka@b\u0430tan.go.id>\n" + subject + "To: TOKEN\n",
			"not-authorised ka", ""},
		{"the same in Punycode", trusted + "dmarc=pass\nFrom: <ka@xn--btan-53d.go.id>\n" + subject + "To: TOKEN\n",
			"not-authorised ka", ""},
		{"a letter that becomes an ASCII one", trusted + "dmarc=pass\nFrom: <\u212Aa@batan.go.id>\n" + subject +
			"To: TOKEN\n", "dead letter no-sender", ""},
		{"a longer domain", trusted + "dmarc=pass\nFrom: <ka@batan.go.id.example.org>\n" + subject + "To: TOKEN\n",
			"not-authorised ka", ""},
		{"an invisible letter", trusted + "dmarc=pass\nFrom: <k\u200ba@batan.go.id>\n" + subject + "To: TOKEN\n",
			"not-authorised k\u200ba", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t, "\r\n")
			o := testOffice(t)
			o.Signatures.Sealers = []string{"relay.example.org", "second.example.org"}
			s.bot.Use(o)
			s.mail("ani", vc("Rapat anggaran"))
			token := s.token("ka", "task")
			s.out()
			last, other := strings.IndexByte(token, '@')-1, "a"
			if token[last] == 'a' {
				other = "b"
			}
			altered := token[:last] + other + token[last+1:]
			s.hand(strings.NewReplacer("TOKEN", token, "REQUESTERS", s.token("ani", "registered"), "ALTERED",
				altered).Replace(c.head) +
				"Date: " + s.now.Format(time.RFC1123Z) +
				"\nMessage-ID: <it@mail>\nContent-Type: text/plain; charset=utf-8\n\nSetuju\n")
			var out []string
			for line := range strings.Lines(string(s.out())) {
				if f := strings.Fields(line); f[0] != "dead-letter" {
					out = append(out, f[0]+" "+f[1])
				}
			}
			letters, err := s.store.DeadLetters(t.Context(), store.DeadFilter{})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range letters {
				out = append(out, "dead letter "+d.Reason)
			}
			if got := strings.Join(out, ", "); got != c.out {
				t.Errorf("got %q, want %q", got, c.out)
			}
			if moved := s.step("VC-2026-0001") != "persetujuan"; moved != (c.proof != "") ||
				s.proofs("VC-2026-0001") != c.proof {
				t.Errorf("the request stands at %s by %q, want %q", s.step("VC-2026-0001"), s.proofs("VC-2026-0001"), c.proof)
			}
		})
	}
}

// TestTokenOfAnotherTask: a token decides the request that it names, whatever
// the subject says.
func TestTokenOfAnotherTask(t *testing.T) {
	s := newStory(t, "\r\n")
	s.mail("ani", vc("Rapat anggaran"))
	s.mail("ani", vc("Seminar nasional"))
	s.hand("From: ka@batan.go.id\nTo: " + s.token("ka", "task") +
		"\nSubject: Re: [VC-2026-0001]\nMessage-ID: <it@mail>\n\nSetuju\n")
	if one, two := s.step("VC-2026-0001"), s.step("VC-2026-0002"); one != "persetujuan" || two != "disposisi" {
		t.Errorf("the requests stand at %s and %s", one, two)
	}
}

// TestTokenDies: the token of a step that was left, or of a request that was
// changed since, decides nothing, even when our server vouches for its sender.
func TestTokenDies(t *testing.T) {
	for name, change := range map[string]string{"left and entered anew": "",
		"changed": "UBAH\nPelaksanaan: Ruang Rapat Besar\n"} {
		t.Run(name, func(t *testing.T) {
			s := newStory(t, "\r\n")
			s.mail("ani", vc("Rapat anggaran"))
			old := s.token("ka", "task")
			if change != "" {
				s.reply("ani", "", change)
			} else {
				s.reply("ka", "task", "Setuju")
				s.reply("kabid", "task", "Kembalikan, mohon dilihat lagi")
			}
			fresh := s.token("ka", "task")
			s.out()
			if s.step("VC-2026-0001") != "persetujuan" || fresh == old {
				t.Fatalf("the request stands at %s; the tokens are %s and %s", s.step("VC-2026-0001"), old, fresh)
			}
			for _, c := range []struct{ to, step string }{{old, "persetujuan"}, {fresh, "disposisi"}} {
				s.hand("Authentication-Results: mx.batan.go.id; dmarc=pass\nFrom: ka@batan.go.id\nTo: " + c.to +
					"\nMessage-ID: <" + c.step + "@mail>\n\nSetuju\n")
				if s.step("VC-2026-0001") != c.step {
					t.Errorf("the answer to %s leads to %s: %s", c.to, s.step("VC-2026-0001"), s.out())
				}
			}
		})
	}
}

// TestKeysAreReplaced: with a new key over the old one in secret_file, mails on
// their way stay good and new ones are signed by the new key; without the old
// one its tokens are worth nothing.
func TestKeysAreReplaced(t *testing.T) {
	old, fresh := []byte("the first key of the office, old"), []byte("the second key of the office, new")
	s := newStory(t, "\r\n")
	use := func(keys ...[]byte) {
		o := testOffice(t)
		id := o.Identity
		id.Keys = keys
		o, err := bot.NewOffice(o.Procedure, id, o.AuthservID)
		if err != nil {
			t.Fatal(err)
		}
		s.bot.Use(o)
	}
	use(old)
	s.mail("ani", vc("Rapat anggaran"))
	s.mail("ani", vc("Seminar nasional"))
	first, second := s.token("ka", "task#1"), s.token("ka", "task")
	answer := func(to, id string) string {
		s.out()
		s.hand("From: ka@batan.go.id\nTo: " + to + "\nSubject: Re: [VC-2026-0002]\nMessage-ID: <" + id +
			"@mail>\n\nSetuju\n")
		return string(s.out())
	}
	use(fresh, old)
	if out := answer(first, "1"); s.step("VC-2026-0001") != "disposisi" {
		t.Errorf("a token of the old key, still kept: %s", out)
	}
	use(fresh)
	if out := answer(second, "2"); s.step("VC-2026-0002") != "persetujuan" ||
		!strings.HasPrefix(out, "confirm        ka") {
		t.Errorf("a token of a key that was thrown away: %s", out)
	}
	if out := answer(s.token("ka", "confirm"), "3"); s.step("VC-2026-0002") != "disposisi" {
		t.Errorf("a token of the new key: %s", out)
	}
}

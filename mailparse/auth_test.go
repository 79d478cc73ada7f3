package mailparse_test

import (
	"testing"

	"batan.go.id/layanan/mailparse"
)

func TestAuthenticationResults(t *testing.T) {
	tests := []struct {
		name, from, headers string
		want                *mailparse.Auth
	}{
		{"none", "ka@batan.go.id", "", nil},
		{"other server", "ka@batan.go.id", "Authentication-Results: evil.example; dmarc=pass\n", nil},
		{"simple", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; dmarc=pass; spf=pass; dkim=none\n",
			&mailparse.Auth{DMARC: "pass", SPF: "pass", DKIM: "none", Proof: "dmarc=pass mx.batan.go.id"}},
		{"version, case, folding", "ka@batan.go.id", "Authentication-Results: MX.batan.go.id 1;\n\tDMARC=Fail (p=reject; x) header.from=batan.go.id;\n spf=softfail\n",
			&mailparse.Auth{DMARC: "fail", SPF: "softfail"}},
		{"topmost counts", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; dmarc=fail\nAuthentication-Results: mx.batan.go.id; dmarc=pass\n",
			&mailparse.Auth{DMARC: "fail"}},
		{"aligned", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; dkim=pass header.d=mail.batan.go.id\n",
			&mailparse.Auth{DKIM: "pass", Proof: "dkim=pass d=mail.batan.go.id mx.batan.go.id"}},
		{"aligned by identity", "ka@ppiksn.batan.go.id", "Authentication-Results: mx.batan.go.id; dkim=pass header.i=@batan.go.id\n",
			&mailparse.Auth{DKIM: "pass", Proof: "dkim=pass d=batan.go.id mx.batan.go.id"}},
		{"another domain below the same suffix", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; dkim=pass header.d=brin.go.id\n",
			&mailparse.Auth{DKIM: "pass"}},
		{"failed signature is not aligned", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; dkim=fail header.d=batan.go.id; dkim=pass header.d=list.example\n",
			&mailparse.Auth{DKIM: "pass"}},
		{"domain in a quoted text", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; dkim=pass header.i=\"x header.d=batan.go.id y\"@evil.example\n",
			&mailparse.Auth{DKIM: "pass"}},
		{"result in a comment", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; (; dmarc=pass ;) spf=fail\n",
			&mailparse.Auth{SPF: "fail"}},
		{"result in a quoted text", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; spf=fail smtp.mailfrom=\"a; dmarc=pass; b\"@evil.example\n",
			&mailparse.Auth{SPF: "fail"}},
		{"forged one below", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; spf=none\nAuthentication-Results: mx.batan.go.id; dmarc=pass\n",
			&mailparse.Auth{SPF: "none"}},
		{"look-alikes of the server", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id.evil.example; dmarc=pass\nAuthentication-Results: xmx.batan.go.id; dmarc=pass\n" +
			"Authentication-Results: (mx.batan.go.id) evil.example; dmarc=pass\nX-Authentication-Results: mx.batan.go.id; dmarc=pass\nARC-Authentication-Results: i=1; mx.batan.go.id; dmarc=pass\n", nil},
		{"of another From", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; dmarc=pass header.from=evil.example\n", &mailparse.Auth{DMARC: "pass"}},
		{"of this From", "ka@Batan.go.id", "Authentication-Results: mx.batan.go.id; dmarc=pass (p=none) header.from=batan.GO.ID\n",
			&mailparse.Auth{DMARC: "pass", Proof: "dmarc=pass mx.batan.go.id"}},
		{"both", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; dkim=pass header.d=batan.go.id; dmarc=pass header.from=batan.go.id\n",
			&mailparse.Auth{DMARC: "pass", DKIM: "pass", Proof: "dmarc=pass mx.batan.go.id"}},
		{"DMARC's second word", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; dmarc=none; dmarc=pass\n", &mailparse.Auth{DMARC: "none"}},
		{"SPF alone", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; spf=pass smtp.mailfrom=batan.go.id\n", &mailparse.Auth{SPF: "pass"}},
		{"a look-alike's signature", "ka@b\u0430tan.go.id", "Authentication-Results: mx.batan.go.id; dkim=pass header.d=batan.go.id\n", &mailparse.Auth{DKIM: "pass"}},
		{"domain below a public suffix", "ka@go.id", "Authentication-Results: mx.batan.go.id; dkim=pass header.d=batan.go.id\n", &mailparse.Auth{DKIM: "pass"}},
		{"no sender", "tanpa alamat", "Authentication-Results: mx.batan.go.id; dmarc=pass; dkim=pass header.d=batan.go.id\n", &mailparse.Auth{DMARC: "pass", DKIM: "pass"}},
		{"no name of a host", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; dkim=pass header.i=\"@x\x01\xff.batan.go.id\"\n", &mailparse.Auth{DKIM: "pass"}},
		{"of a From that can be none", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; dmarc=pass header.from=\"a b\"\n", &mailparse.Auth{DMARC: "pass"}},
		{"id without results", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; none\n", &mailparse.Auth{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := mailparse.Parse([]byte("From: "+tt.from+"\n"+tt.headers+"\nhalo\n"), testGrammar())
			if tt.want != nil {
				tt.want.By = "mx.batan.go.id"
			}
			if (m.Auth == nil) != (tt.want == nil) || m.Auth != nil && *m.Auth != *tt.want {
				t.Errorf("got %+v, want %+v", m.Auth, tt.want)
			}
		})
	}
	if m := mailparse.Parse([]byte("From: a@b.id\nAuthentication-Results: ; dmarc=pass\n\nx"), mailparse.NewGrammar(mailparse.Grammar{})); m.Auth != nil {
		t.Errorf("no server is trusted, got %+v", m.Auth)
	}
}

func TestFrom(t *testing.T) {
	for header, want := range map[string]string{
		"From: Ka <KA@Batan.go.id>":                        "ka@batan.go.id",
		"From: ka@batan.go.id (Kepala)":                    "ka@batan.go.id",
		"From: \"ka@batan.go.id\" <evil@example.org>":      "evil@example.org",
		"From: ka@batan.go.id <evil@example.org>":          "evil@example.org",
		"From: =?utf-8?q?ka=40batan.go.id?= <e@evil.org>":  "e@evil.org",
		"From: Kepala, PPIKSN <ka@batan.go.id>":            "ka@batan.go.id",
		"From: <ka@ba\u200btan.go.id>":                     "ka@ba\u200btan.go.id",
		"From: Kelompok: ka@batan.go.id, b@batan.go.id;":   "ka@batan.go.id",
		"From : <@relay.example:ka@batan.go.id>":           "ka@batan.go.id",
		"From: mailto:ka@batan.go.id":                      "ka@batan.go.id",
		"From: ka@batan.go.id@evil.example":                "ka@batan.go.id@evil.example",
		"From: <\u212Aa@batan.go.id>":                      "\u212Aa@batan.go.id",
		"From: Ka <ka@b\u0430tan.go.id>":                   "ka@b\u0430tan.go.id",
		"From: Ka <ka@xn--btan-53d.go.id>":                 "ka@xn--btan-53d.go.id",
		"From: \"Ka <ka@batan.go.id>\" <evil@example.org>": "evil@example.org",
		"From: (<ka@batan.go.id>) evil@example.org":        "evil@example.org",
		"Sender: ka@batan.go.id\nFrom: evil@example.org":   "evil@example.org",
		"Resent-From: ka@batan.go.id\nFrom: e@example.org": "e@example.org",
		"From:":                                "",
		"From: tanpa alamat":                   "",
		"Reply-To: ka@batan.go.id":             "",
		"From: \"tak ditutup <ka@batan.go.id>": "ka@batan.go.id",
		"From: =?utf-8?b?S2VwYWxhIFBQSUtTTg==?=\n <k@b.id>": "k@b.id",
	} {
		if m := mailparse.Parse([]byte(header+"\n\nhalo\n"), testGrammar()); m.From != want {
			t.Errorf("%q: got %q, want %q", header, m.From, want)
		}
	}
	for header, want := range map[string]int{
		"From: a@b.id":                            1,
		"From: a@b.id, c@d.id\nFrom: e@f.id":      3,
		"From: a@b.id\nFrom: evil":                2,
		"From: <a@b.id> <evil@example.org>":       2,
		"From: \"<evil@example.org>\" <a@b.id>":   1,
		"From: A <a@b.id>,":                       1,
		"From: A <a@b.id> (B <c@d.id>)":           1,
		"From: Kelompok: A <a@b.id>, B <c@d.id>;": 2,
	} {
		if m := mailparse.Parse([]byte(header+"\n\nhalo"), testGrammar()); len(m.AllFrom) != want || m.From != "a@b.id" {
			t.Errorf("%q: from %q of %q, want %d", header, m.From, m.AllFrom, want)
		}
	}
}

func TestTokens(t *testing.T) {
	const a, b, c = "vc-2026-0001-aaaaaaaaaaaaaaaaaaaa", "vc-2026-0002-bbbbbbbbbbbbbbbbbbbb", "vc-2026-0003-cccccccccccccccccccc"
	tests := []struct{ name, mail, token, request string }{
		{"plus address", "To: layanan_batannet+" + a + "@batan.go.id\n\nx", a, "VC-2026-0001"},
		{"upper case", "Delivered-To: Layanan_Batannet+VC-2026-0001-AAAAAAAAAAAAAAAAAAAA@BATAN.go.id\n\nx", a, "VC-2026-0001"},
		{"X-Original-To", "X-Original-To: layanan_batannet+" + a + "@batan.go.id\n\nx", a, "VC-2026-0001"},
		{"another's plus address", "To: orang+" + a + "@batan.go.id\n\nx", "", ""},
		{"Message-ID", "In-Reply-To: <" + b + ".7@batan.go.id>\n\nx", b, "VC-2026-0002"},
		{"last of References", "References: <" + a + ".1@batan.go.id> <" + b + ".2@batan.go.id>\n\nx", b, "VC-2026-0002"},
		{"body, quoted", "Subject: Re: x\n\n> Kode: VC-2026-0003-CCCCCCCCCCCCCCCCCCCC\n", c, "VC-2026-0003"},
		{"address before all", "To: layanan_batannet+" + a + "@batan.go.id\nIn-Reply-To: <" + b + ".7@batan.go.id>\n\nKode: " + c, a, "VC-2026-0001"},
		{"subject", "Subject: Re: [VC-2026-0009] Permohonan\n\nx", "", "VC-2026-0009"},
		{"subject, small, more than four digits", "Subject: re: [vc-2026-12345] x\n\nx", "", "VC-2026-12345"},
		{"number without brackets", "Subject: Re: VC-2026-0009 Permohonan\n\nx", "", ""},
		{"subject before References", "Subject: [VC-2026-0009]\nReferences: <vc-2026-0008.1@batan.go.id>\n\nx", "", "VC-2026-0009"},
		{"References", "References: <vc-2026-0008.1@batan.go.id>\n\nx", "", "VC-2026-0008"},
		{"too short", "Subject: x\n\nKode: vc-2026-0003-ccccccccccccccccccc\n", "", ""},
		{"too long", "Subject: x\n\nKode: vc-2026-0003-ccccccccccccccccccccc\n", "", ""},
		{"not base32", "Subject: x\n\nKode: vc-2026-0003-ccccccccccccccccccc1\n", "", ""},
		{"within a word", "Subject: x\n\nxvc-2026-0003-cccccccccccccccccccc\n", "", ""},
		{"another prefix", "Subject: [XY-2026-0001]\n\nx", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := mailparse.Parse([]byte("From: a@batan.go.id\n"+tt.mail), testGrammar())
			got := ""
			if len(m.Tokens) > 0 {
				got = m.Tokens[0].Text
			}
			if got != tt.token || m.Request != tt.request {
				t.Errorf("token %q, request %q", got, m.Request)
			}
		})
	}
}

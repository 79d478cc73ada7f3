package mailparse_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/authres"
)

func TestAuthenticationResults(t *testing.T) {
	tests := []struct {
		name, from, headers string
		want                *authres.Auth
	}{
		{"none", "ka@batan.go.id", "", nil},
		{"other server", "ka@batan.go.id", "Authentication-Results: evil.example; dmarc=pass\n", nil},
		{"simple", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; dmarc=pass; spf=pass; dkim=none\n",
			&authres.Auth{DMARC: "pass", SPF: "pass", DKIM: "none", Proof: "dmarc=pass mx.batan.go.id"}},
		{"version, case, folding", "ka@batan.go.id",
			"Authentication-Results: MX.batan.go.id 1;\n\tDMARC=Fail (p=reject; x) header.from=batan.go.id;\n spf=softfail\n",
			&authres.Auth{DMARC: "fail", SPF: "softfail", Failed: "dmarc=fail"}},
		{"topmost counts", "ka@batan.go.id",
			"Authentication-Results: mx.batan.go.id; dmarc=fail\nAuthentication-Results: mx.batan.go.id; dmarc=pass\n",
			&authres.Auth{DMARC: "fail", Failed: "dmarc contradicts itself"}},
		{"aligned", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; dkim=pass header.d=mail.batan.go.id\n",
			&authres.Auth{DKIM: "pass", Proof: "dkim=pass d=mail.batan.go.id mx.batan.go.id"}},
		{"aligned by identity", "ka@ppiksn.batan.go.id",
			"Authentication-Results: mx.batan.go.id; dkim=pass header.i=@batan.go.id\n",
			&authres.Auth{DKIM: "pass", Proof: "dkim=pass d=batan.go.id mx.batan.go.id"}},
		{"another domain below the same suffix", "ka@batan.go.id",
			"Authentication-Results: mx.batan.go.id; dkim=pass header.d=brin.go.id\n",
			&authres.Auth{DKIM: "pass"}},
		{"failed signature is not aligned", "ka@batan.go.id",
			"Authentication-Results: mx.batan.go.id; dkim=fail header.d=batan.go.id; dkim=pass header.d=list.example\n",
			&authres.Auth{DKIM: "pass"}},
		{"domain in a quoted text", "ka@batan.go.id",
			"Authentication-Results: mx.batan.go.id; dkim=pass header.i=\"x header.d=batan.go.id y\"@evil.example\n",
			&authres.Auth{DKIM: "pass"}},
		{"result in a comment", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; (; dmarc=pass ;) spf=fail\n",
			&authres.Auth{SPF: "fail", Failed: "spf=fail"}},
		{"result in a quoted text", "ka@batan.go.id",
			"Authentication-Results: mx.batan.go.id; spf=fail smtp.mailfrom=\"a; dmarc=pass; b\"@evil.example\n",
			&authres.Auth{SPF: "fail", Failed: "spf=fail"}},
		{"forged one below", "ka@batan.go.id",
			"Authentication-Results: mx.batan.go.id; spf=none\nAuthentication-Results: mx.batan.go.id; dmarc=pass\n",
			&authres.Auth{SPF: "none"}},
		{"look-alikes of the server", "ka@batan.go.id",
			"Authentication-Results: mx.batan.go.id.evil.example; dmarc=pass\nAuthentication-Results: xmx.batan.go.id; " +
				"dmarc=pass\n" +
				"Authentication-Results: (mx.batan.go.id) evil.example; dmarc=pass\nX-Authentication-Results: mx.batan.go.id; " +
				"dmarc=pass\nARC-Authentication-Results: i=1; mx.batan.go.id; dmarc=pass\n", nil},
		{"of another From", "ka@batan.go.id",
			"Authentication-Results: mx.batan.go.id; dmarc=pass header.from=evil.example\n", &authres.Auth{DMARC: "pass"}},
		{"of this From", "ka@Batan.go.id",
			"Authentication-Results: mx.batan.go.id; dmarc=pass (p=none) header.from=batan.GO.ID\n",
			&authres.Auth{DMARC: "pass", Proof: "dmarc=pass mx.batan.go.id"}},
		{"both", "ka@batan.go.id",
			"Authentication-Results: mx.batan.go.id; dkim=pass header.d=batan.go.id; dmarc=pass header.from=batan.go.id\n",
			&authres.Auth{DMARC: "pass", DKIM: "pass", Proof: "dmarc=pass mx.batan.go.id"}},
		{"DMARC's second word", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; dmarc=none; dmarc=pass\n",
			&authres.Auth{DMARC: "none"}},
		{"SPF alone", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; spf=pass smtp.mailfrom=batan.go.id\n",
			&authres.Auth{SPF: "pass"}},
		{"a look-alike's signature", "ka@b\u0430tan.go.id",
			"Authentication-Results: mx.batan.go.id; dkim=pass header.d=batan.go.id\n", &authres.Auth{DKIM: "pass"}},
		{"domain below a public suffix", "ka@go.id",
			"Authentication-Results: mx.batan.go.id; dkim=pass header.d=batan.go.id\n", &authres.Auth{DKIM: "pass"}},
		{"no sender", "tanpa alamat", "Authentication-Results: mx.batan.go.id; dmarc=pass; dkim=pass header.d=batan.go.id\n",
			&authres.Auth{DMARC: "pass", DKIM: "pass"}},
		{"no name of a host", "ka@batan.go.id",
			"Authentication-Results: mx.batan.go.id; dkim=pass header.i=\"@x\x01\xff.batan.go.id\"\n",
			&authres.Auth{DKIM: "pass"}},
		{"of a From that can be none", "ka@batan.go.id",
			"Authentication-Results: mx.batan.go.id; dmarc=pass header.from=\"a b\"\n", &authres.Auth{DMARC: "pass"}},
		{"id without results", "ka@batan.go.id", "Authentication-Results: mx.batan.go.id; none\n", &authres.Auth{}},
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
	if m := mailparse.Parse([]byte("From: a@b.id\nAuthentication-Results: ; dmarc=pass\n\nx"),
		mailparse.NewGrammar(mailparse.Grammar{})); m.Auth != nil {
		t.Errorf("no server is trusted, got %+v", m.Auth)
	}
}

// TestFailed: what any header of our server says against the sender counts, what it says for the sender only in the
// topmost.
func TestFailed(t *testing.T) {
	const ours = "Authentication-Results: mx.batan.go.id; "
	const dmarc, dkim = "dmarc=pass mx.batan.go.id", "dkim=pass d=batan.go.id mx.batan.go.id"
	for _, tt := range []struct{ name, headers, failed, proof string }{
		{"nothing but good", ours + "dmarc=pass; spf=pass; dkim=pass header.d=batan.go.id\n", "", dmarc},
		{"nothing said", ours + "none\n", "", ""},
		{"no failures", ours + "dmarc=none; spf=softfail; dkim=permerror\n" + ours +
			"dmarc=temperror; spf=neutral; dkim=neutral\n" + ours + "spf=none; dkim=policy\n", "", ""},

		{"dmarc", ours + "dmarc=fail\n", "dmarc=fail", ""},
		{"dmarc, in another spelling", ours + "DMARC = HardFail (p=none)\n", "dmarc=fail", ""},
		{"dmarc, blanks at one side", ours + "dmarc= fail\n", "dmarc=fail", ""},
		{"dmarc, with a version", ours + "dmarc/1=fail\n", "dmarc=fail", ""},
		{"dmarc, though a signature is good", ours + "dmarc=fail; dkim=pass header.d=batan.go.id\n", "dmarc=fail", ""},
		{"dmarc, of another From", ours + "dmarc=fail header.from=example.org; dkim=pass header.d=batan.go.id\n",
			"dmarc=fail", ""},
		{"dmarc, in the second", ours + "spf=none\n" + ours + "dmarc=fail\n", "dmarc=fail", ""},
		{"dmarc, in the last of many", ours + "spf=none\n" + strings.Repeat(ours+"none\n", 90) + ours + "dmarc=fail\n",
			"dmarc=fail", ""},
		{"dmarc, behind other results", ours + "spf=pass; dmarc=none; dmarc=fail\n", "dmarc=fail", ""},
		{"dmarc, behind a tab", "Authentication-Results: mx.batan.go.id\t1; dmarc=fail\n", "dmarc=fail", ""},
		{"dmarc, of another server", ours + "spf=pass\nAuthentication-Results: mx.evil.example; dmarc=fail\n", "", ""},
		{"passed for two senders", ours + "dmarc=pass header.from=batan.go.id header.from=evil.example\n", "", ""},
		{"passed for one, said twice", ours + "dmarc=pass header.from=batan.go.id header.from=batan.go.id\n", "", dmarc},
		{"signed by two in one result", ours + "dkim=pass header.d=batan.go.id header.d=evil.example\n", "", ""},
		{"dmarc, in a comment", ours + "dmarc=pass (; dmarc=fail ;)\n", "", dmarc},
		{"dmarc, behind a quote that never ends", ours + "spf=pass smtp.mailfrom=a\"b@evil.example; dmarc=fail\n",
			"dmarc=fail", ""},
		{"dmarc, behind a bracket that never ends", ours + "spf=pass smtp.mailfrom=a(b@evil.example; dmarc=fail (p=none)\n",
			"dmarc=fail", ""},
		{"passed, behind a quote that never ends", ours + "dmarc=pass; spf=pass smtp.mailfrom=a\"b@evil.example\n", "", ""},

		{"spf", ours + "spf=fail smtp.mailfrom=evil.example\n", "spf=fail", ""},
		{"spf, hard", ours + "spf=hardfail\n", "spf=fail", ""},
		{"spf, and dmarc says nothing",
			ours + "dmarc=none header.from=batan.go.id; spf=fail smtp.mailfrom=x@evil.example; " +
				"dkim=fail header.d=batan.go.id\n", "spf=fail", ""},
		{"spf, of a forwarder", ours + "spf=fail; dmarc=pass header.from=batan.go.id\n", "", dmarc},
		{"spf, of a forwarder, signed", ours + "spf=fail; dkim=pass header.d=batan.go.id\n", "", dkim},
		{"spf, and another's signature", ours + "spf=fail; dkim=pass header.d=evil.example\n", "spf=fail", ""},
		{"spf, and dmarc of another From", ours + "spf=fail; dmarc=pass header.from=evil.example\n", "spf=fail", ""},
		{"spf, and dmarc passes only below", ours + "spf=fail\n" + ours + "dmarc=pass\n", "spf=fail", ""},
		{"spf, and a signature is good only below", ours + "spf=fail\n" + ours + "dkim=pass header.d=batan.go.id\n",
			"spf=fail", ""},
		{"spf below, and dmarc passes on top", ours + "dmarc=pass\n" + ours + "spf=fail\n", "", dmarc},
		{"spf below", ours + "dmarc=none\n" + ours + "spf=fail\n", "spf=fail", ""},

		{"dmarc contradicts itself", ours + "dmarc=pass; dmarc=fail\n", "dmarc contradicts itself", ""},
		{"dmarc, the other way round", ours + "dmarc=fail; dmarc=pass; dkim=pass header.d=batan.go.id\n",
			"dmarc contradicts itself", ""},
		{"dmarc, in two headers", ours + "dmarc=pass\n" + ours + "dmarc=fail\n", "dmarc contradicts itself", ""},
		{"spf contradicts itself",
			ours + "dmarc=pass; spf=pass smtp.mailfrom=a@batan.go.id; spf=fail smtp.mailfrom=a@batan.go.id\n",
			"spf contradicts itself", ""},
		{"spf, in two headers", ours + "dmarc=pass; spf=pass\n" + ours + "spf=fail smtp.mailfrom=batan.go.id\n",
			"spf contradicts itself", ""},
		{"spf, of envelope and greeting",
			ours + "dmarc=pass; spf=pass smtp.helo=mx.example.org; spf=fail smtp.mailfrom=batan.go.id\n", "", dmarc},
		{"spf, of the greeting twice", ours + "dmarc=pass; spf=pass smtp.helo=mx; spf=fail smtp.helo=mx\n",
			"spf contradicts itself", ""},
		{"spf, softly", ours + "dmarc=pass; spf=pass; spf=softfail\n", "", dmarc},
		{"a signature contradicts itself",
			ours + "dmarc=pass; dkim=pass header.d=batan.go.id; dkim=fail header.d=batan.go.id\n", "dkim contradicts itself",
			""},
		{"a signature, in two headers", ours + "dkim=pass header.d=batan.go.id header.s=a\n" + ours +
			"dkim=fail header.i=@batan.go.id header.s=a\n", "dkim contradicts itself", ""},
		{"a signature, by its own bytes",
			ours + "dkim=pass header.d=batan.go.id header.b=aBcDeFgH; dkim=fail header.d=batan.go.id header.b=aBcDeFgHiJ\n",
			"dkim contradicts itself", ""},
		{"a signature of nobody", ours + "dkim=pass; dkim=hardfail\n", "dkim contradicts itself", ""},
		{"two signatures", ours +
			"dkim=pass header.d=batan.go.id header.b=aBcDeFgH; dkim=fail header.d=batan.go.id header.b=iJkLmNoP\n", "", dkim},
		{"two selectors", ours + "dkim=fail header.d=batan.go.id header.s=ab; dkim=pass header.d=batan.go.id header.s=a\n",
			"", dkim},
		{"two domains", ours + "dkim=fail header.d=list.example; dkim=pass header.d=batan.go.id\n", "", dkim},
		{"a signature fails", ours + "dmarc=pass; dkim=fail header.d=batan.go.id\n", "", dmarc},

		{"without end", ours + "dmarc=pass" + strings.Repeat("; dkim=none", 1000) + "; dmarc=fail\n", "too many results",
			""},
		{"without end, in many headers", ours + "dmarc=pass\n" + strings.Repeat(ours+"dkim=none\n", 1000) + ours +
			"dmarc=fail\n", "too many results", ""},
	} {
		m := mailparse.Parse([]byte("From: ka@batan.go.id\n"+tt.headers+"\nhalo\n"), testGrammar())
		if m.Auth == nil {
			t.Errorf("%s: nothing was read", tt.name)
		} else if m.Auth.Failed != tt.failed || m.Auth.Proof != tt.proof {
			t.Errorf("%s: failed %q, proof %q; want %q, %q", tt.name, m.Auth.Failed, m.Auth.Proof, tt.failed, tt.proof)
		}
	}

	m := mailparse.Parse([]byte("From: ka@batan.go.id\n"+ours+"dkim=pass header.d=batan.go.id\n"+ours+
		"dmarc=fail; spf=fail; dkim=fail header.d=batan.go.id\n\nhalo\n"), testGrammar())
	if want := (authres.Auth{DMARC: "fail", DKIM: "fail", SPF: "fail", By: "mx.batan.go.id",
		Failed: "dkim contradicts itself"}); m.Auth == nil || *m.Auth != want {
		t.Errorf("the failures of a lower header are hidden: %+v", m.Auth)
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

// TestSeveralSenders: an address that one reader could take for the sender, and another not, makes several of them.
func TestSeveralSenders(t *testing.T) {
	for _, from := range []string{
		"<ka@b.id> evil@y.org", "Ka <ka@b.id> evil@y.org", "evil@y.org <ka@b.id>", "Ka evil@y.org <ka@b.id>",
		"<ka@b.id><evil@y.org>", "<<ka@b.id> evil@y.org>", "<evil@y.org <ka@b.id>",
		"<ka@b.id>evil@y.org", "<ka@b.id>.evil@y.org", "<ka@b.id>, evil@y.org", "<ka@b.id>; evil@y.org",
		"<ka@b.id>: evil@y.org", "<ka@b.id> via <evil@y.org>", "<ka@b.id> on behalf of evil@y.org",
		"ka@b.id evil@y.org", "ka@b.id, evil@y.org", "ka@b.id; evil@y.org", "ka@b.id,evil@y.org",
		"ka@b.id/evil@y.org <ka@b.id>", "ka@b.id <> evil@y.org", "ka@b.id <evil@y.org", "<ka@b.id, evil@y.org",
		"ka@b.id>evil@y.org",
		"Ka: ka@b.id, evil@y.org;", "Ka: <ka@b.id> evil@y.org;", "evil@y.org: ka@b.id;", "evil@y.org:;, ka@b.id",
		"Ka: ka@b.id;, evil@y.org",
		"evil @ y.org <ka@b.id>", "evil@ y.org <ka@b.id>", "evil @y.org <ka@b.id>", "<ka@b.id> evil @ y.org",
		"ka@b.id evil @y.org",
		"ka@b.id\n <evil@y.org>", "evil@y.org\n\t<ka@b.id>", "<ka@b.id>\n evil@y.org",
		"<@evil.org:ka@b.id>", "<@y.org,@evil.org:ka@b.id>", "@evil.org <ka@b.id>", "<ka@b.id> @evil.org",
		"\"ka@b.id\" evil@y.org", "evil@y.org \"ka@b.id\"", "<ka@b.id> \"evil@y.org\"", "\"Ka\" <ka@b.id> \"\" <evil@y.org>",
		"\"<ka@b.id> <evil@y.org>\"",
		"\"Ka <ka@b.id>, <evil@y.org>", "Ka\" <ka@b.id>, <evil@y.org>", "\" evil@y.org <ka@b.id>",
		"\"Ka\" \" evil@y.org <ka@b.id>", "\"Ka \\\" <ka@b.id>\" <evil@y.org>", "\"\\\" <evil@y.org> \\\"\" <ka@b.id>",
		"\"a\\\\\" <evil@y.org> \"\" <ka@b.id>",
		"ka@b.id (evil@y.org", "ka@b.id (a (b) <evil@y.org>", "ka@b.id (a (b) <evil@y.org> c)",
		"ka@b.id (a \\) <evil@y.org> b)", "(a \" b) <evil@y.org> (c \" d) <ka@b.id>", "\"(\" <evil@y.org> \")\" <ka@b.id>",
		"ka@b.id) evil@y.org", "ka@b.id(x)evil@y.org", "ka@b(x).id",
		"<ka@b.id> =?utf-8?q?evil=40y.org?=", "<ka@b.id> =?utf-8?b?PGV2aWxAeS5vcmc+?=", "=?utf-8?q?evil=40y.org?= ka@b.id",
		"=?utf-8?q?<evil@y.org>?= <ka@b.id>", "=?utf-8?q?Ka_evil@y.org e?= <ka@b.id>",
		"ka@b.id\x00evil@y.org", "ka@b.id\x00 <evil@y.org>", "<ka@b.id>\x00, evil@y.org", "ka@b.id\x01evil@y.org <ka@b.id>",
		"ka@b.id\x7fevil@y.org", "ka@b.id\u00a0evil@y.org",
		"'evil@y.org' <ka@b.id>", "[evil@y.org] <ka@b.id>", "mailto:evil@y.org <ka@b.id>", "<ka@b.id> mailto:evil@y.org",
		"evil@y <ka@b.id>", "<ka@b.id> evil@y", "KA@b.id.evil.org <ka@b.id>",
	} {
		m := mailparse.Parse([]byte("From: "+from+"\nSubject: x\n\nhalo"), testGrammar())
		several := false
		for _, a := range m.AllFrom {
			several = several || a != m.From
		}
		if !several || !m.Ambiguous && m.From != "" {
			t.Errorf("%q: from %q of %q, want several", from, m.From, m.AllFrom)
		}
	}
	for _, from := range []string{
		"<ka@b.id>", "Ka <ka@b.id>", "ka@b.id <ka@b.id>", "KA@B.ID <ka@b.id>", "'ka@b.id' <ka@b.id>",
		"\"'ka@b.id'\" <ka@b.id>", "ka@b.id (ka@b.id)", "ka@b.id <mailto:ka@b.id>", "Ka [mailto:ka@b.id]", "<ka@b.id>,",
		"<ka@b.id> (Ka)",
		"\"evil@y.org\" <ka@b.id>", "\"evil@y.org\" (x) <ka@b.id>", "Ka \"evil@y.org\" <ka@b.id>",
		"\"Ka, evil@y.org; <e@f.org>\" <ka@b.id>", "\"Ka \\\"Bos\\\"\" <ka@b.id>", "\"Ka (Bos\" <ka@b.id>",
		"\"tak ditutup <ka@b.id>", "\"Ka <ka@b.id>\"",
		"=?utf-8?q?evil=40y.org?= <ka@b.id>", "=?utf-8?q?evil@y.org?= <ka@b.id>", "=?utf-8?b?PGV2aWxAeS5vcmc+?= <ka@b.id>",
		"=?utf-8?q?Ka=2C?= =?utf-8?q?_evil=40y.org?=\n <ka@b.id>", "=?utf-8?q?Ka?= ka@b.id",
		"<ka@b.id> (evil@y.org)", "(evil@y.org) ka@b.id", "Ka (\"evil@y.org\") <ka@b.id>", "Kepala, Bidang <ka@b.id>",
		"Kelompok: ka@b.id;", "\"ka\"@b.id", "Ka @ <ka@b.id>", "Kepala; <ka@b.id>", "\u201cKa\u201d <ka@b.id>",
	} {
		if m := mailparse.Parse([]byte("From: "+from+"\nSubject: x\n\nhalo"), testGrammar()); len(m.AllFrom) != 1 ||
			m.From != "ka@b.id" || m.Ambiguous {
			t.Errorf("%q: from %q of %q (ambiguous %v), want one", from, m.From, m.AllFrom, m.Ambiguous)
		}
	}
	if m := mailparse.Parse([]byte("From: "+strings.Repeat("\"\\\"(", 20_000)+strings.Repeat("a@b.id ", 10_000)+
		"<ka@b.id>\n\nhalo"), testGrammar()); len(m.AllFrom) > 20 {
		t.Errorf("%d senders are told of", len(m.AllFrom))
	}
}

func TestTokens(t *testing.T) {
	const a, b, c = "vc-2026-0001-aaaaaaaaaaaaaaaaaaaa", "vc-2026-0002-bbbbbbbbbbbbbbbbbbbb",
		"vc-2026-0003-cccccccccccccccccccc"
	tests := []struct{ name, mail, token, request string }{
		{"plus address", "To: layanan_batannet+" + a + "@batan.go.id\n\nx", a, "VC-2026-0001"},
		{"upper case", "Delivered-To: Layanan_Batannet+VC-2026-0001-AAAAAAAAAAAAAAAAAAAA@BATAN.go.id\n\nx", a,
			"VC-2026-0001"},
		{"X-Original-To", "X-Original-To: layanan_batannet+" + a + "@batan.go.id\n\nx", a, "VC-2026-0001"},
		{"another's plus address", "To: orang+" + a + "@batan.go.id\n\nx", "", ""},
		{"Message-ID", "In-Reply-To: <" + b + ".7@batan.go.id>\n\nx", b, "VC-2026-0002"},
		{"last of References", "References: <" + a + ".1@batan.go.id> <" + b + ".2@batan.go.id>\n\nx", b, "VC-2026-0002"},
		{"body, quoted", "Subject: Re: x\n\n> Kode: VC-2026-0003-CCCCCCCCCCCCCCCCCCCC\n", c, "VC-2026-0003"},
		{"address before all", "To: layanan_batannet+" + a + "@batan.go.id\nIn-Reply-To: <" + b +
			".7@batan.go.id>\n\nKode: " + c, a, "VC-2026-0001"},
		{"subject", "Subject: Re: [VC-2026-0009] Permohonan\n\nx", "", "VC-2026-0009"},
		{"subject, small, more than four digits", "Subject: re: [vc-2026-12345] x\n\nx", "", "VC-2026-12345"},
		{"number without brackets", "Subject: Re: VC-2026-0009 Permohonan\n\nx", "", ""},
		{"subject before References", "Subject: [VC-2026-0009]\nReferences: <vc-2026-0008.1@batan.go.id>\n\nx", "",
			"VC-2026-0009"},
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

package quote

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
)

// disclaimerStarts begin the text that an office's mail server or a virus scanner adds below, folded.
var disclaimerStarts = fold.NewPhrases(
	"disclaimer", "penafian", "sangkalan", "confidentiality notice", "confidentiality disclaimer", "legal disclaimer",
	"email disclaimer", "privileged and confidential", "notice of confidentiality",
	"this e mail and any attachments", "this email and any attachments", "this email and its attachments",
	"this e mail and its attachments", "this email and any files transmitted", "this e mail and any files transmitted",
	"this email message and any attachments", "this e mail message and any attachments",
	"this message and any attachments", "this message and its attachments", "this email including any attachments",
	"this e mail including any attachments", "this message including any attachments",
	"this message is intended only for", "this email is intended only for", "this e mail is intended only for",
	"this email is intended solely", "this communication is confidential", "this transmission is intended",
	"the information contained in this", "the information in this email", "the information in this e mail",
	"the information transmitted", "the contents of this e mail", "the contents of this email",
	"this message contains confidential", "this email contains confidential", "this e mail contains confidential",
	"this message may contain", "this email may contain", "this e mail may contain", "this email is confidential",
	"this e mail is confidential", "if you are not the intended recipient",
	"email ini dan lampirannya", "e mail ini dan lampirannya", "email ini dan seluruh lampirannya", "email ini beserta",
	"e mail ini beserta", "email ini berikut", "email ini termasuk", "e mail ini termasuk", "pesan ini dan lampirannya",
	"pesan ini beserta", "pesan ini termasuk", "surel ini dan", "surel ini beserta", "surel ini termasuk",
	"surat elektronik ini dan", "surat elektronik ini beserta", "surat elektronik ini termasuk",
	"informasi yang terkandung dalam", "informasi dalam email ini", "informasi dalam e mail ini",
	"informasi dalam surat elektronik ini", "isi email ini", "isi e mail ini", "email ini bersifat rahasia",
	"e mail ini bersifat rahasia", "pesan ini bersifat rahasia", "surel ini bersifat rahasia",
	"email ini hanya ditujukan", "e mail ini hanya ditujukan", "pesan ini hanya ditujukan", "surel ini hanya ditujukan",
	"email ini ditujukan hanya", "perhatian email ini", "apabila anda bukan penerima", "jika anda bukan penerima",
	"bila anda bukan penerima", "pernyataan penyangkalan", "pemberitahuan kerahasiaan",
	"please consider the environment", "please think before printing", "think before you print",
	"mohon pertimbangkan lingkungan", "pertimbangkan lingkungan sebelum", "selamatkan bumi", "save paper", "hemat kertas",
	"virus free", "bebas virus", "this email has been checked for viruses", "this e mail has been checked for viruses",
	"this email has been scanned", "this message has been scanned", "this email is free from viruses",
	"this email was scanned", "no virus found in this", "checked by avg", "scanned by mailscanner",
	"email ini telah diperiksa", "email ini telah dipindai", "e mail ini telah diperiksa", "pesan ini telah dipindai",
	"pesan ini telah diperiksa", "diese e mail wurde von avast", "diese e mail wurde auf viren",
	"l absence de virus dans ce courrier", "ce courrier électronique ne contient aucun virus",
	"este correo electrónico ha sido comprobado", "el software de antivirus", "libre de virus", "sin virus", "virenfrei",
	"garanti sans virus", "deze e mail is gecontroleerd", "virusvrij", "questa e mail è stata controllata",
	"privo di virus", "esta mensagem foi verificada", "livre de vírus", "без вирусов", "проверено на вирусы",
)

// maxFooterStart is how much of a line is compared with these beginnings, in bytes.
const maxFooterStart = 90

func disclaimerStart(s string) bool {
	if len(s) < 8 {
		return false
	}
	p, _ := disclaimerStarts.Begin(s[:min(len(s), maxFooterStart)])
	return p != ""
}

// bannerStarts begin the lines that a mail server puts above a mail that comes from elsewhere, folded.
var bannerStarts = fold.NewPhrases(
	"external email", "external e mail", "external sender", "external message", "external mail",
	"this email originated from", "this message originated from", "this e mail originated from",
	"this email is from an external", "this message is from an external", "this message came from outside",
	"this email came from outside", "this email was sent from outside", "caution this email", "caution this message",
	"caution this e mail", "caution external", "warning this email", "warning this message", "warning external",
	"attention this email", "attention external", "be careful with this message", "do not click links",
	"do not click on links", "do not open attachments", "exercise caution",
	"you don t often get email from", "some people who received this message don t often", "learn why this is important",
	"email eksternal", "e mail eksternal", "surel eksternal", "pesan eksternal", "pengirim eksternal", "email dari luar",
	"email ini berasal dari luar", "e mail ini berasal dari luar", "pesan ini berasal dari luar",
	"surel ini berasal dari luar", "email ini dikirim dari luar", "pesan ini dikirim dari luar",
	"hati hati email ini berasal", "hati hati pesan ini berasal", "peringatan email ini berasal",
	"peringatan pesan ini berasal", "peringatan email ini dikirim dari luar", "waspada email eksternal",
	"perhatian email eksternal", "perhatian email ini berasal", "perhatian email ini dikirim dari luar",
	"jangan klik tautan", "jangan mengklik tautan", "jangan klik link", "jangan mengklik link", "jangan membuka lampiran",
	"jangan buka lampiran",
	"anda tidak sering menerima email dari", "anda tidak sering mendapatkan email dari",
	"anda jarang menerima email dari", "anda jarang mendapatkan email dari",
	"beberapa orang yang menerima pesan ini tidak sering", "pelajari mengapa ini penting",
	"pelajari alasan hal ini penting",
)

// bannerTags are banners of one word, which stand in brackets.
var bannerTags = fold.Set("external", "eksternal", "ext", "extern", "externo", "externe", "luar", "caution", "warning",
	"peringatan")

// banners returns the first line below the banners at the top: a paragraph that begins like one, and empty lines.
func (s *sifter) banners() int {
	at := 0
	for i := 0; i < len(s.lines) && i < 30; i++ {
		t := strings.TrimSpace(s.lines[i].Text)
		if t == "" || s.markAt(i) != "" {
			if t == "" {
				continue
			}
			break
		}
		if !isBanner(t) {
			break
		}
		s.cut(RuleBanner, i+1, t)
		for len(t) >= 60 && !strings.ContainsAny(t[len(t)-1:], ".!]") && i+
			1 < len(s.lines) && strings.TrimSpace(s.lines[i+1].Text) != "" {
			i++
			t = strings.TrimSpace(s.lines[i].Text)
		}
		at = i + 1
	}
	return at
}

// alarms begin what a gateway warns of; warned are the words of what it warns of.
var (
	alarms = fold.List(`peringatan perhatian waspada hati awas caution warning attention external eksternal notice important
		alert security keamanan penting beware`)
	warned = fold.List(`external eksternal luar outside originated organization organisation sender pengirim pengirimnya click
		klik mengklik tautan link links lampiran attachment attachments phishing spam verify suspicious mencurigakan
		keamanan untrusted unknown dikenal email surel berasal recognize recognise password sandi`)
)

// maxWarning is how long such a warning is, in bytes; minWarned how many of its words it has.
const (
	maxWarning = 400
	minWarned  = 2
)

// warnsOfMail recognises a warning of the kind that gateways put above mails from elsewhere, whatever its wording.
func warnsOfMail(t string) bool {
	if len(t) > maxWarning {
		return false
	}
	ws := strings.Fields(fold.Words(t))
	if len(ws) < 4 || !alarms[ws[0]] {
		return false
	}
	n := 0
	for _, w := range ws[1:] {
		if warned[w] {
			n++
		}
	}
	return n >= minWarned
}

func isBanner(t string) bool {
	if len(t) < 5 || len(t) > 1000 {
		return false
	}
	if p, _ := bannerStarts.Begin(t[:min(len(t), maxFooterStart)]); p != "" || warnsOfMail(t) {
		return true
	}
	return strings.ContainsAny(t[:1], "[(*") && strings.ContainsAny(t[len(t)-1:], "])*") && bannerTags[fold.Words(t)]
}

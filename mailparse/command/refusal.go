package command

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// firmDoubt doubts an order such as TOLAK or BATAL. Until a sign or a reason begins, its words are a closed
// vocabulary, too: "Tolak ukurnya apa", "Batal makan siang" are no orders.
func (r *commandReader) firmDoubt(id string, body []lexicon.Word, n int, sentence, rest string) Doubt {
	for i := n; i < len(body) && !inAddress(body, i, sentence); i++ {
		w := body[i].Text
		if w == "jangan" || w == "eh" || w == "bercanda" || w == "atau" && i+1 < len(body) && body[i+1].Text == "tidak" ||
			i == n && !body[n].Parted && contrary[w] {
			return Doubt{Contradiction, w}
		}
	}
	if d := r.doubtAfter(Firm, id, body, n, sentence); d != NoDoubt {
		return d
	}
	if n < len(body) && !body[n].Parted && !inAddress(body, n, sentence) {
		if d := r.orderHead(body, n, sentence); d != NoDoubt {
			return d
		}
	}
	return r.ruefulness(rest)
}

// orderHead judges the word right behind an order: the request, a person addressed, a reason.
//
// One rule for each order.
//
//gocyclo:ignore
func (r *commandReader) orderHead(body []lexicon.Word, n int, sentence string) Doubt {
	first, w, next := body[n-1].Text, body[n].Text, ""
	if n+1 < len(body) {
		next = body[n+1].Text
	}
	y := &yes{g: r.Words, sentence: sentence, body: body, n: n, request: r.request}
	last := n+1 == len(body) || body[n+1].Parted
	switch {
	case isPassive(first) && lexicon.Officials[w] && !lexicon.Titles[w], isPassive(first) && lexicon.Titles[w] && !last:
		return Doubt{Agent, w}
	case y.ownNumber(n) > 0, reasons[w], ordered[w], r.writer(w):
	case w == "dengan" && causes[next], w == "oleh" && ownSide[next], w == "untuk" && next == "dilengkapi":
	case strings.HasSuffix(first, "tarik") || first == "kembali":
		if withdrawn[w] && (last || next == "saya" || next == "kami") {
			return Doubt{}
		}
		return Doubt{Unknown, w}
	case strings.Contains(first, "delegasi"):
	case strings.Contains(first, "kembali") && (papers[lexicon.CutParticle(w)] || (w == "ke" || w == "kepada") &&
		(lexicon.Officials[next] || next == "pemohon" || next != "" && y.capital(n+1))):
	case strings.Contains(first, "tolak") && grounds[lexicon.CutParticle(w)] && !last:
	case strings.Contains(first, "batal") && held[lexicon.CutParticle(w)]:
	default:
		return Doubt{Unknown, w}
	}
	return Doubt{}
}

// What may follow an order without a sign between them: any, one that withdraws, one that sends back, one that
// rejects, one that cancels.
var (
	ordered = fold.List(`pak bu bapak ibu bpk mas mbak bang kak saja ya yah dulu kembali maaf mohon terimakasih krn ini
		tersebut tsb dimaksud permohonan permohonannya peminjaman pengajuan permintaan layanan secara alasan dan agar supaya`)
	withdrawn = fold.List(`jawaban persetujuan disposisi instruksi keputusan balasan`)
	papers    = fold.List(`berkas formulir form lampiran dokumen surat untuk`)
	grounds   = fold.List(`ruangan ruang jadwal anggaran dana alat peralatan waktu`)
	held      = fold.List(`acara kegiatan`)
	causes    = fold.Set("alasan", "hormat", "berat", "permohonan", "usulan", "pengajuan", "peminjaman", "kegiatan",
		"rapat", "ini", "pertimbangan", "penjelasan", "tegas", "sangat")
	ownSide  = fold.Set("pemohon", "saya", "kami", "pengguna", "penyelenggara", "panitia")
	contrary = fold.Set("tidak", "belum", "atau", "nanti", "akan")
)

// inAddress reports whether the i-th word begins an address or a name of a host: "tidak.ada@batan.go.id".
func inAddress(body []lexicon.Word, i int, sentence string) bool {
	return strings.HasPrefix(sentence[body[i].End:], "@") || strings.HasPrefix(sentence[body[i].End:], ".") && i+
		1 < len(body) && body[i+1].At == body[i].End+1
}

// ruefulness finds an order that the next sentences take back: "Tolak. Ralat: setuju.", "Batal. Jangan dulu."
func (r *commandReader) ruefulness(rest string) Doubt {
	for range 3 {
		rest = strings.TrimLeft(rest, " \t\n")
		s, n := lexicon.FirstSentence(rest)
		rest = rest[n:]
		ws := lexicon.Words(s)
		p := r.politeness(ws, s)
		for i, w := range ws {
			id, _ := r.index.at(ws[i:])
			approves := id != "" && r.index.kinds[id] == Approve && w.Text != "terima"
			undone := w.Text == "tidak" && i+1 < len(ws) && ws[i+1].Text == "jadi"
			short := len(ws) <= 4
			switch {
			case mistaken[w.Text], undone, approves && (i <= p || short), short && regrets[w.Text] && i <= p+1,
				short && strings.ContainsRune(s, '?'):
				return Doubt{Contradiction, w.Text}
			}
		}
	}
	return Doubt{}
}

var (
	regrets  = fold.Set("salah", "jangan", "tunggu", "ups", "oops", "eh", "bercanda", "koreksi", "ternyata", "bukan")
	mistaken = fold.Set("ralat", "keliru", "abaikan", "diabaikan", "maksud", "maksudnya", "maksudku")
)

// troubleDoubt doubts a word of trouble that is over, or asked about: "Kendala sudah teratasi", "Ada kendala?"
func troubleDoubt(body []lexicon.Word, n int, sentence string) Doubt {
	if !strings.Contains(body[n-1].Text, "kendala") {
		return Doubt{}
	}
	if strings.ContainsRune(sentence, '?') && len(body) <= n+2 {
		return Doubt{Code: Question}
	}
	for _, w := range body[n:] {
		if overcome[w.Text] {
			return Doubt{Contradiction, w.Text}
		}
	}
	return Doubt{}
}

var overcome = fold.Set("teratasi", "diatasi", "selesai", "beres", "tertangani", "nihil", "hilang", "pulih", "normal",
	"solved", "fixed")

// unwritten are words of a report that is still to come, or came by another way.
var unwritten = fold.Set("menyusul", "besok", "nanti", "belum", "sedang", "akan", "siapa", "apa", "ditunda", "tunda",
	"kemarin", "tadi")

// reportParts may follow the word of a report without a sign between them.
var reportParts = fold.List(`pelaksanaan kegiatan layanan vc vicon video konferensi rapat acara terlampir hasil akhir lengkap selesai berikut sebagai sbb lancar terlaksana form formulir fm untuk atas kerja teknis singkat
	harian penyelenggaraan pekerjaan peminjaman permohonan ini dan dengan bahwa karena`)

// formDoubt doubts a word that brings a form when the text says that there is none yet ("Laporan menyusul"), or speaks
// of one that came by another way ("Laporan sudah saya kirim kemarin").
func formDoubt(body []lexicon.Word, n int, sentence string) Doubt {
	reports := strings.Contains(body[0].Text, "lapor")
	if body[0].Text == "lapor" && holdsWord(body, broken) { // "Lapor, kamera rusak"
		return Doubt{Contradiction, "lapor"}
	}
	for i := n; i < len(body) && i < n+6; i++ {
		switch w := body[i].Text; {
		case unwritten[w] && (i < n+3 || w == "menyusul"):
			return Doubt{Future, w}
		case i == n && reports && !body[n].Parted && !reportParts[w] &&
			!(lexicon.Titles[w] && (n+1 == len(body) || body[n+1].Parted)):
			return Doubt{Unknown, w}
		}
	}
	if reports && len(body) <= n+1 && strings.ContainsRune(sentence, '?') {
		return Doubt{Code: Question}
	}
	return Doubt{}
}

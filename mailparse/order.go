package mailparse

import "strings"

// firmDoubt doubts an order such as TOLAK or BATAL. Until a sign or a reason begins, its words are a closed vocabulary,
// too: "Tolak ukurnya apa", "Batal makan siang" are no orders.
func (g *commandReader) firmDoubt(id string, body []word, n int, sentence, rest string) string {
	for i := n; i < len(body); i++ {
		w := body[i].s
		if inAddress(body, i, sentence) {
			break
		}
		if w == "jangan" || w == "eh" || w == "atau" && i+1 < len(body) && body[i+1].s == "tidak" || i == n && (w == "tidak" || w == "belum" || w == "atau" || w == "nanti" || w == "akan") {
			return `contradiction: "` + w + `"`
		}
	}
	if d := g.doubtAfter(WordFirm, id, body, n, sentence); d != "" {
		return d
	}
	if n < len(body) && !parted(sentence[body[n-1].end:body[n].at]) && !inAddress(body, n, sentence) {
		first, w := body[n-1].s, body[n].s
		switch {
		case isPassive(first) && officials[w] && !titles[w]:
			return `agent: "` + w + `"`
		case w == "dengan" && n+1 < len(body) && causes[body[n+1].s], w == "oleh" && n+1 < len(body) && ownSide[body[n+1].s]:
		case !ordered[w] && !ordered[strings.TrimSuffix(w, "nya")] && !reasons[w] && !g.writer(w):
			return `unknown: "` + w + `"`
		}
	}
	return g.ruefulness(rest)
}

// ordered may follow an order without a sign between them.
var ordered = vocabulary(`pak bu bapak ibu bpk mas mbak bang kak saja ya yah dulu kembali semua maaf mohon terimakasih krn ke kepada untuk ini itu tersebut tsb dimaksud dan agar supaya
	permohonan peminjaman pengajuan usul usulan kegiatan acara rapat agenda jadwal ruang ruangan berkas formulir form lampiran data dokumen surat jawaban persetujuan disposisi instruksi keputusan laporan
	alat peralatan perangkat kamera vc vicon video layanan anggaran dana alasan nomor vc secara sesuai kami saya kpd utk ybs permintaan`)

// inAddress reports whether the i-th word begins an address or a name of a host: "tidak.ada@batan.go.id".
func inAddress(body []word, i int, sentence string) bool {
	return strings.HasPrefix(sentence[body[i].end:], "@") || strings.HasPrefix(sentence[body[i].end:], ".") && i+1 < len(body) && body[i+1].at == body[i].end+1
}

// ruefulness finds an order that the next sentences take back: "Tolak. Ralat: setuju."
func (g *commandReader) ruefulness(rest string) string {
	for range 3 {
		rest = strings.TrimLeft(rest, " \t\n")
		s, n := firstSentence(rest)
		rest = rest[n:]
		ws := wordsOf(s)
		if len(ws) == 0 {
			continue
		}
		p := g.politeness(ws, s)
		for i, w := range ws {
			id, _ := g.words.at(ws[i:])
			if i <= p && (w.s == "ralat" || w.s == "eh" || w.s == "koreksi") || i == p && id != "" && g.words.kinds[id] == WordApprove || mistaken[w.s] {
				return `contradiction: "` + w.s + `"`
			}
		}
	}
	return ""
}

var (
	mistaken = set("ralat", "keliru", "abaikan", "diabaikan", "maksud", "maksudnya", "maksudku")
	ownSide  = set("pemohon", "saya", "kami", "pengguna", "penyelenggara", "panitia")
	causes   = set("alasan", "hormat", "berat", "permohonan", "usulan", "pengajuan", "peminjaman", "kegiatan", "rapat", "ini", "pertimbangan", "penjelasan", "tegas", "sangat")
)

// unwritten are words of a report that is still to come, or came by another way.
var unwritten = set("menyusul", "besok", "nanti", "belum", "sedang", "akan", "siapa", "apa", "ditunda", "tunda", "kemarin", "tadi")

// reportParts may follow the word of a report without a sign between them.
var reportParts = vocabulary(`pelaksanaan kegiatan layanan vc vicon video konferensi rapat acara terlampir hasil akhir lengkap selesai berikut sebagai sbb lancar terlaksana form formulir fm untuk atas kerja teknis singkat harian penyelenggaraan pekerjaan peminjaman permohonan ini pak bu bapak ibu dan dengan bahwa karena`)

// formDoubt doubts a word that brings a form when the text says that there is none yet ("Laporan menyusul"), or speaks
// of one that came by another way ("Laporan sudah saya kirim kemarin").
func formDoubt(body []word, n int, sentence string) string {
	for i := n; i < len(body) && i < n+6; i++ {
		switch w := body[i].s; {
		case unwritten[w] && (i < n+3 || w == "menyusul"):
			return `future: "` + w + `"`
		case i == n && strings.HasPrefix(body[0].s, "lapor") && !parted(sentence[body[n-1].end:body[n].at]) && !reportParts[w]:
			return `unknown: "` + w + `"`
		}
	}
	return ""
}

package command

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// head reads the words right behind the command, up to the first sign: they say what it is that was approved. Its
// order matters: "setuju permohonan ini" approves, "setuju usul Kabid", "setuju Pak Budi saja" agree with somebody. It
// returns where the note begins.
func (y *yes) head() (next int, doubt Doubt) {
	i := y.n
	for i < len(y.body) && !y.body[i].Parted {
		n, note := y.part(i)
		if n == 0 {
			return i, y.blame(i)
		}
		if i += n; note {
			return i, Doubt{}
		}
	}
	return i, Doubt{}
}

// part is how many words at i are one part of the head, 0 when they are none; note says that free words follow it.
//
// One rule for each kind of approval.
//
//gocyclo:ignore
func (y *yes) part(i int) (n int, note bool) {
	w := y.body[i].Text
	switch y.class {
	case classReady:
		return y.readyPart(i), false
	case classTaken:
		if takenHeads[lexicon.CutParticle(w)] || w == "dengan" && i+1 < len(y.body) && y.body[i+1].Text == "baik" {
			return 1, false
		}
		return y.vocative(i), false
	case classSend:
		if n, note := y.sendPart(i); n > 0 {
			return n, note
		}
	case classYes:
	}
	if y.class == classYes && isTask(w) { // "setuju didisposisikan ke Kabid": not a second yes
		return 1, true
	}
	if n := y.sure(i); n > 0 {
		return n, false
	}
	switch {
	case purposes[w] && i+1 < len(y.body):
		k := i + 1
		for k < len(y.body)-1 && (y.body[k].Text == "segera" || y.body[k].Text == "dapat" || y.body[k].Text == "langsung") {
			k++
		}
		if n := y.object(k); n > 0 {
			return k + n - i, false
		}
		if v := y.body[k].Text; isTask(v) || w != "untuk" && w != "utk" && w != "guna" &&
			(orders[v] || sendTo[v] || v == "kabid" || lexicon.Leaders[v]) {
			return k + 1 - i, true
		}
		return 0, false
	case w == "sesuai" && i+1 < len(y.body) && (accords[lexicon.CutParticle(y.body[i+1].Text)] ||
		y.body[i+1].Text == "dengan"):
		return 2, true
	case y.class == classSend && w == "segera": // "Disposisi segera kami proses"
		return 0, false
	case orders[w] && !(y.passive() && i+1 == len(y.body)):
		return 1, true
	}
	return y.object(i), false
}

// sure is an intensifier, a person addressed, another yes, or the request's own number.
func (y *yes) sure(i int) int {
	w := y.body[i].Text
	switch {
	case intensifiers[w], y.writer(w) && !lexicon.NotNames[w] && i+1 == len(y.body):
		return 1
	case w == "saja":
		if i == y.n && (i+1 == len(y.body) || y.body[i+1].Parted || lexicon.Titles[y.body[i+1].Text]) {
			return 1
		}
		return 0
	case w == "100":
		if strings.HasPrefix(y.sentence[y.body[i].End:], "%") {
			return 1
		}
		if i+1 < len(y.body) && y.body[i+1].Text == "persen" {
			return 2
		}
	}
	if id, k := y.g.index.at(y.body[i:]); id != "" && y.g.index.kinds[id] == Approve && y.body[i].Text != "siap" {
		return k
	}
	if k := y.ownNumber(i); k > 0 {
		return k
	}
	return y.vocative(i)
}

// vocative is a title and the name that follows it. Behind a passive that names who acted.
func (y *yes) vocative(i int) int {
	if !lexicon.Titles[y.body[i].Text] {
		return 0
	}
	n := 1
	for i+n < len(y.body) && n < 4 && !y.body[i+n].Parted && (y.named(i+n) || y.writer(y.body[i+n].Text)) {
		n++
	}
	if n > 1 && y.passive() {
		return 0
	}
	return n
}

// object is the request, in the words of the procedure: "dengan permohonan tersebut", "atas peminjaman peralatan".
func (y *yes) object(i int) int {
	k := i
	if objectSigns[y.body[k].Text] {
		k++
	}
	from := k
	for k < len(y.body) && !y.body[k].Parted {
		if own := y.ownNumber(k); own > 0 {
			k += own
		} else if objects[lexicon.CutParticle(y.body[k].Text)] || k > from && (objectParts[y.body[k].Text] || y.named(k)) {
			k++
		} else {
			break
		}
	}
	if k == from {
		return 0
	}
	return k - i
}

// readyPart is what may follow "siap": a state, no work that is still to be done.
func (y *yes) readyPart(i int) int {
	w := y.body[i].Text
	switch {
	case readyHeads[w]:
		return 1
	case w == "untuk" && i+1 < len(y.body) && readyHeads[y.body[i+1].Text]:
		return 2
	}
	return y.vocative(i)
}

// sendPart is to whom a disposition goes, or an instruction, and what it is for.
//
// One rule for each way to name who gets it.
//
//gocyclo:ignore
func (y *yes) sendPart(i int) (n int, note bool) {
	w := y.body[i].Text
	toNext := i+1 < len(y.body) && !y.body[i+1].Parted
	switch {
	case (w == "ke" || w == "kepada" || w == "kpd") && toNext:
		next := y.body[i+1].Text
		if lexicon.Higher[next] || next == "rapat" || lexicon.Titles[next] && (i+2 == len(y.body) || y.body[i+2].Parted ||
			!y.named(i+2)) || !lexicon.IsPlain(next) && !y.capital(i+1) {
			return 0, false
		}
		return 1, true
	case sendTo[w] && !y.passive(), y.carries && imperatives[w]:
		return 1, true
	case y.carries && y.capital(i) && y.body[y.n-1].Text != "instruksi":
		return 1, true
	case y.carries && purposes[w]:
		return 1, true
	}
	return 0, false
}

// isTask recognises the passive of what an approved request becomes: "ditindaklanjuti", "dilaksanakan".
func isTask(w string) bool {
	stem, ok := strings.CutPrefix(w, "di")
	stem = strings.TrimSuffix(stem, "kan")
	return ok && (tasks[stem] || tasks[strings.TrimSuffix(stem, "i")])
}

// blame names the word at i.
func (y *yes) blame(i int) Doubt {
	w := y.body[i].Text
	switch {
	case y.passive() && lexicon.Officials[w] || y.passive() && lexicon.Titles[w]:
		return Doubt{Agent, w}
	case y.class == classReady:
		return Doubt{Courtesy, "siap … " + w}
	}
	return Doubt{Unknown, strings.ToLower(y.sentence[y.body[i].At:y.body[i].End])}
}

var (
	intensifiers = fold.List(`sekali banget bgt ya yah deh dong lah penuh sepenuhnya semua seluruhnya kok sih terimakasih
		baik mantap`)
	tasks = fold.List(`tindaklanjut tindak proses laksana lanjut fasilitas selenggara siap layan bantu terus
		disposisi koordinasi pasang dukung gelar jalan fasilitasi jalank`)
	imperatives = fold.List(`siapkan pasang cek uji bantu koordinasikan laksanakan hubungi sambungkan dampingi monitor
		setting antar bawa pasangkan bantulah tindaklanjuti`)
	purposes = fold.List(`untuk utk agar supaya guna dan`)
	accords  = fold.List(`jadwal sop prosedur permohonan usulan ketentuan pengajuan aturan surat disposisi rencana
		arahan`)
	orders = fold.List(`mohon silakan silahkan tolong harap segera lanjut lanjutkan proses laksanakan siapkan
		tindaklanjuti tindak jalankan please semoga terimakasih agar`)
	objectSigns = fold.List(`dengan dgn dg atas untuk utk terhadap for the`)
	objects     = fold.List(`permohonan peminjaman pengajuan kegiatan acara pelaksanaan penyelenggaraan layanan
		permintaan video vc vicon vidcon request application`)
	objectParts = fold.List(`ini tersebut tsb dimaksud di atas konferensi conference peralatan perangkat alat ruang dari
		bapak ibu saudara dan rapat unit bidang pusat dengan pada bersama of this`)
	readyHeads = fold.List(`digunakan dipakai pakai semua semuanya operasional beroperasi lengkap terpasang tersambung
		ya`)
	takenHeads = fold.List(`baik lengkap laporan hasil ya saja dengan`)
	sendTo     = fold.List(`kasubbid kasubid kabid subbid subbidang admin administrator teknisi tim operator petugas`)
)

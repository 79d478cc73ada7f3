package mailparse_test

import (
	"testing"

	"batan.go.id/layanan/mailparse"
)

// introductions stand above older mails, in the words of programs and languages that the other tests do not have.
var introductions = []string{
	"El dj., 12 de jul. 2018, 9:15, Ani Wijaya <ani@batan.go.id> va escriure:",
	"čet, 12. srp 2018. u 09:15 Ani Wijaya <ani@batan.go.id> napisao je:",
	"На чт, 12.07.2018 г. в 9:15 Ani Wijaya <ani@batan.go.id> написа:",
	"št 12. 7. 2018 o 9:15 Ani Wijaya <ani@batan.go.id> napísal(a):",
	"V V čet., 12. jul. 2018 ob 09:15 je oseba Ani Wijaya <ani@batan.go.id> napisala:",
	"2018-07-12, kt, 09:15 Ani Wijaya <ani@batan.go.id> rašė:",
	"ceturtd., 2018. g. 12. jūl., plkst. 09:15 — lietotājs Ani Wijaya (<\nani@batan.go.id>) rakstīja:",
	"Kontakt Ani Wijaya (<ani@batan.go.id>) kirjutas kuupäeval N, 12. juuli 2018\nkell 09:15:",
	"Á fim., 12. júl. 2018 kl. 09:15 skrifaði Ani Wijaya <ani@batan.go.id>:",
	"Op Do. 12 Jul. 2018 om 09:15 het Ani Wijaya <ani@batan.go.id> geskryf:",
	"Noong Huw, Hul 12, 2018 nang 9:15 AM, sinulat ni Ani Wijaya <\nani@batan.go.id>:",
	"Mnamo Alh, 12 Jul 2018 saa 9:15 Ani Wijaya <ani@batan.go.id> aliandika:",
	"गुरु, 12 जुल॰ 2018 को 9:15 am बजे को Ani Wijaya <ani@batan.go.id> ने लिखा:",
	"در تاریخ پنجشنبه ۱۲ ژوئیهٔ ۲۰۱۸،\u200f ۹:۱۵ Ani Wijaya <ani@batan.go.id> نوشت:",
	"O xoves, 12 de xul. de 2018 ás 09:15, Ani Wijaya (<ani@batan.go.id>) escribiu:",
	"Ani Wijaya <ani@batan.go.id> igorleak hau idatzi du (2018 uzt. 12, og. 09:15):",
	"Thu, 12 Jul 2018 09:15 +0700, Ani Wijaya <ani@batan.go.id>:",
	"Quoting Ani Wijaya <ani@batan.go.id>:",
	"Ani Wijaya <ani@batan.go.id> wrote on 12/07/2018 09:15:00 AM:",
	"In article <x@y>, Ani wrote:",
	"At 09:15 AM 7/12/2018, Ani Wijaya wrote:",
	"Op 17-feb.-2015 11:18 schreef \"Ani\" <ani@batan.go.id>:",
	"2018-07-12 9:15 GMT+07:00 Ani Wijaya <ani@batan.go.id>:",
	"2012/5/4 Ani Wijaya <ani@batan.go.id>",
	"Ani Wijaya wrote:",
	"El 12/7/2018 9:15 AM, Ani Wijaya escribió:",
	"Le jeudi 12 juillet 2018, Ani Wijaya <ani@batan.go.id> a écrit :",
	"Pada hari Kamis, 12 Juli 2018 pukul 09.15 Ani Wijaya menulis:",
	"Pada Kamis, 12 Juli 2018, Ani Wijaya menulis:",
	"Pada tanggal 12/07/2018 pukul 09.15, Ani Wijaya menulis:",
	"Ani Wijaya menulis pada Kamis, 12 Juli 2018 09.15:",
	"Ani Wijaya <ani@batan.go.id> menulis pada 12 Juli 2018:",
	"Dari Ani Wijaya <ani@batan.go.id> pada 12 Juli 2018 09.15:",
	"Pada Kamis, 12 Jul 2018 jam 09.15, Ani Wijaya\nlewat milis <ani@batan.go.id> menulis:",
	"On Thursday, July 12, 2018, 09:15:44 AM GMT+7, Ani Wijaya <ani@batan.go.id> wrote:",
	"Pada Kamis, 12 Juli 2018 09.15.44 GMT+7, Ani Wijaya <ani@batan.go.id> menulis:",
	"------- Original Message -------\nOn Thursday, July 12th, 2018 at 9:15 AM, Ani <ani@batan.go.id> wrote:",
	"‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Thursday, July 12th, 2018 at 9:15 AM, Ani <ani@batan.go.id> wrote:",
	"---- On Thu, 12 Jul 2018 09:15:00 +0700 Ani <ani@batan.go.id> wrote ----",
	"---- Aktif Kam, 12 Jul 2018 09:15:00 +0700 Ani <ani@batan.go.id> menulis ----",
	"发件人：Ani <ani@batan.go.id>\n发送时间：2018年7月12日(星期四) 09:15\n收件人：Budi\n主　题：Re",
	"------------------ 原始邮件 ------------------\n发件人: \"Ani\" <ani@batan.go.id>;\n发送时间: 2018年7月12日",
	"At 2018-07-12 09:15:00, \"Ani\" <ani@batan.go.id> wrote:",
	"-----Pesan Asli-----\nDari: Ani",
	"----- Pesan yang Diteruskan -----\nDari: Ani",
	"----- Pesan Terusan -----\nDari: Ani",
	"----- Pesan yang diteruskan dari Ani <ani@batan.go.id> -----",
	"*From:* Ani Wijaya [mailto:ani@batan.go.id]\n*Sent:* Thursday",
	"| From: Ani <ani@batan.go.id>\n| Date: 12 Jul 2018",
	"Od: Ani\nDatum: 12. 7. 2018 9:15\nZa: Budi\nZadeva: Re",
	"From: Ani\nReply-To: x@y.id\nDate: 12 Jul 2018\nTo: Budi",
	"Subject: Re: x\nDate: Thu, 12 Jul 2018 09:15:00 +0700\nFrom: Ani <ani@batan.go.id>\nTo: Budi",
	"Dari: Ani Wijaya\nTanggal: Kamis, 12 Juli 2018\nKepada: Budi\nSubjek: x",
	"Dari: \"Ani\" <ani@batan.go.id>\nKepada: \"Budi\" <b@batan.go.id>\nTerkirim: Kamis, 12 Juli 2018 " +
		"09.15.00\nPerihal: x",
	"Pengirim: Ani\nTerkirim: 12/07/2018 09:15\nUntuk: Budi\nSubjek: x",
	"On Jul 12, 2018, at 09:15, Ani Wijaya via Layanan BATANnet\n<ani@batan.go.id> wrote:",
	"Ani Wijaya <ani@batan.go.id> schrieb am Do., 12. Juli 2018, 09:15:",
	"Ani Wijaya (ani@batan.go.id) написал(а) 12 июля 2018 г. в 09:15:",
	"Четверг, 12 июля 2018, 9:15 +03:00 от Ani Wijaya <ani@batan.go.id>:",
	"12.07.2018, 09:15, \"Ani Wijaya\" <ani@batan.go.id>:",
	"Dne čtvrtek 12. července 2018 9:15:00 CEST Ani Wijaya napsal(a):",
	"torsdag 12 juli 2018 skrev Ani Wijaya <ani@batan.go.id>:",
	"From Ani Wijaya on 12/07/2018 09:15:",
	"Am Donnerstag, 12. Juli 2018, 09:15:00 CEST schrieb Ani Wijaya:",
	"På 12. juli 2018 på 09:15:00, Ani Wijaya (ani@batan.go.id) skrev:",
	"On 12 July 2018 at 09:15:00, Ani Wijaya (ani@batan.go.id) wrote:",
	"Pada 12 Jul 2018 09.15 +0700, Ani Wijaya <ani@batan.go.id>, menulis:",
	"On Thu, Jul 12, 2018 at 09:15 AM, Ani Wijaya < [ani@batan.go.id](mailto:ani@batan.go.id) > wrote:",
}

func TestIntroductions(t *testing.T) {
	for _, s := range introductions {
		answered(t, s, "plain", newWords+"\n\n"+s+"\n\n"+oldWords+"\n", newWords)
		answered(t, s, "plain", newWords+"\n"+s+"\n"+oldWords+"\n", newWords)
	}
}

// prose has dates, addresses, colons and rules of its own, and no line of it is anybody else's.
var prose = []string{
	"Mohon maaf, jadwal berubah:\nKamis, 12 Juli 2018 pukul 09.00\nRuang: 71",
	"Pada hari Kamis, 12 Juli 2018 pukul 09.00 akan diadakan rapat:\n1. Pembukaan\n2. Diskusi",
	"Peserta rapat 12 Juli 2018 pukul 09.00:\n- Ani <ani@batan.go.id>\n- Budi <budi@batan.go.id>",
	"Narahubung:\nAni Wijaya <ani@batan.go.id>\n0812345678",
	"Hubungi Ani (ani@batan.go.id) pukul 09.00.",
	"Dari pukul 09.00 sampai 11.00:\nruang 71",
	"Dari ruang 71 pukul 09.00:\nmohon kamera",
	"Untuk: 20 orang\nTempat: ruang 71\nWaktu: 09.00",
	"Setuju. Catatan:\n- Pukul 09.00\n- Ruang 71",
	"Tautan: https://x.id/a\nKode: 1234\nMulai: 12 Juli 2018 09.00",
	"Join Zoom Meeting\nhttps://zoom.us/j/1\n\nMeeting ID: 123 456\nPasscode: x1",
	"On Thursday we meet at 09:00:\n- agenda",
	"A: setuju\nB: tidak\nC: 12 Juli 2018",
	"Hal: permohonan\nNo: 12/2018\nTanggal: 12 Juli 2018\nLampiran: 1",
	"Jawaban saya:\n\n1. Ya, 20 orang.\n2. Pukul 09.00 WIB.\n\nTerima kasih.",
	"Kepada panitia, pada 12 Juli 2018 saya sudah tulis surat.\nIsinya sama.",
	"Sudah saya kirim pada 12 Juli 2018 pukul 09.00 ke ani@batan.go.id.\nMohon dicek.",
	"ani@batan.go.id menulis kepada saya:\nruang 71 penuh",
	"Beliau menulis: ruang penuh\npada 12 Juli 2018.",
	"Yang hadir:\nAni\nBudi\nCici",
	"-- mohon dicek --\nBaik.",
	"Rapat:\n----\nRuang 71",
	"Ruang 71\n-----\nKamera 2",
	"| Ruang | 71 |\n| Jam | 09.00 |",
	"Catatan: email ini dikirim dari iPhone.",
	"Salam dari Kepala Biro.\nRapat di Gedung 71, Jl. Lebak Bulus.",
	"Terima kasih.\nKepala Pusat sudah tahu.",
	"NIP saya 198001012005012001\nTerima kasih",
	"Nomor telepon saya:\n\nAni Wijaya\nTelp 0812345678\nGedung 71",
	"Tanggalnya 13 Juli 2018.\n\nHormat saya,\nAni",
	"Laporan:\nVideo konferensi lancar.\n\nHasil: Baik\nPetugas: Budi",
	"PENTING: rapat 12 Juli.\nJangan klik tautan lama.",
	"Warning: ruang penuh",
	"Peringatan pesan ini penting",
}

func TestProseIsNew(t *testing.T) {
	for _, s := range prose {
		if m := mailparse.Parse(replyWith(s), testGrammar()); m.Reply != s {
			t.Errorf("%q: reply %q, cuts %v", s, m.Reply, m.Cuts)
		}
	}
}

// TestSignatureFillsForm: the number in a signature still supplies a missing NIP.
func TestSignatureFillsForm(t *testing.T) {
	m := mailparse.Parse(replyWith("Ini yang kurang.\n\nTerima kasih\n\nAni Wijaya\nNIP. 198001012005012001\nBiro Umum "+
		"BATAN"), testGrammar())
	if m.Reply != "Ini yang kurang.\n\nTerima kasih" || m.Form == nil || m.Form.Text("nip") != "198001012005012001" {
		t.Errorf("reply %q, form %+v", m.Reply, m.Form)
	}
}

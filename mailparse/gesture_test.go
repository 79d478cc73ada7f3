package mailparse_test

import (
	"testing"

	"batan.go.id/layanan/mailparse"
)

// TestGestures: an emoji tapped below a mail and a recall are no answers, and are never answered; what a person writes
// with the same words is read.
func TestGestures(t *testing.T) {
	head := "From: Yusi Eko <yusi@batan.go.id>\nTo: layanan_batannet@batan.go.id\nSubject: Re: [VC-2026-0001] Mohon\n" +
		"MIME-Version: 1.0\n"
	plain := "Content-Type: text/plain; charset=utf-8\n\n"
	for _, tt := range []struct {
		raw  string
		want mailparse.Kind
	}{
		{head + "Content-Type: multipart/alternative; boundary=b\n\n--b\n" + plain + "👍\n--b\n" +
			"Content-Type: text/vnd.google.email-reaction+json\n\n{\"emoji\":\"👍\"}\n--b--\n", mailparse.KindAutoReply},
		{head + plain + "Yusi menyukai pesan Anda.\n\n👍\n", mailparse.KindAutoReply},
		{head + plain + "👍\n\nYusi Eko reacted to your message\n", mailparse.KindAutoReply},
		{head + plain + "Yusi would like to recall the message, \"Re: Mohon\".\n", mailparse.KindAutoReply},
		{head + plain + "Yusi ingin menarik kembali pesan, \"Re: Mohon\".\n", mailparse.KindAutoReply},
		{head + plain + "Saya ingin menarik kembali pesan tadi.\n", mailparse.KindReply},
		{head + plain + "Setuju.\nYusi\n", mailparse.KindReply},
		{head + plain + "👍\n", mailparse.KindReply},
	} {
		if m := mailparse.Parse([]byte(tt.raw), testGrammar()); m.Kind != tt.want {
			t.Errorf("%s: %s, want %s", tt.raw[len(head):], m.Kind, tt.want)
		}
	}
}

package entity_test

import (
	"fmt"

	"batan.go.id/layanan/mailparse/entity"
)

func ExampleWalker() {
	w := &entity.Walker{}
	root := w.Mail([]byte("Subject: =?utf-8?q?Permohonan_=E2=80=93_VC?=\r\nContent-Type: multipart/mixed; " +
		"boundary=b\r\n\r\n" +
		"--b\r\nContent-Transfer-Encoding: base64\r\n\r\nU2V0dWp1\r\n--b--\r\n"))
	fmt.Println(entity.DecodeWords(root.Header.Get("subject")))
	for _, p := range root.Children {
		fmt.Println(p.Type, p.Text(w))
	}
	fmt.Println(w.Warnings)
	// Output:
	// Permohonan – VC
	// text/plain Setuju
	// []
}

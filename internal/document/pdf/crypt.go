package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"

	"batan.go.id/layanan/internal/document/page"
)

// pdfCrypt decrypts a file that opens without a password: such a file only forbids its reader to print or to change it
// (ISO 32000-2, 7.6, the standard handler).
type pdfCrypt struct {
	key []byte
	aes bool
	one bool // one key for all objects
}

// passwordPad stands for an empty password.
const passwordPad = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00" +
	"\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

// openCrypt finds the key, if the file is encrypted; false when it needs a password.
func (f *pdfFile) openCrypt(found []pdfFound) bool {
	if f.trailer["Encrypt"] == nil {
		return true
	}
	for _, o := range found { // what the handler needs is not encrypted itself
		f.objects[o.num] = o.value
	}
	d := f.dict(f.trailer["Encrypt"])
	if c := f.standardKey(d); c != nil && f.name(d["Filter"]) == "Standard" {
		f.crypt = c
		clear(f.objects)
		f.decryptStrings(found)
		return true
	}
	f.fail(page.ErrEncrypted)
	clear(f.objects)
	return false
}

func (f *pdfFile) standardKey(d pdfDict) *pdfCrypt {
	version, revision := f.number(d["V"], 0), int(f.number(d["R"], 0))
	owner, _ := f.get(d["O"]).(string)
	user, _ := f.get(d["U"]).(string)
	if len(owner) < 32 || len(user) < 32 {
		return nil
	}
	c := &pdfCrypt{}
	bits := f.number(d["Length"], 40)
	if version >= 4 {
		filter := f.dict(f.dict(d["CF"])[f.name(d["StmF"])])
		method := f.name(filter["CFM"])
		c.aes = method == "AESV2" || method == "AESV3"
		bits = 128
		if !c.aes && method != "V2" {
			return nil
		}
	}
	if version >= 5 {
		c.one = true
		c.key = userKey(user, f.get(d["UE"]), revision)
		return c.orNil()
	}
	if revision < 3 {
		bits = 40
	}
	n := min(max(int(bits)/8, 5), 16)
	var id string
	if ids := f.list(f.trailer["ID"]); len(ids) > 0 {
		id, _ = f.get(ids[0]).(string)
	}
	h := md5.New()
	h.Write([]byte(passwordPad + owner[:32]))
	_ = binary.Write(h, binary.LittleEndian, uint32(int64(f.number(d["P"], 0))))
	h.Write([]byte(id))
	if plain, given := f.get(d["EncryptMetadata"]).(bool); revision >= 4 && given && !plain {
		h.Write([]byte{255, 255, 255, 255})
	}
	c.key = h.Sum(nil)[:n]
	if revision >= 3 {
		for range 50 {
			sum := md5.Sum(c.key)
			c.key = sum[:n]
		}
	}
	if !c.opens(user, id, revision) {
		return nil
	}
	return c
}

func (c *pdfCrypt) orNil() *pdfCrypt {
	if c.key == nil {
		return nil
	}
	return c
}

// opens checks the key (algorithms 4 and 5).
func (c *pdfCrypt) opens(user, id string, revision int) bool {
	if revision < 3 {
		return string(rc4Crypt(c.key, []byte(passwordPad))) == user[:32]
	}
	sum := md5.Sum([]byte(passwordPad + id))
	out := sum[:]
	for i := range byte(20) {
		key := bytes.Clone(c.key)
		for j := range key {
			key[j] ^= i
		}
		out = rc4Crypt(key, out)
	}
	return string(out) == user[:16]
}

// userKey is the file's key under AES-256 with an empty password (algorithm 2.A).
func userKey(user string, sealed any, revision int) []byte {
	ue, _ := sealed.(string)
	if len(user) < 48 || len(ue) < 32 || string(hash256(user[32:40], revision)) != user[:32] {
		return nil
	}
	block, err := aes.NewCipher(hash256(user[40:48], revision))
	if err != nil {
		return nil
	}
	key := make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(key, []byte(ue[:32]))
	return key
}

// hash256 is algorithm 2.B for an empty password.
func hash256(salt string, revision int) []byte {
	sum := sha256.Sum256([]byte(salt))
	k := sum[:]
	if revision < 6 {
		return k
	}
	for i := 0; ; i++ {
		e := bytes.Repeat(k, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(e, e)
		rest := 0
		for _, b := range e[:16] {
			rest += int(b)
		}
		switch rest % 3 {
		case 0:
			s := sha256.Sum256(e)
			k = s[:]
		case 1:
			s := sha512.Sum384(e)
			k = s[:]
		default:
			s := sha512.Sum512(e)
			k = s[:]
		}
		if i >= 63 && int(e[len(e)-1]) <= i-31 {
			return k[:32]
		}
	}
}

func rc4Crypt(key, data []byte) []byte {
	c, err := rc4.NewCipher(key)
	if err != nil {
		return nil
	}
	out := make([]byte, len(data))
	c.XORKeyStream(out, data)
	return out
}

// crypt decrypts a string or a stream of an object (algorithm 1).
func (c *pdfCrypt) crypt(num int, data []byte) []byte {
	key := c.key
	if !c.one {
		salted := append(bytes.Clone(key), byte(num), byte(num>>8), byte(num>>16), 0, 0)
		if c.aes {
			salted = append(salted, "sAlT"...)
		}
		sum := md5.Sum(salted)
		key = sum[:min(len(c.key)+5, 16)]
	}
	if !c.aes {
		return rc4Crypt(key, data)
	}
	const size = aes.BlockSize
	block, err := aes.NewCipher(key)
	if err != nil || len(data) < 2*size {
		return nil
	}
	out := make([]byte, len(data)/size*size-size)
	cipher.NewCBCDecrypter(block, data[:size]).CryptBlocks(out, data[size:size+len(out)])
	if pad := int(out[len(out)-1]); pad >= 1 && pad <= size {
		out = out[:len(out)-pad]
	}
	return out
}

// decrypt is a stream's data as its filters expect it.
func (f *pdfFile) decrypt(s *pdfStream) []byte {
	if f.crypt == nil {
		return s.raw
	}
	return f.crypt.crypt(s.num, s.raw)
}

// decryptStrings does so for every string that is not in an object stream.
func (f *pdfFile) decryptStrings(found []pdfFound) {
	for i, o := range found {
		found[i].value = f.decrypted(o.num, o.value)
	}
}

func (f *pdfFile) decrypted(num int, v any) any {
	switch v := v.(type) {
	case string:
		return string(f.crypt.crypt(num, []byte(v)))
	case []any:
		for i := range v {
			v[i] = f.decrypted(num, v[i])
		}
	case pdfDict:
		for k := range v {
			v[k] = f.decrypted(num, v[k])
		}
	case *pdfStream:
		f.decrypted(num, v.dict)
	}
	return v
}

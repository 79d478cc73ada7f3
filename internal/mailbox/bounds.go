package mailbox

import (
	"fmt"
	"net"
	"strings"
	"sync"
)

// What a server may say. The library has no bounds of its own: it would keep a line without end in memory, and follow
// lists into lists until the stack is full.
const (
	maxResponse = 256 << 10 // bytes of one response, without the texts of messages
	maxDepth    = 64        // lists within lists; honest answers to what we ask have four
	maxString   = 64 << 10  // bytes of a literal that is no text of a message: it is kept in memory
	maxChatter  = 1 << 20   // bytes of all responses to a command
	maxStream   = 64 << 20  // the same where they are not kept: a listing of 700,000 messages, hours of IDLE
	spare       = 8 << 20   // bytes of messages beyond what was asked for: servers err about sizes
)

// bounds is a connection, decrypted, that ends when the server says more than it may. It reads along (RFC 9051, 9),
// as far as is needed to tell lists and lines from what is quoted and from messages, and takes nothing for either
// that the library would not: whatever it is not sure of ends the connection, too.
type bounds struct {
	net.Conn
	end      func(reason error)
	maxBody  int64 // bytes of one message
	maxTexts int64 // bytes of all messages that come in an answer

	mu    sync.Mutex
	chat  int64 // bytes of responses that may still come
	texts int64 // the same of messages
	ended error

	at      place
	tagged  bool
	word    []byte // what kind of response it is, or the code of a status
	size    int    // bytes of this response so far
	depth   int
	before  [2]byte // the last two bytes
	literal int64   // bytes of it that are still to come, or what its header says so far
	digits  int     // of its header
	body    bool    // it is a message, which is not kept
}

// place is where in a response we are.
type place int

const (
	inTag      place = iota
	inWord           // OK, FETCH, 12
	behindOK         // the blank behind the word of a status
	inCode           // a status's code, in brackets: its name
	behindCode       // and what follows
	inText           // words for people: anything goes
	inData
	inQuotes
	inEscape
	inSize     // of a literal: {12
	behindSize // }
	inLiteral
)

func newBounds(conn net.Conn, maxBody, maxTexts int64, end func(error)) *bounds {
	b := &bounds{Conn: conn, end: end, maxBody: maxBody + spare, maxTexts: maxTexts + spare}
	b.renew(maxChatter)
	return b
}

// renew allows what one command may bring.
func (b *bounds) renew(chat int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.chat, b.texts = chat, b.maxTexts
}

// Read implements net.Conn.
func (b *bounds) Read(p []byte) (int, error) {
	n, err := b.Conn.Read(p)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ended == nil {
		if b.ended = b.follow(p[:n]); b.ended != nil {
			b.end(b.ended)
		}
	}
	if b.ended != nil {
		return 0, b.ended
	}
	return n, err
}

// follow reads along.
func (b *bounds) follow(p []byte) error {
	for len(p) > 0 {
		if b.at == inLiteral {
			n := min(int64(len(p)), b.literal)
			p = p[n:]
			if b.literal -= n; b.literal == 0 {
				b.at = inData
			}
			continue
		}
		if err := b.spend(1); err != nil {
			return err
		}
		if err := b.step(p[0]); err != nil {
			return err
		}
		b.before = [2]byte{b.before[1], p[0]}
		p = p[1:]
	}
	return nil
}

// spend counts what is no text of a message.
func (b *bounds) spend(n int64) error {
	b.size += int(n)
	b.chat -= n
	switch {
	case b.size > maxResponse:
		return fmt.Errorf("the server sends a response of more than %d bytes", maxResponse)
	case b.chat < 0:
		return fmt.Errorf("the server sends responses without end")
	}
	return nil
}

// step takes one byte.
func (b *bounds) step(c byte) error {
	switch b.at {
	case inTag:
		b.tag(c)
	case inWord:
		return b.kind(c)
	case behindOK:
		if b.at = inText; c == '[' {
			b.at, b.word = inCode, b.word[:0]
		}
	case inCode, behindCode:
		return b.code(c)
	case inData:
		return b.data(c)
	case inQuotes, inEscape:
		return b.quoted(c)
	case inSize, behindSize:
		return b.header(c)
	}
	if c == '\n' && b.at == inText {
		b.respond()
	}
	return nil
}

// respond makes ready for the next response.
func (b *bounds) respond() {
	b.at, b.tagged, b.word, b.size, b.depth = inTag, false, b.word[:0], 0, 0
}

func (b *bounds) tag(c byte) {
	switch {
	case b.size == 1 && c == '+':
		b.at = inText
	case c == '\n':
		b.respond()
	case c == ' ':
		b.at = inWord
	case c != '*' || b.size > 1:
		b.tagged = true
	}
}

// kind reads the word that says what a response is: behind it there are words for people, or data.
func (b *bounds) kind(c byte) error {
	if atom(c) {
		if len(b.word) < 16 {
			b.word = append(b.word, c)
		}
		return nil
	}
	word := strings.ToUpper(string(b.word))
	switch word {
	case "OK", "NO", "BAD", "BYE", "PREAUTH":
		b.tagged = true
	}
	switch {
	case b.tagged && c == ' ':
		b.at = behindOK
	case b.tagged && c == '\n':
		b.respond()
	case b.tagged:
		b.at = inText
	case c == ' ' && word != "" && strings.Trim(word, "0123456789") == "":
		b.word = b.word[:0] // "12 EXISTS"
	default:
		b.at = inData
		return b.data(c)
	}
	return nil
}

// code reads along in the code of a status, which ends in its line: the library would look for the bracket in the
// next ones.
func (b *bounds) code(c byte) error {
	switch {
	case c == ']':
		b.at = inText
	case c == '\n':
		return fmt.Errorf("the server sends a response code without an end")
	case b.at == inCode && atom(c):
		if len(b.word) < 16 {
			b.word = append(b.word, c)
		}
	default:
		b.at = behindCode
		return b.list(c)
	}
	return nil
}

func (b *bounds) data(c byte) error {
	switch c {
	case '\n':
		b.respond()
	case '"':
		b.at = inQuotes
	case '{':
		b.at, b.literal, b.digits = inSize, 0, 0
		b.body = strings.EqualFold(string(b.word), "FETCH") && (b.before == [2]byte{']', ' '} ||
			b.before == [2]byte{'>', ' '})
	default:
		return b.list(c)
	}
	return nil
}

// list counts parentheses. Among capabilities there are none, and the library would never get past one.
func (b *bounds) list(c byte) error {
	switch {
	case c == ')':
		b.depth = max(b.depth-1, 0)
	case c == '(' && strings.EqualFold(string(b.word), "CAPABILITY"):
		return fmt.Errorf("the server sends a list among its capabilities")
	case c == '(':
		if b.depth++; b.depth > maxDepth {
			return fmt.Errorf("the server sends lists nested more than %d deep", maxDepth)
		}
	}
	return nil
}

func (b *bounds) quoted(c byte) error {
	switch {
	case c == '\n':
		return fmt.Errorf("the server sends a quoted string of several lines")
	case b.at == inEscape:
		b.at = inQuotes
	case c == '\\':
		b.at = inEscape
	case c == '"':
		b.at = inData
	}
	return nil
}

// header reads the size of a literal: "12}" and the end of the line.
func (b *bounds) header(c byte) error {
	switch {
	case b.at == inSize && c >= '0' && c <= '9' && b.digits < 18:
		b.literal, b.digits = b.literal*10+int64(c-'0'), b.digits+1
	case b.at == inSize && c == '}' && b.digits > 0:
		b.at = behindSize
	case b.at == behindSize && c == '\n':
		return b.open()
	case b.at != behindSize || c != ' ' && c != '\r':
		return fmt.Errorf("the server sends a literal with a wrong size")
	}
	return nil
}

// open decides whether a literal may come.
func (b *bounds) open() error {
	if b.at = inLiteral; b.literal == 0 {
		b.at = inData
	}
	switch {
	case !b.body && b.literal > maxString, b.literal > b.maxBody:
		return fmt.Errorf("the server sends a literal of %d bytes", b.literal)
	case !b.body:
		return b.spend(b.literal)
	}
	if b.texts -= b.literal; b.texts < 0 {
		return fmt.Errorf("the server sends more of messages than was asked for")
	}
	return nil
}

// atom reports whether a byte may stand in a word (ATOM-CHAR), as the library sees it.
func atom(c byte) bool {
	return c > ' ' && c != 0x7f && !(c >= 0x80 && c < 0xa0) && !strings.ContainsRune(`(){%*"\]`, rune(c))
}

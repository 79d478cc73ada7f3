package mailbox

import (
	"io"
	"net"
	"strings"
	"testing"
	"testing/iotest"
)

// heard is a connection on which a server has said something.
type heard struct {
	net.Conn
	io.Reader
}

func (h heard) Read(p []byte) (int, error) { return h.Reader.Read(p) }

// listen reads what a server says through the bounds: what came through, and why it ended.
func listen(said io.Reader) (string, error) {
	b := newBounds(heard{Reader: said}, 1<<20, 2<<20, func(error) {})
	got, err := io.ReadAll(b)
	return string(got), err
}

// Honest servers may say all this, in pieces of any size.
func TestBoundsLetHonestServersSpeak(t *testing.T) {
	deep := strings.Repeat("(", 100_000)
	for name, said := range map[string]string{
		"greeting": "* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN] (((( \"ready {5}\r\n* OK {99999999999}\r\n",
		"no words": "* OK\r\nT1 OK\r\n* BYE \r\n",
		"going on": "+ \r\n+\r\n+ go \"on {3}\r\n",
		"codes": "* OK [PERMANENTFLAGS (\\Deleted \\*)] ok\r\nT3 OK [COPYUID 7 1:500 2:501] moved\r\n* NO " +
			"[BADCHARSET (US-ASCII)] x\r\n",
		"lists": "* LIST (\\HasNoChildren) \"/\" \"a\\\" (((( {7}\"\r\n* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n",
		"structure": "* 1 FETCH (BODYSTRUCTURE " + strings.Repeat("(", 60) + "\"text\"" + strings.Repeat(")", 60) +
			")\r\n",
		"literals": "* LIST () \"/\" {6}\r\nIN(BOX\r\n* MYRIGHTS {5}\r\nINBOX lr\r\n",
		"message": "* 1 FETCH (UID 1 BODY[] {100000}\r\n" + deep +
			")\r\n* 2 fetch (BODY[]<0> {3}\r\na\"( UID 2)\r\nT9 OK\r\n",
		"empty message":  "* 1 FETCH (BODY[] {0}\r\n UID 1)\r\n",
		"much":           strings.Repeat("* 12 EXISTS\r\n", 70_000),
		"flags":          "* FLAGS (" + strings.Repeat("$kata-kunci ", 20_000) + ")\r\n",
		"bare line ends": "* OK hi\n* 1 FETCH (BODY[] {2}\n((\n UID 1)\n",
	} {
		t.Run(name, func(t *testing.T) {
			for how, r := range map[string]io.Reader{"at once": strings.NewReader(said),
				"by bytes": iotest.OneByteReader(strings.NewReader(said))} {
				if got, err := listen(r); err != nil || got != said {
					t.Errorf("%s: %d of %d bytes came through: %v", how, len(got), len(said), err)
				}
			}
		})
	}
}

// What has no end is ended, and what the library would choke on never reaches it.
func TestBoundsEndTheRest(t *testing.T) {
	for name, c := range map[string]struct{ first, unit, says string }{
		"greeting":             {"* OK ", "a", "response of more than 262144 bytes"},
		"tag":                  {"", "a", "response of more than"},
		"word":                 {"* ", "A", "response of more than"},
		"number":               {"* ", "1", "response of more than"},
		"going on":             {"+ ", "a", "response of more than"},
		"code":                 {"* OK [", "a", "response of more than"},
		"data":                 {"* LIST () \"/\" ", "a", "response of more than"},
		"search":               {"* SEARCH", " 1", "response of more than"},
		"quoted":               {"* LIST () \"", "a", "response of more than"},
		"strings of one reply": {"* ID (", "{1000}\r\n" + strings.Repeat("a", 1000) + " ", "response of more than"},
		"replies":              {"", "* 1 EXISTS\r\n", "responses without end"},
		"blank lines":          {"", "\r\n", "responses without end"},
		"goings on":            {"", "+ \r\n", "responses without end"},
		"strings": {"", "* LIST () \"/\" {60000}\r\n" + strings.Repeat("a", 60000) + "\r\n",
			"responses without end"},
		"lists":                  {"* 1 FETCH (BODYSTRUCTURE ", "(", "lists nested more than 64 deep"},
		"lists with words":       {"* THREAD ", "(1 ", "nested"},
		"lists behind a string":  {"* LIST {1}\r\na", "(", "nested"},
		"lists behind a message": {"* 1 FETCH (BODY[] {1}\r\na", "(", "nested"},
		"lists behind a quote":   {"* ID \"\\\\\" ", "(", "nested"},
		"lists in a code":        {"* OK [BADCHARSET ", "(", "nested"},
		"code of several lines":  {"* OK [X a\r\n", "", "response code without an end"},
		"quote of several lines": {"* LIST () \"a\r\n", "", "quoted string of several lines"},
		"escaped line end":       {"* LIST () \"a\\\n", "", "quoted string of several lines"},
		"list of capabilities":   {"* CAPABILITY (", "", "list among its capabilities"},
		"capabilities in a code": {"T1 OK [CAPABILITY(", "", "list among its capabilities"},
		"message":                {"* 1 FETCH (BODY[] {4000000000}\r\n", "", "a literal of 4000000000 bytes"},
		"message elsewhere":      {"* LIST (BODY[] {70000}\r\n", "", "a literal of 70000 bytes"},
		"string":                 {"* 1 FETCH (ENVELOPE ({70000}\r\n", "", "a literal of 70000 bytes"},
		"messages": {"", "* 1 FETCH (BODY[] {1000000}\r\n" + strings.Repeat("a", 1000000) + ")\r\n",
			"more of messages than was asked for"},
		"no size":             {"* 1 FETCH (BODY[] {}\r\n", "", "literal with a wrong size"},
		"size beyond numbers": {"* 1 FETCH (BODY[] {9999999999999999999999}\r\n", "", "literal with a wrong size"},
		"negative size":       {"* 1 FETCH (BODY[] {-1}\r\n", "", "literal with a wrong size"},
		"size that waits":     {"* 1 FETCH (BODY[] {1+}\r\n", "", "literal with a wrong size"},
		"size amid a line":    {"* 1 FETCH (BODY[] {1} a\r\n", "", "literal with a wrong size"},
	} {
		t.Run(name, func(t *testing.T) {
			said := io.MultiReader(strings.NewReader(c.first), endless(c.unit))
			got, err := listen(said)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("ended with %v, want %q", err, c.says)
			}
			if len(got) > 16<<20 {
				t.Errorf("%d bytes came through", len(got))
			}
		})
	}
}

// endless repeats a text without end.
func endless(unit string) io.Reader {
	if unit == "" {
		return strings.NewReader("")
	}
	return &repeated{unit: unit}
}

type repeated struct{ unit, left string }

func (r *repeated) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if r.left == "" {
			r.left = r.unit
		}
		k := copy(p[n:], r.left)
		n, r.left = n+k, r.left[k:]
	}
	return n, nil
}

// A command may bring as much as the one before, whatever that brought.
func TestBoundsAreRenewed(t *testing.T) {
	b := newBounds(heard{Reader: endless("* 1 EXISTS\r\n")}, 1, 1, func(error) {})
	p := make([]byte, maxChatter)
	for range 5 {
		b.renew(maxChatter)
		if _, err := io.ReadFull(b, p); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := io.ReadFull(b, p); err == nil {
		t.Error("not ended")
	}
}

// Whatever a server says and however it comes, what is made of it is the same; it is never changed; and a deep list
// that is in no string is never let through.
func FuzzBounds(f *testing.F) {
	for _, s := range []string{
		"* OK [CAPABILITY IMAP4rev1] hi\r\n* LIST () \"/\" {5}\r\nINBOX\r\n",
		"* 1 FETCH (BODY[] {3}\r\na(b UID 1)\r\nT1 OK [X] \"\r\n",
		"* NO [A (\"\r\n", "+ \"{3}\r\n* 5 OK {3}\r\n", "* OK{3}\r\n(((",
	} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, s string, size int) {
		whole, wholeErr := listen(strings.NewReader(s))
		pieces, piecesErr := listen(&chunks{s, 1 + max(size, -size)%7})
		if !strings.HasPrefix(s, whole) || !strings.HasPrefix(s, pieces) || wholeErr == nil && whole != s ||
			(wholeErr == nil) != (piecesErr == nil) {
			t.Errorf("at once %q, %v; in pieces %q, %v", whole, wholeErr, pieces, piecesErr)
		}
		if _, err := listen(strings.NewReader("* ID NIL\r\n* 1 FETCH " + strings.Repeat("(", maxDepth+1) + s)); err == nil {
			t.Error("a deep list was let through")
		}
	})
}

// chunks gives a text in pieces of a size.
type chunks struct {
	left string
	size int
}

func (c *chunks) Read(p []byte) (int, error) {
	if c.left == "" {
		return 0, io.EOF
	}
	n := copy(p[:min(c.size, len(p))], c.left)
	c.left = c.left[n:]
	return n, nil
}

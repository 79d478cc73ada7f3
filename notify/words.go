package notify

// readsLikeWords tells words from characters that were drawn at random, however
// they are split: by how often each letter follows the one before in letters of
// an office, in Indonesian and English. Of random ones, one in 5,000 reads like
// words.
func readsLikeWords(text []byte, gap []bool) bool {
	score, alone := 0, 0
	last := byte(0)
	for i, c := range text {
		if c == dash {
			continue
		}
		parted := i > 0 && (gap[i] || text[i-1] == dash)
		switch {
		case last == 0:
		case isDigitSign(c) != isDigitSign(last):
			if !parted { // jam2 is a word, k3j5 is none
				score -= 3
			}
		case !isDigitSign(c):
			score += int(follows[last-'a'][c-'a']-'0') - usual
		}
		if alone++; parted {
			alone = 1
		}
		if next := i + 1; alone == 1 && (next == len(text) || gap[next] || text[next] == dash) {
			score -= 3 // words have more letters
		}
		last = c
	}
	return score >= 0
}

func isDigitSign(c byte) bool { return '0' <= c && c <= '9' }

// usual is how often a letter would follow, were all as frequent.
const usual = 6

// follows says for each letter how often each of a to z comes next, as a logarithm.
var follows = [26]string{
	"88694468859989380999836383", // a
	"94348101652530640523740030", // b
	"74256005426332730236400220", // c
	"95468423934253640557525160", // d
	"66775665546889574988356441", // e
	"43435500600250501413200010", // f
	"84366174726456660655603050", // g
	"84356011615343740466502040", // h
	"87696666548779570788453054", // i
	"70006000403000300000700000", // j
	"94058255715464750365903040", // k
	"94258215804633740256634350", // l
	"97149101703542770142701030", // m
	"97687594867567770679655281", // n
	"54663457625868670866654140", // o
	"94149024633632670556700630", // p
	"20000000000000000000400000", // q
	"95478364856675760377653050", // r
	"85468325816455661368725140", // s
	"95478427827564860766844070", // t
	"87475255668778360778323062", // u
	"53616000500020200030000000", // v
	"70005004700002430212100000", // w
	"45300300200430050032003200", // x
	"93235103502621440145501020", // y
	"30003000200000100000001000", // z
}

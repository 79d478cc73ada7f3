package mailparse_test

// language is how mail programs speak one language: the printed header, the lines above quotes, the line of a telephone.
type language struct {
	name                                   string
	from, sent, to, subject                string // fields of a printed header, as Outlook names them
	date                                   string // as Outlook prints it
	original, forwarded                    string // what stands between dashes
	gmail, apple, thunderbird, phone, mail string // mail: the mobile Outlook's own line
}

// languages are written down from what the programs print. Names and addresses are one person's.
var languages = []language{
	{"Indonesian", "Dari", "Dikirim", "Kepada", "Perihal", "Kamis, 12 Juli 2018 09.15", "Pesan Asli", "Pesan terusan",
		"Pada tanggal Kam, 12 Jul 2018 pukul 09.15 Ani Wijaya <ani@batan.go.id> menulis:", "Pada 12 Jul 2018, pukul 09.15, Ani Wijaya <ani@batan.go.id> menulis:", "Pada 12/07/18 09.15, Ani Wijaya menulis:", "Dikirim dari iPhone saya", "Dapatkan Outlook untuk Android<https://aka.ms/x>"},
	{"English", "From", "Sent", "To", "Subject", "Thursday, July 12, 2018 9:15 AM", "Original Message", "Forwarded message",
		"On Thu, Jul 12, 2018 at 9:15 AM Ani Wijaya <ani@batan.go.id> wrote:", "On 12 Jul 2018, at 09:15, Ani Wijaya <ani@batan.go.id> wrote:", "On 12/07/18 09:15, Ani Wijaya wrote:", "Sent from my iPhone", "Get Outlook for iOS<https://aka.ms/x>"},
	{"Malay", "Daripada", "Dihantar", "Kepada", "Subjek", "Khamis, 12 Julai 2018 9:15 PG", "Mesej Asal", "Mesej dimajukan",
		"Pada Kha, 12 Jul 2018 pada 9:15 PG Ani Wijaya <ani@batan.go.id> menulis:", "Pada 12 Jul 2018, pada 9:15 PG, Ani Wijaya <ani@batan.go.id> menulis:", "Pada 12/7/2018 9:15 PG, Ani Wijaya menulis:", "Dihantar daripada iPhone saya", "Dapatkan Outlook untuk iOS"},
	{"Dutch", "Van", "Verzonden", "Aan", "Onderwerp", "donderdag 12 juli 2018 09:15", "Oorspronkelijk bericht", "Doorgestuurd bericht",
		"Op do 12 jul. 2018 om 09:15 schreef Ani Wijaya <ani@batan.go.id>:", "Op 12 jul. 2018, om 09:15 heeft Ani Wijaya <ani@batan.go.id> het volgende geschreven:", "Op 12-07-18 om 09:15 schreef Ani Wijaya:", "Verstuurd vanaf mijn iPhone", "Outlook voor iOS downloaden"},
	{"German", "Von", "Gesendet", "An", "Betreff", "Donnerstag, 12. Juli 2018 09:15", "Ursprüngliche Nachricht", "Weitergeleitete Nachricht",
		"Am Do., 12. Juli 2018 um 09:15 Uhr schrieb Ani Wijaya <ani@batan.go.id>:", "Am 12.07.2018 um 09:15 schrieb Ani Wijaya <ani@batan.go.id>:", "Am 12.07.18 um 09:15 schrieb Ani Wijaya:", "Von meinem iPhone gesendet", "Outlook für iOS beziehen"},
	{"French", "De", "Envoyé", "À", "Objet", "jeudi 12 juillet 2018 09:15", "Message d'origine", "Message transféré",
		"Le jeu. 12 juil. 2018 à 09:15, Ani Wijaya <ani@batan.go.id> a écrit :", "Le 12 juil. 2018 à 09:15, Ani Wijaya <ani@batan.go.id> a écrit :", "Le 12/07/2018 à 09:15, Ani Wijaya a écrit :", "Envoyé de mon iPhone", "Télécharger Outlook pour iOS"},
	{"Spanish", "De", "Enviado el", "Para", "Asunto", "jueves, 12 de julio de 2018 9:15", "Mensaje original", "Mensaje reenviado",
		"El jue, 12 jul 2018 a las 9:15, Ani Wijaya (<ani@batan.go.id>) escribió:", "El 12 jul 2018, a las 9:15, Ani Wijaya <ani@batan.go.id> escribió:", "El 12/7/18 a las 9:15, Ani Wijaya escribió:", "Enviado desde mi iPhone", "Obtener Outlook para iOS"},
	{"Portuguese", "De", "Enviada em", "Para", "Assunto", "quinta-feira, 12 de julho de 2018 09:15", "Mensagem original", "Mensagem encaminhada",
		"Em qui., 12 de jul. de 2018 às 09:15, Ani Wijaya <ani@batan.go.id> escreveu:", "Em 12 de jul. de 2018, à(s) 09:15, Ani Wijaya <ani@batan.go.id> escreveu:", "Em 12/07/2018 09:15, Ani Wijaya escreveu:", "Enviado do meu iPhone", "Obter o Outlook para iOS"},
	{"Portuguese of Portugal", "De", "Enviado", "Para", "Assunto", "12 de julho de 2018 09:15", "Mensagem original", "Mensagem encaminhada",
		"Ani Wijaya <ani@batan.go.id> escreveu no dia quinta, 12/07/2018 à(s) 09:15:", "No dia 12/07/2018, às 09:15, Ani Wijaya <ani@batan.go.id> escreveu:", "Às 09:15 de 12/07/2018, Ani Wijaya escreveu:", "Enviado do meu iPhone", "Obter o Outlook para iOS"},
	{"Italian", "Da", "Inviato", "A", "Oggetto", "giovedì 12 luglio 2018 09:15", "Messaggio originale", "Messaggio inoltrato",
		"Il giorno gio 12 lug 2018 alle ore 09:15 Ani Wijaya <ani@batan.go.id> ha scritto:", "Il giorno 12 lug 2018, alle ore 09:15, Ani Wijaya <ani@batan.go.id> ha scritto:", "Il 12/07/18 09:15, Ani Wijaya ha scritto:", "Inviato da iPhone", "Ottieni Outlook per iOS"},
	{"Polish", "Od", "Wysłane", "Do", "Temat", "czwartek, 12 lipca 2018 09:15", "Wiadomość oryginalna", "Przekazana wiadomość",
		"czw., 12 lip 2018 o 09:15 Ani Wijaya <ani@batan.go.id> napisał(a):", "Wiadomość napisana przez Ani Wijaya <ani@batan.go.id> w dniu 12 lip 2018, o godz. 09:15:", "W dniu 12.07.2018 o 09:15, Ani Wijaya pisze:", "Wysłane z iPhone'a", "Pobierz program Outlook dla systemu iOS"},
	{"Russian", "От", "Отправлено", "Кому", "Тема", "12 июля 2018 г. 9:15", "Исходное сообщение", "Пересылаемое сообщение",
		"чт, 12 июл. 2018 г. в 09:15, Ani Wijaya <ani@batan.go.id>:", "12 июля 2018 г., в 09:15, Ani Wijaya <ani@batan.go.id> написал(а):", "12.07.2018 09:15, Ani Wijaya пишет:", "Отправлено с iPhone", "Получить Outlook для iOS"},
	{"Ukrainian", "Від", "Надіслано", "Кому", "Тема", "12 липня 2018 р. 9:15", "Вихідне повідомлення", "Переслане повідомлення",
		"чт, 12 лип. 2018 р. о 09:15 Ani Wijaya <ani@batan.go.id> пише:", "12 лип. 2018 р. о 09:15 Ani Wijaya <ani@batan.go.id> написав(-ла):", "12.07.18 09:15, Ani Wijaya пише:", "Надіслано з iPhone", "Отримати Outlook для iOS"},
	{"Turkish", "Kimden", "Gönderildi", "Kime", "Konu", "12 Temmuz 2018 Perşembe 09:15", "Orijinal Mesaj", "İletilen mesaj",
		"Ani Wijaya <ani@batan.go.id>, 12 Tem 2018 Per, 09:15 tarihinde şunu yazdı:", "Ani Wijaya <ani@batan.go.id> şunları yazdı (12 Tem 2018 09:15):", "12.07.2018 09:15 tarihinde Ani Wijaya yazdı:", "iPhone'umdan gönderildi", "iOS için Outlook'u edinin"},
	{"Japanese", "差出人", "送信日時", "宛先", "件名", "2018年7月12日木曜日 9:15", "元のメッセージ", "転送メッセージ",
		"2018年7月12日(木) 9:15 Ani Wijaya <ani@batan.go.id>:", "2018/07/12 9:15、Ani Wijaya <ani@batan.go.id>のメール:", "2018/07/12 9:15、Ani Wijaya さんが書きました:", "iPhoneから送信", "Outlook for iOS を入手"},
	{"Chinese", "发件人", "发送时间", "收件人", "主题", "2018年7月12日 9:15", "原始邮件", "转发邮件",
		"Ani Wijaya <ani@batan.go.id> 于2018年7月12日周四 上午9:15写道：", "在 2018年7月12日，上午9:15，Ani Wijaya <ani@batan.go.id> 写道：", "在 2018/7/12 9:15, Ani Wijaya 写道:", "发自我的iPhone", "获取 Outlook for iOS"},
	{"Chinese of Taiwan", "寄件者", "寄件日期", "收件者", "主旨", "2018年7月12日 上午 09:15", "原始郵件", "轉寄郵件",
		"Ani Wijaya <ani@batan.go.id> 於 2018年7月12日 週四 上午9:15寫道：", "Ani Wijaya <ani@batan.go.id> 於 2018年7月12日 上午9:15 寫道：", "Ani Wijaya 於 2018/7/12 上午 09:15 寫道:", "從我的iPhone傳送", "取得 iOS 版 Outlook"},
	{"Korean", "보낸 사람", "보낸 날짜", "받는 사람", "제목", "2018년 7월 12일 목요일 오전 9:15", "원본 메시지", "전달된 메시지",
		"2018년 7월 12일 (목) 오전 9:15, Ani Wijaya <ani@batan.go.id>님이 작성:", "2018. 7. 12. 오전 9:15, Ani Wijaya <ani@batan.go.id> 작성:", "2018-07-12 오전 9:15에 Ani Wijaya 이(가) 쓴 글:", "나의 iPhone에서 보냄", "iOS용 Outlook 다운로드"},
	{"Arabic", "من", "تم الإرسال", "إلى", "الموضوع", "12 يوليو, 2018 09:15 ص", "الرسالة الأصلية", "رسالة معاد توجيهها",
		"في الخميس، 12 يوليو 2018 في 9:15 ص تمت كتابة ما يلي بواسطة Ani Wijaya <ani@batan.go.id>:", "في ١٢ يوليو ٢٠١٨، الساعة ٩:١٥ ص، كتب Ani Wijaya <ani@batan.go.id>:", "في 12/7/2018 9:15 ص، كتب Ani Wijaya:", "أُرسلت من الـ iPhone", "الحصول على Outlook لـ iOS"},
	{"Vietnamese", "Từ", "Đã gửi", "Đến", "Chủ đề", "Thứ Năm, 12 tháng 7, 2018 9:15 SA", "Thư gốc", "Thư đã chuyển tiếp",
		"Vào Th 5, 12 thg 7, 2018 vào lúc 09:15 Ani Wijaya <ani@batan.go.id> đã viết:", "Vào 12 thg 7, 2018, lúc 09:15, Ani Wijaya <ani@batan.go.id> đã viết:", "Vào 12/07/2018 09:15, Ani Wijaya đã viết:", "Đã gửi từ iPhone của tôi", "Tải Outlook cho iOS"},
	{"Thai", "จาก", "ส่ง", "ถึง", "เรื่อง", "12 กรกฎาคม 2561 9:15", "ข้อความต้นฉบับ", "ข้อความที่ส่งต่อ",
		"ในวันที่ พฤ. 12 ก.ค. 2018 เวลา 09:15 Ani Wijaya <ani@batan.go.id> เขียนว่า:", "ในวันที่ 12 ก.ค. 2561 เวลา 09:15 Ani Wijaya <ani@batan.go.id> เขียน:", "ในวันที่ 12/7/2018 9:15 Ani Wijaya เขียนว่า:", "ส่งจาก iPhone ของฉัน", "รับ Outlook สำหรับ iOS"},
	{"Swedish", "Från", "Skickat", "Till", "Ämne", "den 12 juli 2018 09:15", "Ursprungligt meddelande", "Vidarebefordrat meddelande",
		"Den tors 12 juli 2018 kl 09:15 skrev Ani Wijaya <ani@batan.go.id>:", "12 juli 2018 kl. 09:15 skrev Ani Wijaya <ani@batan.go.id>:", "Den 2018-07-12 kl. 09:15, skrev Ani Wijaya:", "Skickat från min iPhone", "Skaffa Outlook för iOS"},
	{"Danish", "Fra", "Sendt", "Til", "Emne", "12. juli 2018 09:15", "Oprindelig meddelelse", "Videresendt meddelelse",
		"Den tor. 12. jul. 2018 kl. 09.15 skrev Ani Wijaya <ani@batan.go.id>:", "Den 12. jul. 2018 kl. 09.15 skrev Ani Wijaya <ani@batan.go.id>:", "Den 12-07-2018 kl. 09:15 skrev Ani Wijaya:", "Sendt fra min iPhone", "Hent Outlook til iOS"},
	{"Norwegian", "Fra", "Sendt", "Til", "Emne", "torsdag 12. juli 2018 09:15", "Opprinnelig melding", "Videresendt melding",
		"tor. 12. jul. 2018 kl. 09:15 skrev Ani Wijaya <ani@batan.go.id>:", "12. jul. 2018 kl. 09:15 skrev Ani Wijaya <ani@batan.go.id>:", "Den 12.07.2018 09:15, skrev Ani Wijaya:", "Sendt fra min iPhone", "Skaff deg Outlook for iOS"},
	{"Finnish", "Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe", "torstai 12. heinäkuuta 2018 9.15", "Alkuperäinen viesti", "Välitetty viesti",
		"to 12. heinäk. 2018 klo 9.15 Ani Wijaya (ani@batan.go.id) kirjoitti:", "Ani Wijaya <ani@batan.go.id> kirjoitti 12.7.2018 kello 9.15:", "Ani Wijaya kirjoitti 12.7.2018 klo 9.15:", "Lähetetty iPhonesta", "Hanki Outlook for iOS"},
	{"Czech", "Od", "Odesláno", "Komu", "Předmět", "čtvrtek 12. července 2018 9:15", "Původní zpráva", "Přeposlaná zpráva",
		"čt 12. 7. 2018 v 9:15 odesílatel Ani Wijaya <ani@batan.go.id> napsal:", "12. 7. 2018 v 9:15, Ani Wijaya <ani@batan.go.id>:", "Dne 12.07.2018 v 9:15 Ani Wijaya napsal(a):", "Odesláno z iPhonu", "Získat Outlook pro iOS"},
	{"Hungarian", "Feladó", "Elküldve", "Címzett", "Tárgy", "2018. július 12., csütörtök 9:15", "Eredeti üzenet", "Továbbított üzenet",
		"Ani Wijaya <ani@batan.go.id> ezt írta (időpont: 2018. júl. 12., Cs, 9:15):", "2018. 07. 12. dátummal, 9:15 időpontban Ani Wijaya <ani@batan.go.id> írta:", "2018.07.12. 9:15 keltezéssel, Ani Wijaya írta:", "Az iPhone-omról küldve", "Az iOS Outlook letöltése"},
	{"Romanian", "De la", "Trimis", "Către", "Subiect", "joi, 12 iulie 2018 09:15", "Mesaj original", "Mesaj redirecționat",
		"În joi, 12 iul. 2018 la 09:15, Ani Wijaya <ani@batan.go.id> a scris:", "Pe 12 iul. 2018, la 09:15, Ani Wijaya <ani@batan.go.id> a scris:", "Pe 12.07.2018 09:15, Ani Wijaya a scris:", "Trimis de pe iPhone", "Obțineți Outlook pentru iOS"},
	{"Greek", "Από", "Στάλθηκε", "Προς", "Θέμα", "Πέμπτη, 12 Ιουλίου 2018 9:15 π.μ.", "Αρχικό μήνυμα", "Προωθημένο μήνυμα",
		"Στις Πέμ 12 Ιουλ 2018 στις 9:15 π.μ., ο χρήστης Ani Wijaya <ani@batan.go.id> έγραψε:", "Στις 12 Ιουλ 2018, στις 9:15 π.μ., ο χρήστης Ani Wijaya <ani@batan.go.id> έγραψε:", "Στις 12/7/2018 9:15, ο/η Ani Wijaya έγραψε:", "Στάλθηκε από το iPhone μου", "Αποκτήστε το Outlook για iOS"},
	{"Hebrew", "מאת", "נשלח", "אל", "נושא", "יום חמישי 12 יולי 2018 09:15", "הודעה מקורית", "הודעה שהועברה",
		"\u202bבתאריך יום ה׳, 12 ביולי 2018 ב-9:15 מאת \u202aAni Wijaya\u202c\u200f <\u202aani@batan.go.id\u202c\u200f>:\u202c", "ב-12 ביולי 2018, בשעה 9:15, \u200fAni Wijaya <ani@batan.go.id> כתב/ה:", "בתאריך 12/07/2018 9:15, Ani Wijaya כתב:", "נשלח מה-iPhone שלי", "קבל את Outlook עבור iOS"},
}

// Package lexicon is the words of the language, as far as mails of an office need them: what each may do to an order
// near it (deny, bind, put off, doubt), plain words and their affixes, names, offices, greetings, and how people
// spell on telephones. It knows no command and no form.
package lexicon

// Package fold says how text is compared in mails: without case, signs and blanks, by words, by the phrases that a
// line begins with. It is the ground on which the rooms of mailparse stand, and knows nothing of mails.
package fold

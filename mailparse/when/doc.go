// Package when reads days and times of day as Indonesians and their mail programs write them. What may mean two days,
// does not exist or contradicts itself is a [Reason], never a guess.
package when

// Package form reads filled forms: labels and values in lines, tables, documents and plain sentences become a map of
// values by field id, each with its reason where it cannot be used. What a form's fields are called, and mean, is the
// site's ([Labels]); no field of any one procedure is known here.
package form

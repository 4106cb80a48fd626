// Package say is the one place where codes become what a clerk reads: Chinese
// sentences, the labels of fields and the names of code tables.
//
// Rules, stores and servers answer with a [record.Code] and never with words;
// the window, the command line and the district's console all translate here,
// so that a refusal reads the same wherever it is met. A sentence says what
// happened, whether the data is safe, and what to do now. It must never show a
// Go error, an English word that a clerk does not use, or a personal value.
//
// It imports store/record and the standard library only: the district server,
// which carries no fonts and no window, says the same sentences.
//
// # Templates
//
// The text of a code may hold {field}, the label of the field that the code is
// about (这一项 where none is named), and the code's arguments by position:
// {0}, {1}. {0.label} reads an argument as a field name, {0.date} as a day. A
// piece in square brackets stands only when its arguments are there, and
// arguments stand nowhere else, so that every text also reads without any.
package say

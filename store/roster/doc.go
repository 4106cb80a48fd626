// Package roster turns a workbook that a street sends into drafts of people:
// it opens the file, finds the sheets and the heads, reads each row, and heals
// each field by its rule.
//
// It exists apart from the store because a workbook is hostile until proven
// otherwise, and because what a row says has nothing to do with who is known
// already: matching, deciding and committing are the store's. It must never
// know a database, never write what it was not asked to write, never pass an
// identity number through a floating-point number, and never guess what a
// spreadsheet has lost.
//
// The rows are read by a scanner of its own: general readers give a cut sheet
// back as a short one without an error, and are twenty times slower. excelize
// writes workbooks here and reads none.
package roster

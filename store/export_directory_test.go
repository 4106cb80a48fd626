package store

import "rongyuan/store/record"

// TestDirectory is a directory without a file.
type TestDirectory struct{ d *directory }

func NewDirectoryForTest(people int) TestDirectory { return TestDirectory{newDirectory(people)} }

func (t TestDirectory) Put(v record.Volunteer) { t.d.put(lightOf(v)) }

func (t TestDirectory) Settle() { t.d.settle() }

// Search gives the ids of everybody who is found, best first.
func (t TestDirectory) Search(text string, limit int) []record.VolunteerID {
	var out []record.VolunteerID
	for _, slot := range t.d.choose(queryOf(text, false), t.d.sieve(PeopleFilter{}, nil), limit) {
		out = append(out, t.d.id(slot))
	}
	return out
}

// Overhead is the memory beside the texts, in bytes, spare room included.
func (t TestDirectory) Overhead() int {
	d := t.d
	n := 8*(cap(d.text)+cap(d.spelling)) + 16*cap(d.more) + 2*cap(d.spelled) + cap(d.flags) + 16*cap(d.codes) +
		8*(cap(d.numbers)+cap(d.ids)+cap(d.phones)) + 4*(cap(d.order)+cap(d.rank)+cap(d.moved))
	for _, c := range d.chains {
		n += 4 * (cap(c.heads) + cap(c.next))
	}
	return n
}

// IndexesForTest are the definitions of all indexes of the file.
func IndexesForTest(db *DB) (text string, err error) {
	err = db.reader.QueryRow("SELECT group_concat(sql, ';' ORDER BY name) FROM sqlite_schema WHERE type = 'index'").Scan(&text)
	return text, err
}

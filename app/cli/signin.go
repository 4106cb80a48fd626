package cli

import (
	"slices"

	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/roster"
)

// signedIn adds the people of a sign-in sheet. Who is not registered, or cannot
// be told from another of the same name, is kept as missing.
func (c *participants) signedIn(k *call, out []record.Entry, source string) ([]record.Entry, error) {
	src, done, err := k.source(c.signIn)
	if err != nil {
		return nil, err
	}
	defer done()
	sheet, err := roster.ReadSignIn(k.ctx, src, roster.Options{Today: k.today()})
	if err != nil {
		return nil, err
	}
	people, err := k.db.People(k.ctx, store.PeopleFilter{})
	if err != nil {
		return nil, err
	}
	byName := map[string][]store.Person{}
	for _, p := range people {
		byName[p.Name] = append(byName[p.Name], p)
	}
	for _, one := range sheet.Names {
		found := byName[one.Name]
		if len(found) > 1 && one.Phone != "" {
			found = slices.DeleteFunc(slices.Clone(found), func(p store.Person) bool { return !slices.Contains(p.Phones, one.Phone) })
		}
		if len(found) != 1 {
			c.missing = append(c.missing, one.Name)
		} else if id := found[0].ID; !slices.ContainsFunc(out, func(e record.Entry) bool { return e.Volunteer == id }) {
			out = append(out, record.Entry{Volunteer: id, Source: source})
		}
	}
	return out, nil
}

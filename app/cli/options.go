package cli

import (
	"slices"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// option is one flag of a command. The first name stands in the help; value is
// the word for what follows it, "" for a switch.
type option struct {
	names []string
	value string
	about string
	set   func(string) bool // false: the value cannot be read
}

// options are the flags of a command. Unlike package flag they may stand before
// and after the other words, since people write them in either order.
type options struct {
	list  []option
	given map[string]bool // by first name
}

func (o *options) add(names, value, about string, set func(string) bool) {
	o.list = append(o.list, option{strings.Fields(names), value, about, set})
}

// text is a flag with a text; names are parted by spaces.
func (o *options) text(p *string, names, value, about string) {
	o.add(names, value, about, func(s string) bool { *p = s; return true })
}

// number is a flag with a whole number.
func (o *options) number(p *int, names, value, about string) {
	o.add(names, value, about, func(s string) bool {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		*p = n
		return err == nil
	})
}

// many is a flag that may be repeated.
func (o *options) many(p *[]string, names, value, about string) {
	o.add(names, value, about, func(s string) bool { *p = append(*p, s); return true })
}

// yes is a switch; --name=false takes it back.
func (o *options) yes(p *bool, names, about string) {
	o.add(names, "", about, func(s string) bool {
		b, err := strconv.ParseBool(s)
		*p = b
		return err == nil
	})
}

// has reports whether a flag was given, also with an empty value.
func (o *options) has(name string) bool { return o.given[name] }

// parse reads flags wherever they stand and gives the other words. With most
// above zero it stops at that many words and gives the rest of args.
func (o *options) parse(args []string, most int) (words, rest []string, err error) {
	for len(args) > 0 {
		arg := args[0]
		switch {
		case arg == "--":
			return append(words, args[1:]...), nil, nil
		case len(arg) < 2 || arg[0] != '-':
			words, args = append(words, arg), args[1:]
			if len(words) == most {
				return words, args, nil
			}
		default:
			if args, err = o.take(args); err != nil {
				return nil, nil, err
			}
		}
	}
	return words, nil, nil
}

// take reads one flag from the head of args.
func (o *options) take(args []string) ([]string, error) {
	name, value, joined := strings.Cut(args[0], "=")
	one := o.find(name)
	if one == nil {
		return nil, usage("没有 " + name + " 这个选项")
	}
	args = args[1:]
	switch {
	case joined:
	case one.value == "":
		value = "true"
	case len(args) == 0, strings.HasPrefix(args[0], "--") && o.find(args[0]) != nil:
		return nil, usage(name + " 后面要写" + one.value)
	default:
		value, args = args[0], args[1:]
	}
	if !one.set(value) {
		return nil, usage(name + " 的值不对")
	}
	if o.given == nil {
		o.given = map[string]bool{}
	}
	o.given[one.names[0]] = true
	return args, nil
}

// find knows --id-number, --id_number and -o alike: the JSON keys have an
// underscore where the fingers expect a dash.
func (o *options) find(written string) *option {
	name := strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(written, "-"), "-"), "_", "-")
	for i := range o.list {
		if slices.Contains(o.list[i].names, name) {
			return &o.list[i]
		}
	}
	return nil
}

// usage is a command line that cannot be understood; what says why.
func usage(what string) error { return record.Fail(record.CodeUsage, what) }

package record_test

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"reflect"
	"testing"

	"rongyuan/store/record"
)

// goldenChain is a log of three operations. Its hashes were computed by another
// program in another language from the description of the chain; a released
// chain must verify for ever.
//
//go:embed testdata/chain.json
var goldenChain []byte

func chain(t *testing.T) []record.Operation {
	t.Helper()
	var ops []record.Operation
	if err := json.Unmarshal(goldenChain, &ops); err != nil {
		t.Fatal(err)
	}
	if len(ops) != 3 {
		t.Fatalf("%d operations", len(ops))
	}
	return ops
}

func TestChainIsTheGoldenOne(t *testing.T) {
	var previous []byte
	for i, op := range chain(t) {
		if !op.Follows(previous) {
			t.Fatalf("operation %d does not follow", i+1)
		}
		again := op
		again.Commit, again.Hash = nil, nil
		again.Bind(previous)
		if !bytes.Equal(again.Commit, op.Commit) || !bytes.Equal(again.Hash, op.Hash) {
			t.Fatalf("operation %d is bound to other hashes", i+1)
		}
		previous = op.Hash
	}
}

// Every field of an operation stands in its hash: whoever adds one and forgets
// the chain fails here.
func TestEveryAlteredFieldBreaksTheChain(t *testing.T) {
	ops := chain(t)
	good, previous := ops[1], ops[0].Hash
	of := reflect.TypeFor[record.Operation]()
	for i := range of.NumField() {
		name := of.Field(i).Name
		for n, altered := range alterations(good, i) {
			if altered.Follows(previous) {
				t.Errorf("%s altered (%d) still follows", name, n)
			}
		}
	}
	for i := range previous {
		other := bytes.Clone(previous)
		other[i] ^= 1
		if good.Follows(other) {
			t.Errorf("it follows another entry, byte %d", i)
		}
	}
	if good.Follows(nil) || ops[2].Follows(previous) || good.Follows(append(bytes.Clone(previous), 0)) {
		t.Error("it follows what it does not")
	}
}

// alterations are copies of an operation with field i altered: each bit of a
// text or number once, a byte more, a byte less, nothing.
func alterations(op record.Operation, i int) []record.Operation {
	var out []record.Operation
	with := func(set func(f reflect.Value)) {
		altered := op
		set(reflect.ValueOf(&altered).Elem().Field(i))
		out = append(out, altered)
	}
	field := reflect.ValueOf(op).Field(i)
	if field.Kind() == reflect.Int || field.Kind() == reflect.Int64 {
		for bit := range 63 {
			with(func(f reflect.Value) { f.SetInt(f.Int() ^ 1<<bit) })
		}
		with(func(f reflect.Value) { f.SetInt(-f.Int() - 1) })
		return out
	}
	var text []byte
	if field.Kind() == reflect.String {
		text = []byte(field.String())
	} else {
		text = field.Bytes()
	}
	put := func(b []byte) {
		with(func(f reflect.Value) { f.Set(reflect.ValueOf(b).Convert(f.Type())) })
	}
	for n := range len(text) * 8 {
		other := bytes.Clone(text)
		other[n/8] ^= 1 << (n % 8)
		put(other)
	}
	put(append(bytes.Clone(text), 0))
	put(append(bytes.Clone(text), ' '))
	put(text[:len(text)-1])
	put(text[:0])
	return out
}

func TestTextCannotMoveBetweenFields(t *testing.T) {
	op, previous := chain(t)[1], chain(t)[0].Hash
	for name, move := range map[string]func(o *record.Operation){
		"actor to batch": func(o *record.Operation) { o.Actor, o.Batch = "经办", "一"+o.Batch },
		"station to log": func(o *record.Operation) { o.Station, o.Incarnation = "12010300", "4"+o.Incarnation },
		"salt to payload": func(o *record.Operation) {
			o.Payload, o.Salt = append(bytes.Clone(o.Salt[15:]), o.Payload...), o.Salt[:15]
		},
		"payload to salt": func(o *record.Operation) {
			o.Salt, o.Payload = append(bytes.Clone(o.Salt), o.Payload[0]), o.Payload[1:]
		},
		"base to home epoch":  func(o *record.Operation) { o.BaseVersion, o.HomeEpoch = o.HomeEpoch+1, o.BaseVersion },
		"clock to monotonous": func(o *record.Operation) { o.WallMS, o.MonoMS = o.MonoMS, o.WallMS },
	} {
		moved := op
		move(&moved)
		if moved.Follows(previous) {
			t.Errorf("%s: still follows", name)
		}
	}
}

// An operation crosses the wire as JSON, and what package json does to raw
// bytes (compacting, escaping) must not change a payload that Difference made.
func TestOperationSurvivesJSON(t *testing.T) {
	after := record.Volunteer{Name: "<王> & \u2028 \ufffd \x7f \"'", Note: "</script>\n\t𬱖\ue000"}
	change, err := record.Created(after)
	if err != nil {
		t.Fatal(err)
	}
	op := chain(t)[0]
	if op.Payload, err = json.Marshal(change); err != nil {
		t.Fatal(err)
	}
	op.Bind(nil)
	raw, err := json.Marshal(op)
	if err != nil {
		t.Fatal(err)
	}
	var arrived record.Operation
	if err := json.Unmarshal(raw, &arrived); err != nil {
		t.Fatal(err)
	}
	if !arrived.Follows(nil) {
		t.Errorf("the payload arrived as %s", arrived.Payload)
	}
	parsed, err := arrived.Parse()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := record.Applied(record.Volunteer{}, parsed); err != nil || !reflect.DeepEqual(got, after) {
		t.Errorf("%+v %v", got, err)
	}
}

func TestParseRefusesWhatIsNoChange(t *testing.T) {
	for _, payload := range []string{"", "{", "[]", `"set"`, `{"set":[]}`, `{"set":{}} x`} {
		op := record.Operation{Payload: json.RawMessage(payload)}
		if _, err := op.Parse(); record.CodeOf(err) != record.CodeMalformed {
			t.Errorf("%q: %v", payload, err)
		}
	}
}

func TestEveryOperationTypeChangesItsOwnKind(t *testing.T) {
	verbs := map[record.OperationType]bool{}
	for of, entity := range record.OperationTypes() {
		verbs[of] = true
		if entity == "" {
			t.Errorf("%s changes nothing", of)
		}
	}
	if len(verbs) != 38 {
		t.Errorf("%d types: the table is append-only", len(verbs))
	}
}

func TestHead(t *testing.T) {
	head := record.Head{Incarnation: "00112233445566778899aabbccddeeff", Seq: 3, Hash: []byte{1, 2, 3, 4, 5}}
	if head.String() != "00112233/01020304" || (record.Head{}).String() != "/" {
		t.Errorf("%s", head)
	}
	for name, other := range map[string]record.Head{
		"incarnation": {Incarnation: "x", Seq: 3, Hash: head.Hash},
		"sequence":    {Incarnation: head.Incarnation, Seq: 4, Hash: head.Hash},
		"hash":        {Incarnation: head.Incarnation, Seq: 3, Hash: []byte{1}},
	} {
		if head.Equal(other) {
			t.Errorf("equal in spite of another %s", name)
		}
	}
	if !head.Equal(record.Head{Incarnation: head.Incarnation, Seq: 3, Hash: bytes.Clone(head.Hash)}) {
		t.Error("not equal to itself")
	}
}

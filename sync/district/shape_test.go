package district

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// sealedFields are the fields that no figure needs. A field of a record stands
// either here or among the readable ones: a new field must be decided upon.
func sealedFields() map[record.EntityKind]string {
	return map[record.EntityKind]string{
		record.EntityStation: "",
		record.EntityVolunteer: `number national_number name id_number sex birth ethnic phones village village_name address party_org
			education employer skills skill_note categories kind enlisted discharged branch arm rank discharge_kind merits disability
			agreement notice emergency health note`,
		record.EntityTeam:       "slogan base officer note party_group partners wanted",
		record.EntityMembership: "",
		record.EntityBrand:      "slogan content",
		record.EntityActivity:   "place leader_name content late_reason",
		record.EntityEntry:      "reason",
		record.EntityConsent:    "form way",
		record.EntityEvidence:   "name width height taken marks",
		record.EntityKey:        "reason",
		record.EntityClosing:    "by reason",

		record.EntityCertificate: "use reason issuer handler phone holder lines stamp",
		record.EntityTraining:    "title host note",
		record.EntityHonour:      "title document issuer note",
		record.EntityTransfer:    "reason joined",
		record.EntityReview:      "grounds asked_by decided_by why",
		record.EntityCorrection:  "reason applicant asked_by basis checked_by decided_by why",
		record.EntityObjection:   "says way taken_by answer answered_by",
		record.EntityOutside:     "title number",
	}
}

func TestEveryFieldIsReadableOrSealed(t *testing.T) {
	types := map[record.EntityKind]any{
		record.EntityStation: record.Station{}, record.EntityVolunteer: record.Volunteer{}, record.EntityTeam: record.Team{},
		record.EntityMembership: record.Membership{}, record.EntityBrand: record.Brand{}, record.EntityActivity: record.Activity{},
		record.EntityEntry: record.Entry{}, record.EntityConsent: record.Consent{},
		record.EntityKey: record.SigningKey{}, record.EntityClosing: record.Closing{},
		record.EntityCertificate: record.Certificate{},
		record.EntityTraining:    record.Training{}, record.EntityHonour: record.Honour{},
		record.EntityTransfer: record.Transfer{},
		record.EntityReview:   record.Review{}, record.EntityCorrection: record.Correction{}, record.EntityObjection: record.Objection{},
		record.EntityOutside:  record.Outside{},
		record.EntityEvidence: record.Evidence{},
	}
	for _, kind := range record.OperationTypes() {
		if _, has := types[kind]; !has {
			t.Errorf("%s is not known here", kind)
		}
	}
	for kind, v := range types {
		s, known := shapes()[kind]
		if !known || tableOf(kind) == "" {
			t.Errorf("the district does not know %s", kind)
			continue
		}
		sealed := strings.Fields(sealedFields()[kind])
		for i := range reflect.TypeOf(v).NumField() {
			name, _, _ := strings.Cut(reflect.TypeOf(v).Field(i).Tag.Get("json"), ",")
			if name == "-" {
				continue
			}
			if slices.Contains(s.plain, name) == slices.Contains(sealed, name) {
				t.Errorf("%s.%s must be either readable or sealed", kind, name)
			}
		}
	}
}

func testVault(t *testing.T) *vault {
	t.Helper()
	key, err := seal.NewKey(rand.Reader)
	must(t, err)
	v, err := vaultOf(rand.Reader, key)
	must(t, err)
	return v
}

func TestRowsComeBackWhole(t *testing.T) {
	v := testVault(t)
	for i, raw := range []string{`{}`, `{"name":"王建国","note":"备注"}`, `{"veteran":true}`, `{"veteran":true,"name":"王建国","phones":["13800001234"],"volunteer":true}`} {
		of := Ref{here, record.EntityVolunteer, fmt.Sprint(i)}
		row, err := v.pack(of, shapes()[record.EntityVolunteer], []byte(raw))
		must(t, err)
		if strings.Contains(string(row.Plain), "王") || strings.Contains(string(row.Sealed), "王") {
			t.Errorf("%s stays readable: %s", raw, row.Plain)
		}
		whole, err := v.unpack(of, row)
		must(t, err)
		var got, want map[string]any
		must(t, json.Unmarshal(whole, &got))
		must(t, json.Unmarshal([]byte(raw), &want))
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s came back as %s", raw, whole)
		}
		if len(row.Sealed) > 0 {
			moved := Ref{elsewhere, of.Kind, of.ID}
			if _, err := v.unpack(moved, row); record.CodeOf(err) != record.CodeSealBroken {
				t.Errorf("a row opens at another station: %v", err)
			}
		}
	}
}

func TestOperationsComeBackWhole(t *testing.T) {
	v := testVault(t)
	op := stored(here, 4).Operation
	op.Salt, op.Actor, op.Payload = make([]byte, record.SaltSize), "经办一", []byte(`{"set":{}}`)
	sealed, err := v.sealOperation(op)
	must(t, err)
	if sealed.Operation.Actor != "" || sealed.Operation.Salt != nil || sealed.Operation.Payload != nil {
		t.Error("something stays readable")
	}
	back, err := v.openOperation(sealed)
	must(t, err)
	if !reflect.DeepEqual(back, op) {
		t.Errorf("%+v\n%+v", back, op)
	}
	sealed.Operation.Seq++
	if _, err := v.openOperation(sealed); record.CodeOf(err) != record.CodeSealBroken {
		t.Errorf("opens at another place: %v", err)
	}
}

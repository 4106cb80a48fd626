package record

// Transfer is a person's move between two stations of the city, as this station
// sees it. The history stays where it was made; from Day on the person counts at
// the new station and no longer at the old one.
type Transfer struct {
	ID      TransferID `json:"-"`
	Version int64      `json:"-"`

	Volunteer VolunteerID `json:"volunteer"`
	// Way is out or in.
	Way string `json:"way"`
	// Station is the other one; its name as people say it.
	Station     StationCode `json:"station"`
	StationName string      `json:"station_name,omitempty"`
	Asked       Day         `json:"asked"` // the day of the request
	Day         Day         `json:"day"`   // from which the person counts elsewhere, or here
	Reason      string      `json:"reason,omitempty"`
	State       string      `json:"state"`
	// Joined is, for somebody who came, the day on which the person became a
	// volunteer at the station before.
	Joined Day `json:"joined,omitempty"`
	// Epoch is the fencing number of the person's home: what an older home says
	// of the person later is not taken.
	Epoch int64 `json:"epoch"`
	// Withdrawn marks a record that was taken back: it is in no list or figure.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// The ways and states of a transfer.
const (
	TransferOut = "out"
	TransferIn  = "in"

	TransferAsked     = "asked"     // the other station has not answered
	TransferDone      = "done"      // the person is at the new station
	TransferCancelled = "cancelled" // the person stays
)

// TransferWays is the table of directions.
func TransferWays() Table {
	return Table{"transfer_way", []Term{{TransferOut, "转出", nil}, {TransferIn, "转入", nil}}}
}

// TransferStates is the table of states.
func TransferStates() Table {
	return Table{"transfer_state", []Term{
		{TransferAsked, "已申请", []string{"待接收"}},
		{TransferDone, "已办结", []string{"完成"}},
		{TransferCancelled, "已取消", nil},
	}}
}

// Check finds what is wrong with a transfer of the station with the given code.
// Both stations are in one city: the first two digits agree.
func (t Transfer) Check(own StationCode, today Day) Problems {
	var p Problems
	checkPersonal(&p, t.Volunteer, t.Day, today)
	TransferWays().check(&p, "transfer_way", t.Way)
	TransferStates().check(&p, "transfer_state", t.State)
	if t.Way == "" || t.State == "" {
		p.Add(LevelError, "transfer_way", CodeRequired)
	}
	switch {
	case !t.Station.Valid():
		p.Add(LevelError, "station", CodeStationCode)
	case t.Station == own:
		p.Add(LevelError, "station", CodeTransferSelf)
	case len(own) > 2 && t.Station[:2] != own[:2]:
		p.Add(LevelError, "station", CodeTransferCity)
	}
	p.checkText("station_name", t.StationName, 60)
	p.checkText("reason", t.Reason, 200)
	checkDay(&p, "asked", t.Asked, today)
	checkDay(&p, "joined", t.Joined, today)
	if t.Epoch < 1 {
		p.Add(LevelError, "epoch", CodeRequired)
	}
	return p
}

package cli

import (
	"cmp"
	"strconv"

	"rongyuan/store/record"
)

// transferList are the moves of a person, or those that wait for an answer.
type transferList struct{}

func (*transferList) options(*options) {}

func (*transferList) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	var list []record.Transfer
	if len(k.args) == 0 {
		list, err = db.OpenTransfers(k.ctx)
	} else {
		p, failed := k.person(k.args[0])
		if failed != nil {
			return answer{}, failed
		}
		list, err = db.Transfers(k.ctx, p.ID)
	}
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Transfers []transferDoc `json:"transfers"`
	}{make([]transferDoc, 0, len(list))}
	rows := make([][]string, 0, len(list))
	for _, one := range list {
		p, _ := db.Person(one.Volunteer)
		state := record.TransferStates().NameOf(one.State)
		doc.Transfers = append(doc.Transfers, transferDoc{one.ID, one, p.Name, state})
		rows = append(rows, []string{
			p.Name, record.TransferWays().NameOf(one.Way), cmp.Or(one.StationName, string(one.Station)), string(one.Day), state, strconv.FormatInt(one.Epoch, 10),
		})
	}
	return answer{doc: doc, text: listed([]string{"姓名", "方向", "对方服务站", "从哪天起", "状态", "归属号"}, rows)}, nil
}

// transferFlags say which station and when.
type transferFlags struct{ station, name, day, reason string }

func (c *transferFlags) options(o *options) {
	o.text(&c.station, "station", "编码", "对方服务站的编码，9 位或 12 位")
	o.text(&c.name, "station-name", "名称", "对方服务站的名称")
	o.text(&c.day, "day date", "日期", "从哪天起；不写就是今天")
	o.text(&c.reason, "reason", "原因", "为什么转")
}

func (c *transferFlags) read(k *call) (record.Transfer, error) {
	day, err := readDay("day", cmp.Or(c.day, string(k.today())), k.today())
	return record.Transfer{Station: record.StationCode(c.station), StationName: c.name, Day: day, Reason: c.reason}, err
}

type transferAsk struct{ transferFlags }

func (c *transferAsk) run(k *call) (answer, error) {
	one, err := c.read(k)
	if err != nil {
		return answer{}, err
	}
	db, p, err := k.ofPerson()
	if err != nil {
		return answer{}, err
	}
	one.Volunteer = p.ID
	id, err := db.AskTransfer(k.ctx, one)
	if err != nil {
		return answer{}, err
	}
	return answer{doc: written{ID: string(id)}, text: said("已记下转出申请：%s。对方接收以前仍在本站", p.Name)}, nil
}

// open is the move of somebody that waits.
func (k *call) openTransfer() (record.Transfer, string, error) {
	db, p, err := k.ofPerson()
	if err != nil {
		return record.Transfer{}, "", err
	}
	list, err := db.Transfers(k.ctx, p.ID)
	if err != nil {
		return record.Transfer{}, "", err
	}
	for _, one := range list {
		if one.State == record.TransferAsked {
			return one, p.Name, nil
		}
	}
	return record.Transfer{}, "", record.Fail(record.CodeTransferClosed)
}

type transferDone struct{ day string }

func (c *transferDone) options(o *options) {
	o.text(&c.day, "day date", "日期", "从哪天起算对方的；不写就是今天")
}

func (c *transferDone) run(k *call) (answer, error) {
	day, err := readDay("day", c.day, k.today())
	if err != nil {
		return answer{}, err
	}
	one, name, err := k.openTransfer()
	if err != nil {
		return answer{}, err
	}
	if err := k.db.CompleteTransfer(k.ctx, one.ID, day); err != nil {
		return answer{}, err
	}
	return answer{doc: written{ID: string(one.ID)}, text: said("%s 已转出；以前的时长和记录都留着", name)}, nil
}

type transferCancel struct{}

func (*transferCancel) options(*options) {}

func (*transferCancel) run(k *call) (answer, error) {
	one, name, err := k.openTransfer()
	if err != nil {
		return answer{}, err
	}
	if err := k.db.CancelTransfer(k.ctx, one.ID); err != nil {
		return answer{}, err
	}
	return answer{doc: written{ID: string(one.ID)}, text: said("已取消 %s 的转出申请", name)}, nil
}

type transferIn struct {
	transferFlags
	epoch int
}

func (c *transferIn) options(o *options) {
	c.transferFlags.options(o)
	o.number(&c.epoch, "epoch", "号", "转移单上的归属号；没有就不写")
}

func (c *transferIn) run(k *call) (answer, error) {
	one, err := c.read(k)
	if err != nil {
		return answer{}, err
	}
	db, p, err := k.ofPerson()
	if err != nil {
		return answer{}, err
	}
	one.Volunteer, one.Epoch = p.ID, int64(c.epoch)
	id, err := db.ReceiveTransfer(k.ctx, one)
	if err != nil {
		return answer{}, err
	}
	return answer{doc: written{ID: string(id)}, text: said("%s 已转入，从 %s 起算本站的人", p.Name, one.Day)}, nil
}

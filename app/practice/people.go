package practice

import (
	"fmt"
	"strings"

	"rongyuan/assets"
	"rongyuan/store/record"
)

const (
	peopleCount   = 60
	veteransCount = 52 // the rest are volunteers who never served
)

const (
	surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
	men      = "建国 卫东 志强 永刚 学军 国庆 援朝 铁柱 长江 文博 海涛 立新 保平 爱民 振华 宝山 俊峰 玉柱 凤山 德胜 光荣 新民 子健 浩然 一鸣"
	women    = "秀英 桂兰 玉珍 丽华 淑敏 春梅 红霞 小芳 雅静 晓燕 美玲 佳怡"
)

// fillPeople registers the people over three days.
func (b *builder) fillPeople() error {
	villages := assets.VillagesOf(string(StationCode))
	names, phones := b.names(), b.dice.shuffled(peopleCount)
	for i := range peopleCount {
		b.turn(b.first.AddDays(-20+i/20), 9*60+i%20*15)
		v := b.person(i, names[i])
		v.Phones = []string{fmt.Sprintf("1990000%04d", 1000+phones[i]*37)}
		v.Village = villages[b.dice.throw(len(villages))].Code
		id, _, err := b.db.RegisterVolunteer(b.ctx, v)
		if err != nil {
			return fmt.Errorf("person %d: %w", i, err)
		}
		b.people = append(b.people, id)
	}
	return nil
}

// names are different; every fifth is a woman's.
func (b *builder) names() []string {
	family := []rune(surnames)
	own := [2][]string{strings.Fields(men), strings.Fields(women)}
	taken := map[string]bool{}
	var out []string
	for len(out) < peopleCount {
		list := own[0]
		if woman(len(out)) {
			list = own[1]
		}
		name := string(family[b.dice.throw(len(family))]) + list[b.dice.throw(len(list))]
		if b.dice.err() == nil && taken[name] {
			continue
		}
		taken[name] = true
		out = append(out, name)
	}
	return out
}

func woman(i int) bool { return i%5 == 4 }

func (b *builder) person(i int, name string) record.Volunteer {
	birth := record.Day("1948-01-01").AddDays(b.dice.throw(52 * 365))
	joined := b.first.AddDays(-20 + i/20)
	v := record.Volunteer{
		Name: name, IDNumber: number(birth, 2*b.dice.throw(450)+odd(!woman(i))), Ethnic: "01", Serving: true,
		Politics: []string{"01", "01", "13", "01", "03", "13"}[b.dice.throw(6)], Education: []string{"20", "30", "40", "60", "70"}[b.dice.throw(5)],
		Skills:    []string{record.Skills().Terms[b.dice.throw(len(record.Skills().Terms)-1)].Code},
		Agreement: record.Agreement{Date: joined, Version: record.AgreementVersion, Way: "paper"},
		Notice:    record.Agreement{Date: joined, Version: record.AgreementVersion, Way: "paper"},
	}
	if v.Politics == "03" && birth < "1998-01-01" {
		v.Politics = "13" // the Youth League ends at 28
	}
	if i >= veteransCount {
		v.Kind = "21"
		return v
	}
	b.served(&v, birth)
	return v
}

// served fills the years in the forces: in at 18 or 19, out after two to
// sixteen years, of which old papers know the month only.
func (b *builder) served(v *record.Volunteer, birth record.Day) {
	in := birth.AddDays(18*365 + 5 + b.dice.throw(500))
	years := 2 + b.dice.throw(15)
	out := in.AddDays(years * 365)
	if out > b.first.AddDays(-60) {
		out = b.first.AddDays(-60)
	}
	v.Veteran, v.Kind, v.Rank, v.DischargeKind = true, "2", "conscript", "self"
	if years > 5 {
		v.Rank, v.DischargeKind = "sergeant", "assigned"
	}
	v.Enlisted, v.Discharged = record.Date(in[:7]), record.Date(out[:7])
	v.Branch = []string{"army", "army", "navy", "air", "police", "rocket"}[b.dice.throw(6)]
	if v.Branch == "rocket" && out < "2016-01-01" {
		v.Branch = "second_artillery" // its name until 2015
	}
}

func odd(is bool) int {
	if is {
		return 1
	}
	return 0
}

// number is an identity number of the area that does not exist. Everybody here
// was born before 2000.
func number(birth record.Day, serial int) record.IDNumber {
	body := "129999" + strings.ReplaceAll(string(birth), "-", "") + fmt.Sprintf("%03d", serial)
	for _, last := range "0123456789X" {
		if read, err := record.ReadIDNumber(body+string(last), "2020-01-01"); err == nil {
			return read.Number
		}
	}
	return "" // no birth date of ours is without its check digit
}

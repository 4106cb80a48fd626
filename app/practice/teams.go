package practice

import (
	"fmt"

	"rongyuan/store/record"
)

// squad is a team with its people, the captain first.
type squad struct {
	id      record.TeamID
	members []record.VolunteerID
}

// fillTeams founds five teams of twelve and gives each a captain and a deputy.
func (b *builder) fillTeams() error {
	b.turn(b.first.AddDays(-16), 9*60+30)
	for i, t := range []record.Team{
		{Name: "老兵综合服务队", Kind: "t01", Slogan: "退役不褪色", Base: "街道退役军人服务站"},
		{Name: "老兵应急救援队", Kind: "t02", Slogan: "若有战，召必回"},
		{Name: "老兵红色宣讲队", Kind: "t03", Slogan: "讲好红色故事"},
		{Name: "老兵治安巡逻队", Kind: "t06", Slogan: "守护家门口的平安", Officer: "社区民警（练习）"},
		{Name: "关爱老兵帮扶队", Kind: "t11", Slogan: "有困难，找战友"},
	} {
		t.Founded = b.first.AddDays(-16)
		id, err := b.db.FoundTeam(b.ctx, t)
		if err != nil {
			return fmt.Errorf("team %d: %w", i, err)
		}
		s := squad{id: id}
		for n := i; n < peopleCount; n += 5 {
			s.members = append(s.members, b.people[n])
		}
		if err := b.db.Join(b.ctx, s.memberships(t.Founded)...); err != nil {
			return fmt.Errorf("members of team %d: %w", i, err)
		}
		b.teams = append(b.teams, s)
	}
	return nil
}

func (s squad) memberships(from record.Day) []record.Membership {
	roles := []string{"captain", "deputy", "liaison"}
	var out []record.Membership
	for i, who := range s.members {
		role := "member"
		if i < len(roles) {
			role = roles[i]
		}
		out = append(out, record.Membership{Team: s.id, Volunteer: who, Role: role, From: from})
	}
	return out
}

func (b *builder) fillBrand() (err error) {
	b.turn(b.first.AddDays(-15), 10*60)
	b.brand, err = b.db.CreateBrand(b.ctx, record.Brand{
		Name: "老兵守望·平安里", Slogan: "穿上军装保家卫国，脱下军装守望邻里", Started: b.first.AddDays(-15), Team: b.teams[3].id,
		Content: "老兵巡逻队每周在社区夜巡，帮独居老人查水电、换灯泡。",
	})
	return err
}

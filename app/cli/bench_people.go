package cli

import (
	"fmt"

	"rongyuan/store/record"
)

// inventedPerson is the n-th of a million invented people: the area of the
// identity number does not exist.
func inventedPerson(n int) record.Volunteer {
	surnames := []string{"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "单", "仇", "区", "盖", "欧阳", "尉迟"}
	given := []rune("建国卫东志强桂英秀兰学军文博晓芳宝树长振")
	name := surnames[n%16] + string([]rune{given[n/16%len(given)], given[n/(16*len(given))%len(given)]})
	return record.Volunteer{
		Name: name, IDNumber: inventedNumber(n), Phones: []string{fmt.Sprintf("199%08d", n)},
		Address: fmt.Sprintf("东风里%d号楼%d门%d01", 1+n%90, 1+n/90%6, 1+n/540%20), VillageName: "东风里社区",
		Politics: "01", Education: "40", Kind: "2", Enlisted: "2003-12", Discharged: "2005-12", Veteran: true, Serving: true,
		Agreement: record.Agreement{Date: "2026-01-05", Version: record.AgreementVersion, Way: "paper"},
	}
}

// inventedNumber is valid and different for every n below a million.
func inventedNumber(n int) record.IDNumber {
	body := fmt.Sprintf("129999%04d%02d%02d%03d", 1950+n%50, 1+n/50%12, 1+n/600%28, n/16800%1000)
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, weight := range weights {
		sum += int(body[i]-'0') * weight
	}
	return record.IDNumber(body + "10X98765432"[sum%11:sum%11+1])
}

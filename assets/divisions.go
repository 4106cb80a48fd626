package assets

import (
	_ "embed" // the code tables are compiled into the program
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// A Division is one row of the statistics bureau's division codes: a district,
// a street or town, or a village or community. The codes are those of
// 2023-06-30 and serve statistics: they are no legal register, and a street
// code that ends in 4xx or 5xx is a development zone or a farm, which has no
// street government.
type Division struct {
	Code   string // 6 digits for a district, 9 for a street, 12 for a village
	Name   string
	Parent string // the code one level up; 120000, the city, for a district
}

// cityCode is Tianjin in GB/T 2260.
const cityCode = "120000"

//go:embed codes/tianjin_districts.csv
var districtsCSV string

//go:embed codes/tianjin_streets.csv
var streetsCSV string

//go:embed codes/tianjin_villages.csv
var villagesCSV string

// The tables are parsed once, at their first use: a command that needs none of
// them must not pay for 5,617 rows.
var (
	districts = sync.OnceValue(func() []Division { return parseDivisions(districtsCSV) })
	streets   = sync.OnceValue(func() []Division { return parseDivisions(streetsCSV) })
	villages  = sync.OnceValue(func() []Division { return parseDivisions(villagesCSV) })
)

// Districts are the 16 districts of Tianjin, sorted by code.
func Districts() []Division { return districts() }

// Streets are the 299 streets, towns and zones of Tianjin, sorted by code. A
// name alone does not say which: 海滨街道 exists in 宝坻区 and in 滨海新区.
func Streets() []Division { return streets() }

// Villages are the 5,617 villages and communities of Tianjin, sorted by code.
func Villages() []Division { return villages() }

// StreetsOf are the streets and towns of the district with this 6-digit code,
// none when the code is unknown.
func StreetsOf(district string) []Division { return childrenOf(streets(), district) }

// VillagesOf are the villages and communities of the street with this 9-digit
// code, none when the code is unknown.
func VillagesOf(street string) []Division { return childrenOf(villages(), street) }

// DivisionByCode finds a district, street or village by its code of 6, 9 or 12
// digits.
func DivisionByCode(code string) (Division, bool) {
	var rows []Division
	switch len(code) {
	case 6:
		rows = districts()
	case 9:
		rows = streets()
	case 12:
		rows = villages()
	}
	i, found := slices.BinarySearchFunc(rows, code, func(d Division, c string) int {
		return strings.Compare(d.Code, c)
	})
	if !found {
		return Division{}, false
	}
	return rows[i], true
}

// childrenOf cuts the rows below parent out of a sorted table: a child's code
// begins with its parent's, so they stand together.
func childrenOf(rows []Division, parent string) []Division {
	from, _ := slices.BinarySearchFunc(rows, parent, func(d Division, p string) int {
		return strings.Compare(d.Parent, p)
	})
	to := from
	for to < len(rows) && rows[to].Parent == parent {
		to++
	}
	return rows[from:to:to]
}

// parseDivisions reads one embedded table. A broken table is a broken build,
// which the tests of this package catch; there is no caller who could do
// anything about it, hence the panic.
func parseDivisions(text string) []Division {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("assets: embedded division table: %v", err))
	}
	list := make([]Division, 0, len(rows)-1)
	for _, row := range rows[1:] {
		d := Division{Code: row[0], Name: row[1], Parent: cityCode}
		if len(row) > 2 {
			d.Parent = row[2]
		}
		list = append(list, d)
	}
	return list
}

package say

import "rongyuan/store/record"

// FormKind is what the rows of a part of a district's form are.
func FormKind(k record.FormKind) string {
	return map[record.FormKind]string{
		record.FormPeople: "人员一行一个", record.FormTeams: "队伍一行一个", record.FormActivities: "活动一行一个",
		record.FormLines: "任务线一行一个", record.FormVillages: "社区（村）一行一个", record.FormCells: "单个数字",
	}[k]
}

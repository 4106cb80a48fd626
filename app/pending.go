package app

import "rongyuan/app/widgets"

// Each of these goes when the file of its screen comes.

func newSettingsScreen(*Desk) screen { return pendingScreen(doorSettings) }

func pendingScreen(door string) screen {
	return &emptyScreen{widgets.NewEmptyState(widgets.EmptyState{
		Icon: doorIcon(door), Title: doorText(door) + "还没有装好", Text: "这一版程序里没有这个页面，请使用命令行。",
	})}
}

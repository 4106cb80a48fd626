# Four templates by openpyxl: people, people on a protected sheet, teams by
# name, task lines with a second sheet that computes from the first.
import sys
from openpyxl import Workbook
from openpyxl.styles import Font, Alignment, Border, Side, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.formatting.rule import CellIsRule
from openpyxl.comments import Comment

out = sys.argv[1]
side = Side(style="thin")
box = Border(left=side, right=side, top=side, bottom=side)
bold = Font(name="黑体", size=12, bold=True)
middle = Alignment(horizontal="center", vertical="center", wrap_text=True)


def head(ws, ref, text, merge=None):
    ws[ref] = text
    ws[ref].font, ws[ref].alignment, ws[ref].fill = bold, middle, PatternFill("solid", fgColor="FFDDEBDD")
    if merge:
        ws.merge_cells(merge)


def title(ws, text, merge):
    ws["A1"] = text
    ws["A1"].font, ws["A1"].alignment = Font(name="方正小标宋简体", size=18), middle
    ws.merge_cells(merge)
    ws.row_dimensions[1].height = 36


def boxes(ws, rows, cols, unlocked=False):
    for row in ws[f"A{rows[0]}:{cols}{rows[1]}"]:
        for c in row:
            c.border, c.alignment = box, middle
            if unlocked:
                c.protection = Protection(locked=False)


# 1: people with heads of two levels, a total and a note
wb = Workbook()
ws = wb.active
ws.title = "花名册"
title(ws, "河西区退役军人志愿者情况统计表（2026年10月）", "A1:K1")
ws["A2"] = "填报单位："
ws["B2"] = None
ws.merge_cells("B2:E2")
ws["I2"] = "填报日期："
ws["J2"].number_format = 'yyyy"年"m"月"d"日"'
ws.merge_cells("J2:K2")
for ref, text, merge in [("A3", "序号", "A3:A4"), ("B3", "姓 名", "B3:B4"), ("C3", "性别", "C3:C4"), ("D3", "公民身份号码", "D3:D4"),
                         ("E3", "联系\n电话", "E3:E4"), ("F3", "服役情况", "F3:G3"), ("F4", "入伍时间", None), ("G4", "退役时间", None),
                         ("H3", "所属社区", "H3:H4"), ("I3", "本月服务情况", "I3:J3"), ("I4", "参加次数", None), ("J4", "服务时长（小时）", None), ("K3", "区里评定", "K3:K4")]:
    head(ws, ref, text, merge)
boxes(ws, (3, 18), "K")
for row in range(5, 18):
    ws[f"D{row}"].number_format = "@"
    ws[f"F{row}"].number_format = ws[f"G{row}"].number_format = "yyyy.mm"
    ws[f"J{row}"].number_format = "0.00"
    ws[f"K{row}"] = f'=IF(J{row}="","",IF(J{row}>=2,"达标","待评"))'
ws["A18"] = "合计"
ws.merge_cells("A18:H18")
ws["I18"], ws["J18"] = "=SUM(I5:I17)", "=SUM(J5:J17)"
ws["A19"] = "注：本表每月5日前报区退役军人服务中心。"
ws.merge_cells("A19:K19")
for col, width in zip("ABCDEFGHIJK", [6, 12, 6, 22, 14, 11, 11, 16, 10, 12, 10]):
    ws.column_dimensions[col].width = width
ws.print_area = "A1:K19"
ws.print_title_rows = "1:4"
ws.freeze_panes = "A5"
ws.oddFooter.center.text = "第 &P 页 共 &N 页"
ws.conditional_formatting.add("J5:J17", CellIsRule(operator="greaterThan", formula=["8"], fill=PatternFill(bgColor="FFFFC7CE")))
ws["K3"].comment = Comment("由区里填写", "区中心")
wb.save(f"{out}/01-人员两级表头.xlsx")

# 2: protected, with lists to choose from; the rows are open, the rest is locked
wb = Workbook()
ws = wb.active
ws.title = "10月"
title(ws, "志愿者登记汇总（保护）", "A1:H1")
for i, text in enumerate(["序号", "姓名", "性别", "政治面貌", "身份证号码", "手机号", "所在队伍", "累计时长"]):
    head(ws, "ABCDEFGH"[i] + "2", text)
boxes(ws, (3, 22), "H", unlocked=True)
for row in range(3, 23):
    ws[f"A{row}"] = f"=ROW()-2"
    ws[f"A{row}"].protection = Protection(locked=True)
ws["A23"] = "合计"
ws["H23"] = "=SUM(H3:H22)"
dv = DataValidation(type="list", formula1='"男,女"', allow_blank=True)
dv.add("C3:C22")
ws.add_data_validation(dv)
ws.protection.sheet = True
ws.protection.password = "qu2026"
ws.auto_filter.ref = "A2:H22"
wb.save(f"{out}/02-人员保护工作表.xlsx")

# 3: teams whose names stand there already
wb = Workbook()
ws = wb.active
ws.title = "队伍"
title(ws, "志愿服务队活动情况表", "A1:H1")
for i, text in enumerate(["序号", "队伍名称", "队员人数", "其中党员", "活动场次", "参加人次", "服务时长(小时)", "人均时长"]):
    head(ws, "ABCDEFGH"[i] + "3", text)
for i, name in enumerate(["老兵巡逻队", "综合服务队", "应急救援队", "不在本站的队"]):
    row = 4 + i
    ws[f"A{row}"], ws[f"B{row}"] = i + 1, name
    ws[f"H{row}"] = f'=IF(F{row}=0,0,G{row}/F{row})'
    ws[f"G{row}"].number_format = ws[f"H{row}"].number_format = "0.0"
ws["B8"] = "合计"
for col in "CDEFG":
    ws[f"{col}8"] = f"=SUM({col}4:{col}7)"
boxes(ws, (3, 8), "H")
ws["A10"] = "填报人："
ws["D10"] = "审核人："
wb.save(f"{out}/03-队伍已印队名.xlsx")

# 4: task lines, and a sheet that computes from it
wb = Workbook()
ws = wb.active
ws.title = "任务明细"
title(ws, "七项任务开展情况", "A1:F1")
for i, text in enumerate(["任务类别", "活动场次", "参加人数", "参加人次", "服务时长（小时）", "服务对象"]):
    head(ws, "ABCDEF"[i] + "2", text)
for i in range(6):
    ws["ABCDEF"[i] + "3"] = ["甲", 1, 2, 3, 4, 5][i]
for i, name in enumerate(["一、LINE1", "二、LINE2", "三、LINE3", "四、LINE4", "五、LINE5", "六、LINE6", "七、LINE7"]):
    ws[f"A{4 + i}"] = name
ws["A11"] = "合  计"
for col in "BDEF":
    ws[f"{col}11"] = f"=SUM({col}4:{col}10)"
boxes(ws, (2, 11), "F")
two = wb.create_sheet("汇总")
two["A1"], two["B1"] = "总场次", "=任务明细!B11"
two["A2"], two["B2"] = "总时长", "=ROUND(任务明细!E11,1)"
two["A3"], two["B3"] = "平均每场人次", "=IF(B1=0,0,任务明细!D11/B1)"
two.column_dimensions["A"].width = 30
lines = __import__("json").load(open("lines.json"))
for row in ws.iter_rows():
    for c in row:
        if isinstance(c.value, str) and "LINE" in c.value:
            c.value = c.value[:2] + lines[int(c.value[-1]) - 1]
wb.save(f"{out}/04-任务线跨表公式.xlsx")

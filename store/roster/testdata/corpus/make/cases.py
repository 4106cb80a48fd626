#!/usr/bin/python3
"""Writes cases.json: what each workbook of the corpus holds, which program
writes it, and the truth, which is settled here and never taken from what the
reader says. All people are invented; all identity numbers are of area 129999,
which does not exist.

A cell is a text, None, or an object: {"n": "12"} a number with these digits,
{"d": "1985-07-01"} a date cell, {"f": "A1", "v": text} a formula with its
stored result, {"e": "#REF!"} an error value.

The truth of a case: rows, new (rows without an error), ids (of the rows
without an error, sorted), names (of all rows), errors {row: [codes]},
warn {row: [codes]} (findings of any level that must be there), notes (codes of
the book or its sheets), refused (the code of a file that is refused),
signin (names). Rows count as the spreadsheet does.
"""
import json

W = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check(first17):
    return "10X98765432"[sum(int(d) * w for d, w in zip(first17, W)) % 11]


def pid(n, birth=None, sex=None):
    """The number of invented person n; the check digit fits."""
    birth = birth or "%04d%02d%02d" % (1950 + n % 45, n % 12 + 1, n % 28 + 1)
    order = (n * 7 + 11) % 900 + 50
    if sex == "男":
        order |= 1
    if sex == "女":
        order &= ~1
    first = "129999" + birth + "%03d" % order
    return first + check(first)


FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = ["建国", "卫东", "国强", "秀英", "志明", "保平", "援朝", "红", "玉兰", "长征", "立新", "文军", "胜利", "海生", "春梅", "德福"]


def name(n):
    return FAMILY[n % len(FAMILY)] + GIVEN[n * 5 % len(GIVEN)]


def num(x):
    return {"n": str(x)}


CASES = []


def case(file, writer, inputs, sheets, **truth):
    if not sheets or isinstance(sheets[0], list):
        sheets = [{"name": "花名册", "rows": sheets}]
    CASES.append({"file": file, "writer": writer, "inputs": inputs, "sheets": sheets, "truth": truth})


def good(rows_of, n, **extra):
    """The truth of n people without a fault."""
    return dict(rows=n, new=n, ids=sorted(rows_of), errors={}, **extra)


HEADS = ["序号", "姓名", "性别", "身份证号", "联系电话", "所属社区", "备注"]


def plain(n, first=0, heads=HEADS):
    rows = [heads]
    for i in range(first, first + n):
        sex = "男女"[i % 2]
        rows.append([num(i - first + 1), name(i), sex, pid(i, sex=sex), "138%08d" % (i * 137 + 5), "东风里社区" if i % 3 else "和平里社区", None])
    return rows


def ids(rows, col=3, skip=1):
    return sorted(r[col] for r in rows[skip:] if isinstance(r[col], str))


# --- what kind of file -------------------------------------------------------
twelve = plain(12)
T12 = good(ids(twelve), 12)
for w, f in [("openpyxl", "plain-openpyxl.xlsx"), ("excelize", "plain-excelize.xlsx"), ("exceljs", "plain-exceljs.xlsx"),
             ("sheetjs:xlsx", "plain-sheetjs.xlsx")]:
    case(f, w, [20], twelve, **T12)
case("plain-libreoffice.xlsx", "lo:xlsx:Calc MS Excel 2007 XML", [64], twelve, **T12)
case("plain-libreoffice.xls", "lo:xls:MS Excel 97", [4], twelve, **T12)
case("excel95.xls", "sheetjs:biff5", [4], twelve, refused="old_workbook")
case("excel2.xls", "sheetjs:biff2", [4], twelve, refused="old_workbook")
case("plain-sheetjs.xls", "sheetjs:biff8", [4], twelve, **T12)
case("网页-libreoffice.xls", "lo:html:HTML (StarCalc)", [3], twelve, **T12)
case("网页-sheetjs.xls", "sheetjs:html", [3], twelve, **T12)
case("xml2003-sheetjs.xls", "sheetjs:xlml", [3], twelve, **T12)
case("xml2003-kingsoft.xls", "hand:kingsoft", [3, 18, 24], [{"rows": twelve}], notes=["sheet_hidden"], **T12)
case("plain.ods", "lo:ods:calc8", [64], twelve, refused="open_document")
case("plain.xlsb", "sheetjs:xlsb", [64], twelve, refused="binary_workbook")
case("csv-utf8.xlsx", "sheetjs:csv", [2], twelve, **T12)
case("csv-gb18030.csv", "lo:csv:Text - txt - csv (StarCalc):44,34,85", [2], twelve, **T12)
case("tabs-utf16.txt", "sheetjs:txt", [2], twelve, **T12)

# --- sheets, heads, rows -----------------------------------------------------
villages = []
allids = []
for v in range(30):
    rows = plain(2, first=100 + 2 * v, heads=HEADS)
    for r in rows[1:]:
        r[5] = None
    allids += ids(rows)
    villages.append({"name": "第%d社区" % (v + 1), "rows": [h[:5] for h in rows]})
case("thirty-sheets.xlsx", "openpyxl", [18], villages, **good(allids, 60))
case("hidden-sheets.xlsx", "openpyxl", [18], [
    {"name": "花名册", "rows": plain(3)},
    {"name": "旧名册", "rows": plain(3, first=40), "state": "hidden"},
    {"name": "底稿", "rows": plain(3, first=50), "state": "veryHidden"},
    {"name": "图表", "chart": True},
    {"name": "Sheet2", "rows": []},
], **good(ids(plain(3)), 3, notes=["sheet_hidden"]))
case("hidden-rows.xlsx", "exceljs", [25], [{"name": "花名册", "rows": plain(6), "hidden_rows": [3, 4], "hidden_cols": [4]}],
     **good(ids(plain(6)), 6, notes=["rows_hidden", "columns_hidden"]))
case("hidden-rows.xls", "lo:xls:MS Excel 97", [25, 4], [{"name": "花名册", "rows": plain(6), "hidden_rows": [3, 4], "hidden_cols": [4]}],
     **good(ids(plain(6)), 6, notes=["rows_hidden", "columns_hidden"]))
titled = [["东风街道退役军人志愿者花名册"], ["填报单位：东风街道", None, None, None, "填报日期：2026年3月1日"],
          ["序号", "姓名", "服役情况", None, "身份证号", "联系电话"], [None, None, "入伍时间", "退役时间", None, None]]
body = [[num(i + 1), name(i), "1978.12", "1983.1", pid(i, "19600%d12" % (i + 1)), "139%08d" % i] for i in range(5)]
closing = [["合计", num(5)], ["填表人：周明", None, None, "审核人：吴刚"]]
case("two-row-header.xlsx", "excelize", [19, 41], [{"name": "Sheet1", "rows": titled + body + closing,
     "merges": ["A1:F1", "C3:D3", "A3:A4", "B3:B4", "E3:E4", "F3:F4"]}], **good(ids(body, 4, 0), 5, names=[r[1] for r in body]))
case("two-row-header.xls", "lo:xls:MS Excel 97", [19, 4], [{"name": "Sheet1", "rows": titled + body + closing,
     "merges": ["A1:F1", "C3:D3", "A3:A4", "B3:B4", "E3:E4", "F3:F4"]}], **good(ids(body, 4, 0), 5, names=[r[1] for r in body]))
syn = [["编号", "姓\n名", "公民身份\n号码", "手机号码（必填）", "村(社区)", "参军时间", "退出现役时间", "政治面貌＊", "最高学历"],
       [num(1), name(3), pid(3), "13800000003", "东风里社区", "1975年3月", "1979-12", "党员", "大专"]]
case("synonyms.xlsx", "exceljs", [20], syn, **good([pid(3)], 1))
case("heads-twice.xlsx", "openpyxl", [21, 23], [["姓名", "身份证号", "联系电话", "身份证号", "血型"], [name(1), pid(1), "13800000001", pid(2), "A"]],
     **good([pid(1)], 1, notes=["column_ignored"]))
case("no-name.xlsx", "sheetjs:xlsx", [22], [["序号", "身份证号", "性别", "联系电话", "民族"], [num(1), pid(1), "男", "13800000001", "汉族"]], refused="no_name_column")
case("no-heads.xlsx", "openpyxl", [22], [["会议通知"], ["请各社区于周五前报送"], ["谢谢"]], refused="no_header")
case("unknown-columns.xlsx", "excelize", [23], [["姓名", "身份证号", "血型", "鞋码", "部队代号"], [name(5), pid(5), "O", num(42), "某部"]],
     **good([pid(5)], 1, notes=["column_ignored", "sensitive"]))
merged = [["社区", "姓名", "身份证号"]] + [["东风里社区" if i == 0 else None, name(i), pid(i)] for i in range(4)] + \
    [["和平里社区" if i == 4 else None, name(i), pid(i)] for i in range(4, 7)]
MT = good(ids(merged, 2), 7, villages={"东风里社区": 4, "和平里社区": 3})
M = [{"name": "花名册", "rows": merged, "merges": ["A2:A5", "A6:A8"]}]
case("merged-openpyxl.xlsx", "openpyxl", [24], M, **MT)
case("merged-libreoffice.xls", "lo:xls:MS Excel 97", [24, 4], M, **MT)
case("merged-网页.xls", "lo:html:HTML (StarCalc)", [24, 3], M, **MT)
case("merged-xml2003.xls", "sheetjs:xlml", [24, 3], M, **MT)
case("not-merged.xlsx", "exceljs", [24], merged, **good(ids(merged, 2), 7, villages={"东风里社区": 1, "和平里社区": 1, "": 5}, notes=["fill_down"]))
across = [["序号", "姓名", "身份证号", "联系电话"] * 3]
for r in range(3):
    line = []
    for b in range(3):
        i = 200 + r * 3 + b
        line += [num(r * 3 + b + 1), name(i), pid(i), "137%08d" % i] if i < 208 else [None] * 4
    across.append(line)
case("three-across.xlsx", "sheetjs:xlsx", [19], across, **good(sorted(pid(i) for i in range(200, 208)), 8, names=[name(i) for i in range(200, 208)]))
sign = [["学雷锋志愿服务活动签到表"], ["时间：2026年3月5日 9:00"], ["序号", "姓名", "签到"] * 4] + \
    [sum([[num(r * 4 + b + 1), name(r * 4 + b), None] for b in range(4)], []) for r in range(4)]
case("签到表.xlsx", "openpyxl", [19], sign, refused="sign_in_sheet", signin=[name(i) for i in range(16)])
case("签到表.xls", "lo:xls:MS Excel 97", [19, 4], sign, refused="sign_in_sheet", signin=[name(i) for i in range(16)])

# --- identity numbers --------------------------------------------------------
IDH = ["姓名", "身份证号"]
exact = [i for i in range(300, 340) if not pid(i).endswith("X")]
rows = [IDH] + [[name(i), num(pid(i))] for i in exact]
case("numbers-exact.xlsx", "hand:wps", [26], rows, **good(sorted(pid(i) for i in exact), len(exact)))
case("numbers-float-openpyxl.xlsx", "openpyxl", [26], rows, rows=len(exact), new=0, ids=[], errors={str(i + 2): ["id_digits_lost"] for i in range(len(exact))},
     lost=[pid(i) for i in exact])
case("numbers-float.xlsx", "exceljs", [26], rows, rows=len(exact), new=0, ids=[], errors={str(i + 2): ["id_digits_lost"] for i in range(len(exact))},
     lost=[pid(i) for i in exact])
case("numbers-float-sheetjs.xlsx", "sheetjs:xlsx", [26], rows, rows=len(exact), new=0, ids=[], errors={str(i + 2): ["id_digits_lost"] for i in range(len(exact))},
     lost=[pid(i) for i in exact])
case("numbers-float.xls", "lo:xls:MS Excel 97", [26, 4], rows, rows=len(exact), new=0, ids=[], errors={str(i + 2): ["id_digits_lost"] for i in range(len(exact))},
     lost=[pid(i) for i in exact])
case("numbers-float-libreoffice.xlsx", "lo:xlsx:Calc MS Excel 2007 XML", [26], rows, rows=len(exact), new=0, ids=[],
     errors={str(i + 2): ["id_digits_lost"] for i in range(len(exact))}, lost=[pid(i) for i in exact])
X = next(pid(i) for i in range(400, 500) if pid(i).endswith("X"))
A, B, C, D, E = (pid(i) for i in range(500, 505))
mangled = [IDH, [name(1), "'" + A], [name(2), "  %s %s %s " % (B[:6], B[6:14], B[14:])], [name(3), "\u00a0" + C + "\u200b"],
           [name(4), "".join(chr(ord(c) + 0xFEE0) for c in D)], [name(5), "%s-%s-%s" % (E[:6], E[6:14], E[14:])], [name(6), X[:17] + "x"], [name(7), "\uff38".join([pid(510)[:0] + X[:17], ""])]]
case("mangled.xlsx", "excelize", [27, 28], mangled[:7], **good(sorted([A, B, C, D, E, X]), 6,
     warn={str(r): ["id_normalised"] for r in range(2, 8)}))
odd = [IDH, [name(1), X[:17] + "\u0425"], [name(2), X[:17] + "*"], [name(3), X[:17] + ("X" if check(X[:17]) != "X" else "1")], [name(4), A[:17]], [name(5), A + "1"],
       [name(6), "1" * 18], [name(7), "0" * 18], [name(8), "129999198502301232"], [name(9), "1299" + "*" * 10 + "1234"], [name(10), A[:6] + "ABCDEFGH" + A[14:]],
       [name(11), None]]
F30 = "129999" + "19850230" + "123"
odd[8][1] = F30 + check(F30)
FUT = "129999" + "20990101" + "123"
odd.append([name(12), FUT + check(FUT)])
OLD = "129999" + "18900101" + "123"
odd.append([name(13), OLD + check(OLD)])
old15 = pid(520)
odd.append([name(14), old15[:6] + old15[8:17]])
case("bad-numbers.xlsx", "exceljs", [28, 29, 30, 31, 32, 33, 39, 40], odd, rows=14, new=2, ids=[old15],
     errors={"2": ["id_characters"], "3": ["id_masked", "id_characters"], "4": ["id_checksum"], "5": ["id_length"], "6": ["id_length"], "7": ["id_repeated"], "8": ["id_repeated"],
             "9": ["id_birth"], "10": ["id_masked"], "11": ["id_characters"], "13": ["id_birth"], "14": ["id_age", "id_birth"]},
     warn={"12": ["id_missing"], "15": ["id_converted"]})
disagree = [["姓名", "性别", "出生日期", "身份证号"], [name(1), "女", "1960-01-02", pid(1, sex="男")]]
case("disagree.xlsx", "openpyxl", [34], disagree, rows=1, new=1, ids=[pid(1, sex="男")], errors={}, warn={"2": ["id_sex", "id_birth_given"]})
twice = [IDH, [name(1), pid(1)], [name(1), pid(1)], [name(2), pid(2)], [name(3), pid(2)]]
case("twice.xlsx", "sheetjs:xlsx", [35, 36], twice, rows=4, new=4, ids=[pid(1), pid(1), pid(2), pid(2)], errors={})

# --- names, phones, dates, codes --------------------------------------------
names = [IDH, ["阿不都•热合曼", pid(1)], ["买买提.艾力", pid(2)], ["𬱖𠮷", pid(3)], ["张　三", pid(4)], ["王五（组长）", pid(5)], ["王", pid(6)], ["12345", pid(7)],
         ["小计", None], ["=cmd|' /C calc'!A0", pid(8)], ["<script>", pid(9)], ["'; DROP TABLE x;--", pid(10)], [None, pid(11)], ["李\u202e四", pid(12)], ["\ue5e5国", pid(13)], ["合计：12人", None]]
case("names.xlsx", "openpyxl", [41, 42, 43, 50], names, rows=13, new=6, ids=sorted(pid(i) for i in (1, 2, 3, 4, 5, 13)),
     errors={"7": ["name_short"], "8": ["name_characters"], "10": ["name_characters"], "11": ["name_characters"], "12": ["name_characters"], "13": ["required"], "14": ["control_chars"]},
     names_at={"2": "阿不都·热合曼", "3": "买买提·艾力", "4": "𬱖𠮷", "5": "张三", "6": "王五"}, warn={"15": ["name_private_use"]})
formulas = [["姓名", "身份证号", "联系电话"], [{"f": 'B1&""', "v": name(1)}, pid(1), "13800000001"], [name(2), {"e": "#REF!"}, "13800000002"], [name(3), pid(3), {"e": "#N/A"}]]
case("formulas.xlsx", "exceljs", [44, 45], formulas, rows=3, new=1, ids=[pid(1)], errors={"3": ["cell_error"], "4": ["cell_error"]}, warn={"2": ["cell_formula"]})
phones = [["姓名", "身份证号", "联系电话"], [name(1), pid(1), "+86 138 0000 0001"], [name(2), pid(2), "008613800000002"], [name(3), pid(3), "13800000003/022-23456789"],
          [name(4), pid(4), num("13800000004")], [name(5), pid(5), "1380000005"], [name(6), pid(6), "138000000066"], [name(7), pid(7), "1.38E+10"], [name(8), pid(8), "138-0000-0008"]]
case("phones.xlsx", "sheetjs:xlsx", [46], phones, rows=8, new=5, ids=sorted(pid(i) for i in (1, 2, 3, 4, 8)),
     errors={"6": ["phone"], "7": ["phone"], "8": ["phone"]}, phones_at={"2": ["13800000001"], "3": ["13800000002"], "4": ["13800000003", "02223456789"], "5": ["13800000004"], "9": ["13800000008"]})
dates = [["姓名", "身份证号", "入伍时间"]] + [[name(i), pid(i, "19500101"), v] for i, v in enumerate(
    ["1975.3.5", "1975年3月", "19750305", {"d": "1975-03-05"}, "1975-03", "七五年", "1975", num("1975.1"), "31/12/75", "1975-02-30", "不详", "1975/3/5"])]
case("dates.xlsx", "exceljs", [47], dates, rows=12, new=12, ids=sorted(r[1] for r in dates[1:]), errors={},
     enlisted_at={"2": "1975-03-05", "3": "1975-03", "4": "1975-03-05", "5": "1975-03-05", "6": "1975-03", "7": "1975", "8": "1975", "9": "", "11": "", "12": "", "13": "1975-03-05"},
     warn={"9": ["date_ambiguous"], "11": ["date"]})
case("dates.xls", "lo:xls:MS Excel 97", [47, 4], dates, rows=12, new=12, ids=sorted(r[1] for r in dates[1:]), errors={},
     enlisted_at={"2": "1975-03-05", "3": "1975-03", "4": "1975-03-05", "5": "1975-03-05", "6": "1975-03", "7": "1975", "8": "1975", "9": "", "11": "", "13": "1975-03-05"}, warn={"9": ["date_ambiguous"]})
case("dates-xml2003.xls", "sheetjs:xlml", [47, 3], dates, rows=12, new=12, ids=sorted(r[1] for r in dates[1:]), errors={},
     enlisted_at={"2": "1975-03-05", "3": "1975-03", "4": "1975-03-05", "5": "1975-03-05", "6": "1975-03"}, warn={"9": ["date_ambiguous"]})
order = [["姓名", "身份证号", "入伍时间", "退役时间"], [name(1), pid(1, "19600101"), "1983-01-05", "1978-12-05"], [name(2), pid(2, "19600101"), "1978-12-05", "2099-01-05"], [name(3), pid(3, "19850101"), "1978-12-05", "1983-01-05"]]
case("date-order.xlsx", "openpyxl", [48], order, rows=3, ids=None, warn={"2": ["date_order"], "3": ["date_future"], "4": ["date_order"]})
codes = [["姓名", "身份证号", "政治面貌", "文化程度", "军兵种"], [name(1), pid(1), "党员", "专科", "陆军"], [name(2), pid(2), "外星党", "博士后流动", "太空电梯兵"]]
case("codes.xlsx", "excelize", [49], codes, rows=2, ids=None, warn={"3": ["unknown_code"]})
odds = [["姓名", "身份证号", "联系电话"], [name(1), pid(1), num("1E+308")], [name(2), pid(2), num("-5")], [name(3), {"n": "0.5"}, None]]
case("odd-numbers.xlsx", "openpyxl", [52], odds, rows=3, new=0, ids=[], errors={"2": ["phone"], "3": ["phone"], "4": ["id_length", "id_characters"]})
secret = [["机密 花名册"], IDH, [name(1), pid(1)]]
case("secret.xlsx", "sheetjs:xlsx", [62], secret, refused="sensitive")
young = [IDH, [name(1), pid(1, "20150101")], [name(2) + "（去世）", pid(2)]]
case("minor-deceased.xlsx", "excelize", [63], young, rows=2, ids=None, warn={"2": ["minor"], "3": ["deceased"]})
long = [["姓名", "身份证号", "备注"], [name(1), pid(1), "好" * 400], [name(2), pid(2), "好" * 32767]]
case("long-notes.xlsx", "exceljs", [51], long, rows=2, ids=None, errors_at_least={"3": ["too_long", "cell_too_long"]})
case("gov-export.xls", "hand:gov", [3, 24, 25], [{"rows": plain(8, first=600), "title": "所属行政区划退役军人名单"}], **good(ids(plain(8, first=600)), 8, notes=["rows_hidden"]))
case("strict.xlsx", "hand:strict", [64], plain(4, first=620), **good(ids(plain(4, first=620)), 4))
case("wps.xlsx", "hand:wps", [64, 15], plain(4, first=630), **good(ids(plain(4, first=630)), 4))
case("macro.xlsm", "hand:macro", [45], plain(4, first=640), **good(ids(plain(4, first=640)), 4))
case("cut-sheet.xlsx", "hand:cut", [7], plain(9), refused="sheet_damaged", args=["4", "花名册"])
case("bad-tag.xlsx", "hand:badtag", [8], plain(9), refused="sheet_damaged")
case("doctype.xlsx", "hand:doctype", [12], plain(3), refused="workbook_hostile")
case("xfd.xlsx", "hand:xfd", [14], plain(3), refused="too_many_columns")
case("row-twice.xlsx", "hand:rowtwice", [13], plain(3), refused="sheet_damaged")
case("shared-missing.xlsx", "hand:shared", [16], plain(3), rows=3, new=2, ids=ids(plain(3))[:0] or None, errors={"3": ["cell_error"]})
case("cut-zip.xlsx", "hand:cutzip", [6], plain(9), refused="workbook_cut")
case("empty.xlsx", "hand:empty", [1], [], refused="file_empty")
case("path.xlsx", "hand:path", [11], plain(3), refused="workbook_hostile")
case("frames.xls", "hand:frames", [3], [], refused="web_table")
case("cut-html.xls", "hand:cuthtml", [3, 7], plain(9), refused="sheet_damaged")
case("cut-csv.csv", "hand:cutcsv", [2, 7], plain(9), refused="sheet_damaged")
case("protected.xlsx", "cfb:protected", [5], [], refused="workbook_locked")
case("protected.xls", "cfb:filepass", [5, 4], twelve, refused="workbook_locked")
case("cut.xls", "cfb:cut", [6, 4], twelve, refused="workbook_cut")
case("接龙.txt", "hand:jielong", [2], plain(5, first=700), **good(ids(plain(5, first=700)), 5, names=[name(i) for i in range(700, 705)]))
case("blank-tail.xlsx", "hand:tail", [17], plain(4, first=650), **good(ids(plain(4, first=650)), 4))

if __name__ == "__main__":
    with open("cases.json", "w") as f:
        json.dump(CASES, f, ensure_ascii=False, indent=0)

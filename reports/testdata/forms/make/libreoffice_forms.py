# Three templates that LibreOffice saves, from flat documents: communities, teams
# on a protected sheet, single figures under two-level labels.
import os, subprocess, sys, tempfile

out = sys.argv[1]
HEAD = '''<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<number:number-style style:name="N2"><number:number number:decimal-places="2" number:min-integer-digits="1"/></number:number-style>
<style:style style:name="h" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:background-color="#dddddd"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="b" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" style:cell-protect="none"/></style:style>
<style:style style:name="n" style:family="table-cell" style:data-style-name="N2"><style:table-cell-properties fo:border="0.5pt solid #000000"/></style:style>
<style:style style:name="w" style:family="table-column"><style:table-column-properties style:column-width="4.2cm"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>'''
TAIL = "</office:spreadsheet></office:body></office:document>"


def cell(v=None, style="b", cols=1, rows=1, formula=None):
    span = f' table:number-columns-spanned="{cols}" table:number-rows-spanned="{rows}"' if cols > 1 or rows > 1 else ""
    covered = "<table:covered-table-cell/>" * (cols - 1)
    if formula:
        return f'<table:table-cell table:style-name="{style}"{span} table:formula="of:={formula}" office:value-type="float" office:value="0"/>{covered}'
    if v is None:
        return f'<table:table-cell table:style-name="{style}"{span}/>{covered}'
    if isinstance(v, (int, float)):
        return f'<table:table-cell table:style-name="{style}"{span} office:value-type="float" office:value="{v}"/>{covered}'
    return f'<table:table-cell table:style-name="{style}"{span} office:value-type="string"><text:p>{v}</text:p></table:table-cell>{covered}'


def row(*cells):
    return "<table:table-row>" + "".join(cells) + "</table:table-row>"


def gone(n=1):
    return "<table:covered-table-cell/>" * n


def save(name, sheets):
    with tempfile.TemporaryDirectory() as d:
        body = "".join(f'<table:table table:name="{n}"{extra}><table:table-column table:style-name="w" table:number-columns-repeated="8"/>{"".join(rows)}</table:table>' for n, extra, rows in sheets)
        path = os.path.join(d, name + ".fods")
        open(path, "w").write(HEAD + body + TAIL)
        subprocess.run(["soffice", f"-env:UserInstallation=file://{d}/p", "--headless", "--convert-to", "xlsx", "--outdir", d, path], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.replace(os.path.join(d, name + ".xlsx"), os.path.join(out, name + ".xlsx"))


villages = ["东风里社区", "鹤望里社区", "光明里社区"]
save("08-社区汇总", [("社区", "", [
    row(cell("各社区志愿服务情况", "h", 7)),
    row(cell("社区", "h", 1, 2), cell("人员情况", "h", 3), cell("活动情况", "h", 3)),
    row(gone(), cell("志愿者总数", "h"), cell("其中退役军人", "h"), cell("其中党员", "h"), cell("活动场次", "h"), cell("参加人次", "h"), cell("服务小时数", "h")),
    *[row(cell(v), cell(), cell(), cell(), cell(), cell(), cell(None, "n")) for v in villages],
    row(cell("合计", "h"), *[cell(None, "h", formula=f"SUM([.{c}4:.{c}6])") for c in "BCDEFG"]),
])])
save("09-队伍保护两表", [
    ("说明", "", [row(cell("请在“填表”中填写，灰色格不要改。", "h", 6))]),
    ("填表", ' table:protected="true"', [
        row(cell("志愿服务队一览表", "h", 8)),
        row(*[cell(t, "h") for t in ["序号", "队伍名称", "队伍类别", "队长", "联系电话", "队员人数", "活动场次", "服务时长"]]),
        *[row(*[cell() for _ in range(7)], cell(None, "n")) for _ in range(8)],
        row(cell("总计", "h", 5), *[cell(None, "h", formula=f"SUM([.{c}3:.{c}10])") for c in "FGH"]),
    ])])
save("10-单项数字合并", [("季报", "", [
    row(cell("退役军人志愿服务月报表", "h", 4)),
    row(cell("填报单位", "h"), cell(None, "b", 3)),
    row(cell("队伍数", "h"), cell(), cell("品牌项目数", "h"), cell()),
    row(cell("志愿者总数", "h"), cell(), cell("退役军人志愿者", "h"), cell()),
    row(cell("开展活动次数", "h"), cell(), cell("参与人数", "h"), cell()),
    row(cell("志愿服务时长", "h"), cell(None, "n"), cell("培训时长", "h"), cell(None, "n")),
    row(cell("每场平均小时", "h"), cell(None, "n", formula="IF([.B5]=0;0;[.B6]/[.B5])"), cell("急难险重", "h"), cell()),
    row(cell("填报人", "h"), cell(), cell("填报日期", "h"), cell()),
])])

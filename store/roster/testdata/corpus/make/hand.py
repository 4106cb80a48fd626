#!/usr/bin/python3
"""Writes the workbooks of cases.json that no program writes, or none that runs
here: hand.py OUT."""
import io
import json
import sys
import zipfile
from xml.sax.saxutils import escape

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICTREL = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def ref(r, c):
    return "ABCDEFGHIJKLMNOP"[c] + str(r)


def cells(rows, prefix="", shared=None):
    out = []
    for r, row in enumerate(rows, 1):
        line = []
        for c, v in enumerate(row):
            if v is None:
                continue
            if isinstance(v, dict):
                line.append('<%sc r="%s"><%sv>%s</%sv></%sc>' % (prefix, ref(r, c), prefix, v["n"], prefix, prefix))
            elif shared is not None:
                if v not in shared:
                    shared.append(v)
                line.append('<c r="%s" t="s"><v>%d</v></c>' % (ref(r, c), shared.index(v)))
            else:
                line.append('<%sc r="%s" t="inlineStr"><%sis><%st>%s</%st></%sis></%sc>' % (prefix, ref(r, c), prefix, prefix, escape(v), prefix, prefix, prefix))
        out.append('<%srow r="%d">%s</%srow>' % (prefix, r, "".join(line), prefix))
    return out


def pack(path, sheet, ns=NS, rel=REL, shared=None, extra=(), main="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"):
    z = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)

    def add(name, text):
        z.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    add("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="%s"/></Types>' % main)
    add("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % rel)
    add("xl/workbook.xml", '<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="花名册" sheetId="1" r:id="rId1"/></sheets></workbook>' % (ns, rel))
    add("xl/_rels/workbook.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Type="%s/sharedStrings" Target="sharedStrings.xml"/></Relationships>' % (rel, rel))
    add("xl/worksheets/sheet1.xml", sheet)
    add("xl/sharedStrings.xml", '<sst xmlns="%s">%s</sst>' % (ns, "".join("<si><t>%s</t></si>" % escape(s) for s in shared or [])))
    for name, text in extra:
        add(name, text)
    z.close()


def sheet(body, ns=NS, tail=""):
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="%s"><sheetData>%s</sheetData>%s</worksheet>' % (ns, body, tail)


def text(rows, mark):
    return "\r\n".join(mark.join("" if v is None else v["n"] if isinstance(v, dict) else v for v in row) for row in rows) + "\r\n"


def gov(rows, title):
    """What the pages of offices give: GB 2312, a title over all columns, two
    rows of heads of which the second is empty, a community over several rows."""
    out = ['<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body><table border=1>',
           "<tr><td colspan=7 align=center>%s</td></tr>" % title, "<tr>"]
    out += ["<td rowspan=2>%s</td>" % h for h in rows[0]] + ["</tr><tr></tr>"]
    for i, row in enumerate(rows[1:]):
        out.append('<tr style="display: none">' if i == 2 else "<tr>")
        for v in row:
            v = "" if v is None else v["n"] if isinstance(v, dict) else v
            out.append("<td style=\"mso-number-format:'\\@'\">%s&nbsp;</td>" % escape(v))
        out.append("</tr>")
    return "".join(out + ["</table></body></html>"]).encode("gb2312")


def kingsoft(rows):
    """A workbook in one XML document: GB 2312, cells with an index, a hidden
    sheet whose state stands behind its rows."""
    def cell(c, v):
        kind, v = ("Number", v["n"]) if isinstance(v, dict) else ("String", escape(v))
        return '<Cell ss:Index="%d"><Data ss:Type="%s">%s</Data></Cell>' % (c + 1, kind, v)
    body = "".join('<Row ss:Index="%d">%s</Row>' % (i, "".join(cell(c, v) for c, v in enumerate(r) if v is not None)) for i, r in enumerate(rows, 1))
    hidden = '<Row><Cell><Data ss:Type="String">姓名</Data></Cell></Row>'
    return ('<?xml version="1.0" encoding="GB2312"?><?mso-application progid="Excel.Sheet"?>'
            '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">'
            '<Worksheet ss:Name="花名册"><Table>%s</Table></Worksheet><Worksheet ss:Name="旧表"><Table>%s</Table>'
            '<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>' % (body, hidden)).encode("gb2312")


def make(kind, case, path):
    rows = case["sheets"][0]["rows"] if case["sheets"] else []
    body = cells(rows) if kind not in ("gov",) else []
    raw = None
    if kind == "kingsoft":
        raw = kingsoft(rows)
    elif kind == "gov":
        raw = gov(rows, case["sheets"][0]["title"])
    elif kind == "strict":
        pack(path, '<?xml version="1.0"?><x:worksheet xmlns:x="%s"><x:sheetData>%s</x:sheetData></x:worksheet>' % (STRICT, "".join(cells(rows, "x:"))), STRICT, STRICTREL)
    elif kind == "wps":
        shared = []
        pack(path, sheet("".join(cells(rows, "", shared)), tail='<pageMargins left="0.7"/><headerFooter/>'), shared=shared,
             extra=[("docProps/app.xml", '<Properties><Application>WPS 表格</Application></Properties>')])
    elif kind == "macro":
        pack(path, sheet("".join(body)), extra=[("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"\0" * 600)],
             main="application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    elif kind == "cut":
        pack(path, '<worksheet xmlns="%s"><sheetData>%s' % (NS, "".join(body[:4]) + body[4][:40]))
    elif kind == "badtag":
        body[5] = body[5].replace("</c>", "</d>", 1)
        pack(path, sheet("".join(body)))
    elif kind == "doctype":
        pack(path, sheet("".join(body)).replace("<worksheet", '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet', 1))
    elif kind == "xfd":
        pack(path, sheet("".join(b.replace("</row>", '<c r="XFD%d" t="inlineStr"><is><t>x</t></is></c></row>' % (i + 1)) for i, b in enumerate(body))))
    elif kind == "rowtwice":
        pack(path, sheet("".join(body + body[-1:])))
    elif kind == "shared":
        body[2] = body[2].replace('<c r="D3" t="inlineStr"><is><t>' + rows[2][3] + '</t></is></c>', '<c r="D3" t="s"><v>99999</v></c>')
        pack(path, sheet("".join(body)))
    elif kind == "cutzip":
        pack(path, sheet("".join(body)))
        raw = open(path, "rb").read()[:-300]
    elif kind == "empty":
        raw = b""
    elif kind == "path":
        pack(path, sheet("".join(body)), extra=[("../../x.xml", "<a/>")])
    elif kind == "frames":
        raw = b'<html><head><meta charset=utf-8></head><frameset><frame src="x.files/sheet001.htm"></frameset></html>'
    elif kind == "cuthtml":
        raw = gov(rows, "花名册")[:-200]
    elif kind == "cutcsv":
        whole = text(rows, ",")
        raw = ("\ufeff" + whole + '99,"赵').encode()
    elif kind == "jielong":
        raw = ("#接龙\n东风里志愿服务报名\n" + "".join("%d. %s %s %s\n" % (i, r[1], r[3], r[4]) for i, r in enumerate(rows[1:], 1))).encode()
    elif kind == "tail":
        blank = "".join('<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/></row>' % (i, i) for i in range(len(rows) + 1, 60000))
        pack(path, sheet("".join(body) + blank))
    if raw is not None:
        open(path, "wb").write(raw)


out = sys.argv[1]
for case in json.load(open("cases.json")):
    writer, _, kind = case["writer"].partition(":")
    if writer == "hand":
        make(kind, case, out + "/" + case["file"])

#!/usr/bin/python3
"""Writes the workbooks of cases.json that are openpyxl's: openpyxl_writer.py
OUT. LibreOffice's are written here as well, as what it then converts."""
import datetime
import json
import sys

from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.cell import WriteOnlyCell


def put(ws, r, c, v):
    if v is None:
        return
    cell = ws.cell(row=r, column=c)
    if isinstance(v, str):
        cell.value = v
        cell.data_type = "s"
    elif "n" in v:
        n = v["n"]
        cell.value = int(n) if n.lstrip("-").isdigit() else float(n)
    elif "d" in v:
        cell.value = datetime.date.fromisoformat(v["d"])
        cell.number_format = "yyyy-mm-dd"
    elif "e" in v:
        cell.value = v["e"]
        cell.data_type = "e"


def write(case, path):
    wb = Workbook()
    wb.remove(wb.active)
    for s in case["sheets"]:
        if s.get("chart"):
            cs = wb.create_chartsheet(s["name"])
            cs.add_chart(BarChart())
            continue
        ws = wb.create_sheet(s["name"])
        for r, row in enumerate(s["rows"], 1):
            for c, v in enumerate(row, 1):
                put(ws, r, c, v)
        for m in s.get("merges", []):
            ws.merge_cells(m)
        for r in s.get("hidden_rows", []):
            ws.row_dimensions[r].hidden = True
        for c in s.get("hidden_cols", []):
            ws.column_dimensions["ABCDEFGHIJ"[c]].hidden = True
        ws.sheet_state = s.get("state", "visible")
    wb.save(path)


out = sys.argv[1]
for case in json.load(open("cases.json")):
    if case["writer"] == "openpyxl":
        write(case, out + "/" + case["file"])
    elif case["writer"].startswith("lo:"):
        write(case, out + "/lo/" + case["file"].rsplit(".", 1)[0] + ".xlsx")

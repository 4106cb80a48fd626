#!/bin/sh
# Makes the corpus anew: the workbooks beside this folder, and truth.json. No
# test runs it; what it makes is kept in the repository. It needs Debian's
# libreoffice-calc-nogui, python3-openpyxl and nodejs, and from npm
# xlsx@0.18.5 and exceljs@4.4.0 in NODE_PATH.
set -eu
cd "$(dirname "$0")"
out=$(mktemp -d)
mkdir "$out/lo"
/usr/bin/python3 cases.py
/usr/bin/python3 openpyxl_writer.py "$out"
/usr/bin/python3 hand.py "$out"
node node_writers.js "$out"
go run ./excelize "$out"
/usr/bin/python3 libreoffice.py "$out"
rm -r "$out/lo"
find .. -maxdepth 1 -type f -delete
cp "$out"/* ..
/usr/bin/python3 -c 'import json
cases = json.load(open("cases.json"))
json.dump([{k: c[k] for k in ("file", "writer", "inputs", "truth")} for c in cases], open("../truth.json", "w"), ensure_ascii=False, indent=1)'
rm -r "$out" cases.json

#!/bin/sh
# Makes the district's templates beside this folder anew. No test runs it; what
# it makes is kept. It needs Debian's libreoffice-calc-nogui, python3-openpyxl
# and nodejs, and from npm exceljs@4.4.0 in NODE_PATH. What each holds, and
# where which value belongs, stands in ../truth.json, written by hand.
set -eu
cd "$(dirname "$0")"
/usr/bin/python3 openpyxl_forms.py ..
node exceljs_forms.js ..
/usr/bin/python3 libreoffice_forms.py ..
go run ./excelize ..

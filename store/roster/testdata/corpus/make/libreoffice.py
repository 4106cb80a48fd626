#!/usr/bin/python3
"""Has LibreOffice convert the workbooks of cases.json that are its own:
libreoffice.py OUT."""
import json
import os
import subprocess
import sys

out = sys.argv[1]
for case in json.load(open("cases.json")):
    if not case["writer"].startswith("lo:"):
        continue
    _, suffix, to = case["writer"].split(":", 2)
    stem = case["file"].rsplit(".", 1)[0]
    done = out + "/lo/done"
    os.makedirs(done, exist_ok=True)
    subprocess.run(["soffice", "--headless", "--convert-to", suffix + ":" + to, "--outdir", done, out + "/lo/" + stem + ".xlsx"],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.rename(done + "/" + stem + "." + suffix, out + "/" + case["file"])

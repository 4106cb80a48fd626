// Three templates by exceljs: activities with a picture, single figures, people
// on two merged rows each.
const ExcelJS = require('exceljs');
const out = process.argv[2];
const thin = { style: 'thin' }, box = { top: thin, left: thin, bottom: thin, right: thin };
const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

async function activities() {
  const wb = new ExcelJS.Workbook(), ws = wb.addWorksheet('活动', { pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, printArea: 'A1:J14' } });
  ws.mergeCells('A1:J1'); ws.getCell('A1').value = { richText: [{ text: '志愿服务' }, { font: { bold: true, size: 16 }, text: '活动台账' }] };
  ws.getRow(2).values = ['序号', '活动名称', '活动日期', '地点', '任务类别', '组织队伍', '参加人次', '服务时长（分钟）', '受益人次', '备注'];
  for (let r = 3; r <= 12; r++) for (let c = 1; c <= 10; c++) { const x = ws.getCell(r, c); x.border = box; if (c === 3) x.numFmt = 'yyyy-mm-dd'; if (c === 1) x.value = r - 2; }
  ws.getCell('A13').value = '合计'; ws.getCell('G13').value = { formula: 'SUM(G3:G12)', result: 99 }; ws.getCell('H13').value = { formula: 'SUM(H3:H12)', result: 9999 }; ws.getCell('I13').value = { formula: 'SUM(I3:I12)', result: 9 };
  ws.getCell('A14').value = '填表人：'; ws.getColumn(2).width = 28;
  const id = wb.addImage({ buffer: dot, extension: 'png' }); ws.addImage(id, { tl: { col: 8.2, row: 12.2 }, ext: { width: 40, height: 40 } });
  ws.getCell('B2').note = '写全称';
  await wb.xlsx.writeFile(`${out}/05-活动台账带图.xlsx`);
}

async function figures() {
  const wb = new ExcelJS.Workbook(), ws = wb.addWorksheet('月报');
  ws.mergeCells('A1:D1'); ws.getCell('A1').value = '志愿服务工作月报（单项数字）';
  const rows = [['填报单位', null, '统计月份', null], ['志愿服务队数', null, '注册志愿者人数', null], ['其中党员', null, '本月新增志愿者', null], ['活动场次', null, '参与人次', null], ['服务时长（小时）', null, '服务群众人次', null], ['人均时长', { formula: 'IF(D5=0,0,B6/D5)', result: 7 }, '去年同期场次', 12]];
  rows.forEach((r, i) => r.forEach((v, j) => { const c = ws.getCell(i + 2, j + 1); c.value = v; c.border = box; if (j % 2) { c.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFFFE0' } }; c.protection = { locked: false }; } }));
  ws.getCell('B6').numFmt = '0.0';
  await ws.protect('qu', { selectLockedCells: true });
  await wb.xlsx.writeFile(`${out}/06-单项数字保护.xlsx`);
}

async function pairs() {
  const wb = new ExcelJS.Workbook(), ws = wb.addWorksheet('双行');
  ws.mergeCells('A1:F1'); ws.getCell('A1').value = '骨干队员情况表';
  ['姓名', '出生年月', '民族', '文化程度', '入队时间', '累计时长（小时）'].forEach((t, i) => { ws.mergeCells(2, i + 1, 3, i + 1); ws.getCell(2, i + 1).value = t; });
  for (let k = 0; k < 10; k++) for (let c = 1; c <= 6; c++) { ws.mergeCells(4 + 2 * k, c, 5 + 2 * k, c); const x = ws.getCell(4 + 2 * k, c); x.border = box; if (c === 5) x.numFmt = 'm/d/yy'; }
  ws.mergeCells('A24:E24'); ws.getCell('A24').value = '合计时长'; ws.getCell('F24').value = { formula: 'SUM(F4:F23)' };
  await wb.xlsx.writeFile(`${out}/07-每人两行合并.xlsx`);
}

activities().then(figures).then(pairs).catch((e) => { console.error(e); process.exit(1); });

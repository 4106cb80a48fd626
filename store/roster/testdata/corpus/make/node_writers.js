// Writes the workbooks of cases.json that are SheetJS's, exceljs's and the
// compound files: node node_writers.js OUT. Needs xlsx 0.18.5 and exceljs 4.4.0.
const fs = require('fs')
const XLSX = require('xlsx')
const ExcelJS = require('exceljs')

const out = process.argv[2]
const cases = JSON.parse(fs.readFileSync('cases.json'))

function sheetjsCell(v) {
  if (v === null) return undefined
  if (typeof v === 'string') return { t: 's', v, z: '@' }
  if (v.n !== undefined) return { t: 'n', v: Number(v.n) }
  if (v.d !== undefined) return { t: 'd', v: new Date(v.d + 'T00:00:00'), z: 'yyyy-mm-dd' }
  if (v.e !== undefined) return { t: 'e', v: 23 }
  return { t: 's', v: v.v, f: v.f }
}

function sheetjsBook(c) {
  const wb = XLSX.utils.book_new()
  for (const s of c.sheets) {
    const ws = {}
    let wide = 0
    s.rows.forEach((row, r) => row.forEach((v, col) => {
      const cell = sheetjsCell(v)
      if (cell) ws[XLSX.utils.encode_cell({ r, c: col })] = cell
      wide = Math.max(wide, col)
    }))
    ws['!ref'] = XLSX.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: s.rows.length - 1, c: wide } })
    ws['!merges'] = (s.merges || []).map(m => XLSX.utils.decode_range(m))
    XLSX.utils.book_append_sheet(wb, ws, s.name)
  }
  return wb
}

async function exceljs(c) {
  const wb = new ExcelJS.Workbook()
  for (const s of c.sheets) {
    const ws = wb.addWorksheet(s.name, { state: s.state || 'visible' })
    s.rows.forEach((row, r) => row.forEach((v, col) => {
      if (v === null) return
      const cell = ws.getCell(r + 1, col + 1)
      if (typeof v === 'string') cell.value = v
      else if (v.n !== undefined) cell.value = Number(v.n)
      else if (v.d !== undefined) { cell.value = new Date(v.d + 'T00:00:00Z'); cell.numFmt = 'yyyy-mm-dd' }
      else if (v.e !== undefined) cell.value = { error: v.e }
      else cell.value = { formula: v.f, result: v.v }
    }))
    for (const m of s.merges || []) ws.mergeCells(m)
    for (const r of s.hidden_rows || []) ws.getRow(r).hidden = true
    for (const col of s.hidden_cols || []) ws.getColumn(col + 1).hidden = true
  }
  await wb.xlsx.writeFile(`${out}/${c.file}`)
}

function compound(c, what) {
  const CFB = XLSX.CFB
  if (what === 'protected') {
    const cfb = CFB.utils.cfb_new()
    CFB.utils.cfb_add(cfb, '/EncryptionInfo', Buffer.alloc(400, 1))
    CFB.utils.cfb_add(cfb, '/EncryptedPackage', Buffer.alloc(8000, 7))
    return CFB.write(cfb, { type: 'buffer' })
  }
  const whole = XLSX.write(sheetjsBook(c), { type: 'buffer', bookType: 'biff8' })
  if (what === 'cut') return whole.subarray(0, Math.floor(whole.length / 2))
  // A FILEPASS record behind the first BOF, as a protected workbook has it.
  const cfb = CFB.read(whole, { type: 'buffer' })
  const entry = CFB.find(cfb, '/Workbook')
  const s = Buffer.from(entry.content)
  const bof = 4 + s.readUInt16LE(2)
  const pass = Buffer.concat([Buffer.from([0x2f, 0, 54, 0]), Buffer.alloc(54, 1)])
  entry.content = Buffer.concat([s.subarray(0, bof), pass, s.subarray(bof)])
  entry.size = entry.content.length
  return CFB.write(cfb, { type: 'buffer' })
}

async function main() {
  for (const c of cases) {
    const [writer, kind] = c.writer.split(':')
    if (writer === 'exceljs') await exceljs(c)
    if (writer === 'cfb') fs.writeFileSync(`${out}/${c.file}`, compound(c, kind))
    if (writer !== 'sheetjs') continue
    let b = XLSX.write(sheetjsBook(c), { type: 'buffer', bookType: kind, cellDates: kind === 'xlml', compression: true })
    if (kind === 'csv') b = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), b])
    fs.writeFileSync(`${out}/${c.file}`, b)
  }
}
main()

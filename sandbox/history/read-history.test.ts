// Proves the rules by which invoices become orders and refunds, and that a bad line is named.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHistory } from './read-history.ts'

const HEADER = 'InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tern-history-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function read(orders: string | Buffer, products = 'StockCode,Description\nA,APPLE\n') {
  const paths = { ordersPath: join(folder, 'orders.csv'), productsPath: join(folder, 'products.csv') }
  await writeFile(paths.ordersPath, orders)
  await writeFile(paths.productsPath, products)
  return readHistory(paths)
}

const rows = (...lines: string[]) => `${[HEADER, ...lines].join('\n')}\n`

test('the lines of an invoice are one order, at the time of the first, read as UTC', async () => {
  const { entries, totals } = await read(
    rows(
      '1,A,2,2011-01-01 10:00,1.25,77,France',
      '2,A,1,2011-01-01 10:00,1,78,France',
      '1,B,1,2011-01-01 10:01,0.125,77,France',
    ),
  )
  expect(entries).toHaveLength(2)
  expect(entries[0]).toEqual({
    kind: 'order',
    invoice: '1',
    at: new Date('2011-01-01T10:00:00Z'),
    customer: '77',
    country: 'France',
    lines: [
      { stockCode: 'A', quantity: 2, unitPriceMinor: 125, lineMinor: 250 },
      { stockCode: 'B', quantity: 1, unitPriceMinor: 13, lineMinor: 13 },
    ],
  })
  expect(totals).toMatchObject({ orders: 2, customers: 2, guestOrders: 0, revenueMinor: 363 })
})

test('the line total is exact where the unit price is not whole pennies', async () => {
  const { entries } = await read(rows('1,A,1000,2011-01-01 10:00,0.001,77,France'))
  expect(entries[0]?.lines[0]).toMatchObject({ unitPriceMinor: 0, lineMinor: 100 })
})

test('entries are ordered by time, then as in the file', async () => {
  const { entries } = await read(
    rows('3,A,1,2011-01-02 10:00,1,77,X', '2,A,1,2011-01-01 10:00,1,77,X', '1,A,1,2011-01-01 10:00,1,77,X'),
  )
  expect(entries.map((entry) => entry.invoice)).toEqual(['2', '1', '3'])
})

test('stock corrections are skipped and counted, and an invoice of nothing else is no order', async () => {
  const { totals } = await read(
    rows(
      '1,A,1,2011-01-01 10:00,2,77,X',
      '1,A,-1,2011-01-01 10:00,2,77,X',
      '2,A,5,2011-01-01 10:00,0.0,,X',
      '3,B,1,2011-01-01 10:00,-11062.06,,X',
    ),
  )
  expect(totals).toMatchObject({ orders: 1, guestOrders: 0, revenueMinor: 200, skippedLines: 3 })
})

test('a line without a customer makes a guest order', async () => {
  const { entries, totals } = await read(rows('1,A,1,2011-01-01 10:00,2,,X'))
  expect(entries[0]).toMatchObject({ customer: null })
  expect(totals).toMatchObject({ orders: 1, guestOrders: 1, customers: 0 })
})

test('a refund invoice takes back the newest purchases first, and an order with nothing left is cancelled', async () => {
  const { entries, totals } = await read(
    rows(
      '1,A,5,2011-01-01 10:00,1,77,X',
      '2,A,2,2011-01-02 10:00,3,77,X',
      'C3,A,-4,2011-01-03 10:00,9,77,X',
      '4,A,4,2011-01-04 10:00,1,77,X',
    ),
  )
  expect(entries.filter((entry) => entry.kind === 'refund')).toEqual([
    expect.objectContaining({
      orderInvoice: '2',
      isWhole: true,
      lines: [{ lineIndex: 0, stockCode: 'A', quantity: 2, amountMinor: 600 }],
    }),
    expect.objectContaining({
      orderInvoice: '1',
      isWhole: false,
      lines: [{ lineIndex: 0, stockCode: 'A', quantity: 2, amountMinor: 200 }],
    }),
  ])
  expect(totals).toMatchObject({ refundedMinor: 800, ordersCancelled: 1, unmatchedRefundLines: 0 })
})

test('what was not bought before, by that customer, cannot be refunded but is counted', async () => {
  const { totals } = await read(
    rows(
      '1,A,2,2011-01-02 10:00,1,77,X',
      'C2,A,-1,2011-01-01 10:00,1,77,X',
      'C3,A,-1,2011-01-03 10:00,1,78,X',
      'C4,a,-1,2011-01-03 10:00,1,77,X',
      'C5,A,-3,2011-01-03 10:00,1,77,X',
      'C6,A,-1,2011-01-03 10:00,1,,X',
    ),
  )
  expect(totals).toMatchObject({ refundedMinor: 200, ordersCancelled: 1, unmatchedRefundLines: 5, guestRefunds: 1 })
})

test('the refunds of one line add up to what was paid for it, to the penny', async () => {
  const { entries, totals } = await read(
    rows(
      '1,A,3,2011-01-01 10:00,0.335,77,X',
      ...['C2', 'C3', 'C4'].map((invoice) => `${invoice},A,-1,2011-01-02 10:00,0.335,77,X`),
    ),
  )
  const amounts = entries.flatMap((entry) =>
    entry.kind === 'refund' ? entry.lines.map((line) => line.amountMinor) : [],
  )
  expect(amounts).toEqual([34, 33, 34])
  expect(totals).toMatchObject({ revenueMinor: 101, refundedMinor: 101, ordersCancelled: 1 })
})

test('a gzipped file reads like a plain one, whatever its name', async () => {
  const { totals } = await read(gzipSync(rows('1,A,1,2011-01-01 10:00,2,77,X')))
  expect(totals.orders).toBe(1)
})

test('columns may stand in another order, and titles come from the products file', async () => {
  const { entries, productTitles } = await read(
    'StockCode,InvoiceNo,Country,Quantity,CustomerID,UnitPrice,InvoiceDate\nA,1,X,1,77,2.5,2011-01-01 10:00\n',
    'StockCode,Description\nA,"APPLE, RED "\nB,\n',
  )
  expect(entries[0]).toMatchObject({ invoice: '1', lines: [{ stockCode: 'A', lineMinor: 250 }] })
  expect([...productTitles]).toEqual([['A', 'APPLE, RED']])
})

test.each([
  ['1,A,x,2011-01-01 10:00,2,77,X', 'Quantity "x" is not a whole number'],
  ['1,A,1.5,2011-01-01 10:00,2,77,X', 'Quantity "1.5" is not a whole number'],
  ['1,A,1,2011-01-01 10:00,free,77,X', 'UnitPrice "free" is not a decimal number'],
  ['1,A,1,2011-02-30 10:00,2,77,X', 'InvoiceDate "2011-02-30 10:00" is not a date'],
  ['1,A,1,01/02/2011 10:00,2,77,X', 'InvoiceDate "01/02/2011 10:00" is not a date'],
  ['1,A,1,2011-01-01 10:00,2,77', 'has 6 columns instead of 7'],
  ['1,A,1,2011-01-01 10:00,2,77,X,Y', 'has 8 columns instead of 7'],
  [',A,1,2011-01-01 10:00,2,77,X', 'InvoiceNo is empty'],
  ['1,,1,2011-01-01 10:00,2,77,X', 'StockCode is empty'],
  ['1,A,9007199254740991,2011-01-01 10:00,2,77,X', 'is too large'],
  ['1,A,1,2011-01-01 10:00,2,77,"X', 'Quote Not Closed'],
])('the line %s is refused, with file and number', async (line, problem) => {
  const reading = read(rows('1,A,1,2011-01-01 10:00,2,77,X', line))
  await expect(reading).rejects.toThrow(`${join(folder, 'orders.csv')}, line 3: `)
  await expect(reading).rejects.toThrow(problem)
})

test.each([
  ['InvoiceNo,StockCode,Quantity,InvoiceDate,Price,CustomerID,Country', 'unknown header "Price"'],
  ['InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID', 'unknown header InvoiceNo,StockCode'],
  ['', 'is empty'],
])('the header %j is refused', async (header, problem) => {
  const reading = read(`${header}\n`)
  await expect(reading).rejects.toThrow(`${join(folder, 'orders.csv')}, line 1: `)
  await expect(reading).rejects.toThrow(problem)
})

test('a broken gzip file is refused by name', async () => {
  const whole = gzipSync(rows('1,A,1,2011-01-01 10:00,2,77,X'))
  await expect(read(whole.subarray(0, whole.length - 12))).rejects.toThrow(/orders\.csv, line \d+: cannot be unpacked/)
})

// Reads one line of an invoice file into checked values, or says which field of which line is wrong.
import { type CsvLine, HistoryFileError } from './csv-file.ts'
import { parseDecimal, timesInMinor } from './decimal-text.ts'

export const ORDER_COLUMNS = [
  'InvoiceNo',
  'StockCode',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const

export interface InvoiceLine {
  invoice: string
  stockCode: string
  quantity: number
  at: Date
  hasPrice: boolean
  unitPriceMinor: number
  lineMinor: number
  customer: string | null
  country: string
}

const WHOLE_NUMBER = /^-?\d+$/
const TIMESTAMP = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?$/

/** Throws `HistoryFileError` for a line that cannot be read. */
export function readInvoiceLine(path: string, { line, fields }: CsvLine): InvoiceLine {
  const [invoice = '', stockCode = '', quantityText = '', dateText = '', priceText = '', customer = '', country = ''] =
    fields
  const wrong = (problem: string) => new HistoryFileError(path, line, problem)
  if (invoice === '') throw wrong('InvoiceNo is empty')
  if (stockCode === '') throw wrong('StockCode is empty')

  const quantity = Number(quantityText)
  if (!WHOLE_NUMBER.test(quantityText) || !Number.isSafeInteger(quantity)) {
    throw wrong(`Quantity "${quantityText}" is not a whole number`)
  }
  const price = parseDecimal(priceText)
  if (price === null) throw wrong(`UnitPrice "${priceText}" is not a decimal number`)
  const lineMinor = Number(timesInMinor(price, quantity))
  if (!Number.isSafeInteger(lineMinor))
    throw wrong(`Quantity × UnitPrice (${quantityText} × ${priceText}) is too large`)
  const at = parseTimestamp(dateText)
  if (at === null) throw wrong(`InvoiceDate "${dateText}" is not a date like 2010-12-01 08:26`)

  return {
    invoice,
    stockCode,
    quantity,
    at,
    hasPrice: price.digits > 0n,
    unitPriceMinor: Number(timesInMinor(price, 1)),
    lineMinor,
    customer: customer === '' ? null : customer,
    country,
  }
}

// The file names no time zone: its timestamps are taken as UTC.
function parseTimestamp(text: string): Date | null {
  if (!TIMESTAMP.test(text)) return null
  const iso = `${text.slice(0, 10)}T${text.slice(11)}`
  const at = new Date(`${iso}Z`)
  // JavaScript reads 30 February as 2 March; a date that comes back changed is none.
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(iso) ? null : at
}

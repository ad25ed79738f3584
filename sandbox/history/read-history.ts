// Turns a shop's exported invoices into its order history, with the totals by which a replay can be checked.
import { readCsvFile } from './csv-file.ts'
import type { History, HistoryEntry, HistoryTotals, OrderEntry } from './history.ts'
import { type InvoiceLine, ORDER_COLUMNS, readInvoiceLine } from './invoice-line.ts'
import { createRefundLedger } from './match-refunds.ts'

export interface HistoryFiles {
  /** CSV, plain or gzipped: InvoiceNo, StockCode, Quantity, InvoiceDate (taken as UTC), UnitPrice, CustomerID, Country. */
  ordersPath: string
  /** CSV, plain or gzipped: StockCode, Description. */
  productsPath: string
}

/**
 * Reads both files. Rules:
 * - an invoice is one order; its first line says when, who and where;
 * - a line without a customer is a guest's;
 * - an invoice whose number starts with `C` refunds the customer's earlier purchases, newest first;
 *   an order of which nothing is left is cancelled;
 * - in other invoices a line without a quantity or price above zero is a stock correction and is skipped.
 *
 * Throws `HistoryFileError`, which names file and line, when a line cannot be read.
 */
export async function readHistory({ ordersPath, productsPath }: HistoryFiles): Promise<History> {
  const productTitles = await readProductTitles(productsPath)
  const { invoices, skippedLines } = await readInvoices(ordersPath)
  invoices.sort((left, right) => left.at.getTime() - right.at.getTime())
  return { ...toEntries(invoices, skippedLines), productTitles }
}

interface Invoice {
  number: string
  at: Date
  customer: string | null
  country: string
  lines: OrderEntry['lines']
}

async function readProductTitles(path: string): Promise<Map<string, string>> {
  const titles = new Map<string, string>()
  for await (const { fields } of readCsvFile(path, ['StockCode', 'Description'])) {
    const [stockCode = '', description = ''] = fields
    if (description.trim() !== '') titles.set(stockCode, description.trim())
  }
  return titles
}

async function readInvoices(path: string): Promise<{ invoices: Invoice[]; skippedLines: number }> {
  const invoices = new Map<string, Invoice>()
  let skippedLines = 0
  for await (const csvLine of readCsvFile(path, ORDER_COLUMNS)) {
    const line = readInvoiceLine(path, csvLine)
    const invoice = invoices.get(line.invoice) ?? startInvoice(line)
    invoices.set(line.invoice, invoice)
    if (!isRefund(line.invoice) && (line.quantity <= 0 || !line.hasPrice)) {
      skippedLines += 1
      continue
    }
    const { stockCode, quantity, unitPriceMinor, lineMinor } = line
    invoice.lines.push({ stockCode, quantity, unitPriceMinor, lineMinor })
  }
  return { invoices: [...invoices.values()], skippedLines }
}

function startInvoice({ invoice, at, customer, country }: InvoiceLine): Invoice {
  return { number: invoice, at, customer, country, lines: [] }
}

function isRefund(invoice: string): boolean {
  return invoice.startsWith('C')
}

function toEntries(invoices: Invoice[], skippedLines: number): { entries: HistoryEntry[]; totals: HistoryTotals } {
  const entries: HistoryEntry[] = []
  const ledger = createRefundLedger()
  let unmatchedRefundLines = 0
  let guestRefunds = 0
  for (const { number, at, customer, country, lines } of invoices) {
    if (!isRefund(number)) {
      if (lines.length === 0) continue
      const order: OrderEntry = { kind: 'order', invoice: number, at, customer, country, lines }
      ledger.bought(order)
      entries.push(order)
    } else if (customer === null) {
      guestRefunds += 1
      unmatchedRefundLines += lines.length
    } else {
      const backwards = lines.map(({ stockCode, quantity }) => ({ stockCode, quantity: -quantity }))
      const refunded = ledger.refund({ invoice: number, at, customer, lines: backwards })
      unmatchedRefundLines += refunded.unmatchedLines
      entries.push(...refunded.entries)
    }
  }
  return { entries, totals: { ...totalsOf(entries), skippedLines, unmatchedRefundLines, guestRefunds } }
}

type EntryTotals = Omit<HistoryTotals, 'skippedLines' | 'unmatchedRefundLines' | 'guestRefunds'>

function totalsOf(entries: HistoryEntry[]): EntryTotals {
  const orders = entries.filter((entry) => entry.kind === 'order')
  const refunds = entries.filter((entry) => entry.kind === 'refund')
  const customers = new Set(orders.map((order) => order.customer))
  customers.delete(null)
  return {
    orders: orders.length,
    guestOrders: orders.filter((order) => order.customer === null).length,
    customers: customers.size,
    revenueMinor: sum(orders.flatMap((order) => order.lines.map((line) => line.lineMinor))),
    refundedMinor: sum(refunds.flatMap((refund) => refund.lines.map((line) => line.amountMinor))),
    ordersCancelled: refunds.filter((refund) => refund.isWhole).length,
  }
}

function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}

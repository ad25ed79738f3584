// Counts an order history a second time, from its lines and with nothing of our own code.

/** InvoiceNo, StockCode, Quantity, InvoiceDate, UnitPrice, CustomerID, Country. */
export type Row = readonly string[]

export interface Purchase {
  invoice: string
  customer: string
  atMs: number
  /** When nothing of it was left, if ever. */
  cancelledMs: number
}

export interface Count {
  skippedLines: number
  orders: number
  guestOrders: number
  customers: number
  revenueMinor: number
  ordersCancelled: number
  /** Of known customers, in order of time. */
  purchases: Purchase[]
}

export function countByHand(rows: readonly Row[]): Count {
  const isRefund = (row: Row) => row[0]!.startsWith('C')
  const told = rows.filter((row) => !isRefund(row))
  const sold = told.filter((row) => Number(row[2]) > 0 && Number(row[4]) > 0)
  const orders = byInvoice(sold)
  const purchases = [...orders.values()].filter((lines) => lines[0]![5] !== '').map(purchaseOf)
  cancel(purchases, orders, byInvoice(rows.filter(isRefund)))
  return {
    skippedLines: told.length - sold.length,
    orders: orders.size,
    guestOrders: orders.size - purchases.length,
    customers: new Set(purchases.map(({ customer }) => customer)).size,
    revenueMinor: sold.reduce((total, row) => total + Math.round(Number(row[2]) * Number(row[4]) * 100 + 1e-6), 0),
    ordersCancelled: purchases.filter(({ cancelledMs }) => cancelledMs < Number.POSITIVE_INFINITY).length,
    purchases: purchases.sort((a, b) => a.atMs - b.atMs),
  }
}

function byInvoice(rows: readonly Row[]): Map<string, Row[]> {
  const invoices = new Map<string, Row[]>()
  for (const row of rows) invoices.set(row[0]!, [...(invoices.get(row[0]!) ?? []), row])
  return invoices
}

function purchaseOf(lines: readonly Row[]): Purchase {
  const [invoice, , , date, , customer] = lines[0]!
  return { invoice: invoice!, customer: customer!, atMs: timeOf(date!), cancelledMs: Number.POSITIVE_INFINITY }
}

const timeOf = (date: string) => Date.parse(`${date.replace(' ', 'T')}Z`)

/** Piece by piece: each refunded one is taken from the customer's newest order that still has one. */
function cancel(purchases: Purchase[], orders: Map<string, Row[]>, refunds: Map<string, Row[]>) {
  const pieces = new Map(
    purchases.map((purchase) => [
      purchase,
      (orders.get(purchase.invoice) ?? []).map((row) => [row[1], Number(row[2])] as [string, number]),
    ]),
  )
  for (const lines of [...refunds.values()].sort((a, b) => timeOf(a[0]![3]!) - timeOf(b[0]![3]!))) {
    const atMs = timeOf(lines[0]![3]!)
    const theirs = purchases
      .filter(({ customer, atMs: boughtMs }) => customer === lines[0]![5] && boughtMs <= atMs)
      .sort((a, b) => b.atMs - a.atMs)
    for (const [, code, quantity] of lines) {
      for (let left = -Number(quantity); left > 0; left--) {
        const from = theirs.find((purchase) => pieces.get(purchase)!.some(([stock, n]) => stock === code && n > 0))
        if (!from) break
        const line = pieces.get(from)!.find(([stock, n]) => stock === code && n > 0)!
        line[1] -= 1
        if (pieces.get(from)!.every(([, n]) => n === 0)) from.cancelledMs = atMs
      }
    }
  }
}

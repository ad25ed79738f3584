// Exact arithmetic on prices as they are written, because floats turn 1.005 × 100 into 100.49999 and lose the penny.

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

export interface Decimal {
  /** The digits without the point. */
  digits: bigint
  /** Ten to the number of digits behind the point. */
  scale: bigint
}

/** Null when the text is no plain decimal number. */
export function parseDecimal(text: string): Decimal | null {
  const match = DECIMAL.exec(text)
  if (match === null) return null
  const [, sign, whole, fraction = ''] = match
  return { digits: BigInt(`${sign}${whole}${fraction}`), scale: 10n ** BigInt(fraction.length) }
}

/** `quantity` × `price` in hundredths, half a hundredth rounded up. */
export function timesInMinor(price: Decimal, quantity: number): bigint {
  return floorDivide(2n * 100n * BigInt(quantity) * price.digits + price.scale, 2n * price.scale)
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  return dividend % divisor < 0n ? quotient - 1n : quotient
}

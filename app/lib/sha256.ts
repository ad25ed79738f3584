// SHA-256 in plain JavaScript, for code that decides by a hash and has to run in a browser too, where the hash is async.

const constants = Uint32Array.from(firstPrimes(64), (prime) => fraction(Math.cbrt(prime)))
const initial = Uint32Array.from(firstPrimes(8), (prime) => fraction(Math.sqrt(prime)))

/** The eight 32-bit words of the digest of the text's UTF-8 bytes. */
export function sha256(text: string): Uint32Array {
  const blocks = padded(new TextEncoder().encode(text))
  const hash = Uint32Array.from(initial)
  for (let at = 0; at < blocks.byteLength; at += 64) compress(hash, scheduleOf(blocks, at))
  return hash
}

/** The message, a 1 bit, zeros, and its length in bits, to a multiple of 64 bytes. */
function padded(message: Uint8Array): DataView {
  const view = new DataView(new ArrayBuffer(((message.length + 8) >> 6) * 64 + 64))
  for (const [index, byte] of message.entries()) view.setUint8(index, byte)
  view.setUint8(message.length, 0x80)
  view.setUint32(view.byteLength - 8, Math.floor(message.length / 0x20000000))
  view.setUint32(view.byteLength - 4, message.length * 8)
  return view
}

function scheduleOf(blocks: DataView, at: number): Uint32Array {
  const w = new Uint32Array(64)
  for (let i = 0; i < 16; i++) w[i] = blocks.getUint32(at + i * 4)
  for (let i = 16; i < 64; i++) {
    const [a, b] = [w[i - 15]!, w[i - 2]!]
    w[i] = w[i - 16]! + w[i - 7]! + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))
  }
  return w
}

function compress(hash: Uint32Array, w: Uint32Array) {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash
  for (let i = 0; i < 64; i++) {
    const choice = (e & f) ^ (~e & g)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + constants[i]! + w[i]!) >>> 0
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) >>> 0
    ;[a, b, c, d, e, f, g, h] = [(first + second) >>> 0, a, b, c, (d + first) >>> 0, e, f, g]
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) hash[index] = hash[index]! + word
}

const turn = (word: number, bits: number) => (word >>> bits) | (word << (32 - bits))

/** The first 32 bits after the point. */
function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32)
}

function firstPrimes(count: number): number[] {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes
}

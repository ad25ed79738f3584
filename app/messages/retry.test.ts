import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messageId, shopId } from '#app/lib/ids.ts'
import type { Candidate } from './candidates.server.ts'
import { type HandOver, handOverOf } from './hand-over.ts'
import { answerOf, backOffMs, pauseBy } from './retry.ts'

const now = new Date('2026-03-02T12:00:00Z')
const secondsOn = (seconds: number) => new Date(now.getTime() + seconds * 1000)

/** The parts of a candidate that answers depend on. */
const candidate = (changes: Partial<Candidate> = {}) =>
  ({
    shopId: shopId(1),
    id: messageId('5a1f0c7e-3b9a-5116-8f1f-7c8c4a6b5b0e'),
    attempts: 0,
    firstDueAt: now,
    ...changes,
  }) as Candidate

const response = (code: number, headers: Record<string, string> = {}, body: unknown = {}) => ({
  code,
  response: { headers, body },
})

test.each<[string, object, HandOver['kind']]>([
  ['a refused connection', { code: 'ECONNREFUSED' }, 'retry'],
  ['a host that cannot be found', { code: 'ENOTFOUND' }, 'retry'],
  ['a connection that was never made', { code: 'ETIMEDOUT', syscall: 'connect' }, 'retry'],
  ['a reset connection', { code: 'ECONNRESET' }, 'unknown'],
  ['no answer in time', { code: 'ECONNABORTED' }, 'unknown'],
  ['an error that nobody expected', new TypeError('x'), 'unknown'],
  ['400', response(400), 'failed'],
  ['401', response(401), 'sender_refused'],
  ['403', response(403), 'sender_refused'],
  ['404', response(404), 'sender_refused'],
  ['408', response(408), 'retry'],
  ['413', response(413), 'failed'],
  ['429', response(429), 'sender_limited'],
  ['500', response(500), 'retry'],
  ['501', response(501), 'unknown'],
  ['502', response(502), 'unknown'],
  ['503', response(503), 'retry'],
  ['504', response(504), 'unknown'],
])('%s means: %s %s', (_name, error, kind) => {
  expect(handOverOf(error).kind).toBe(kind)
})

test('the field that SendGrid refuses is named, and nothing that could be an address', () => {
  const refused = (body: unknown) => handOverOf(response(400, {}, body))
  const errors = (field: unknown) => ({ errors: [{ field, message: 'ann@example.com is not valid' }] })
  expect(refused(errors('personalizations.0.to.0.email'))).toMatchObject({
    reason: 'sendgrid_400_personalizations.0.to.0.email',
  })
  for (const odd of [errors('ann@example.com'), errors(null), { errors: 'x' }, null, 'text'])
    expect(refused(odd)).toEqual({ kind: 'failed', reason: 'sendgrid_400' })
})

test.each<[string, Record<string, string>, Date]>([
  ['the reset header', { 'x-ratelimit-reset': String(secondsOn(90).getTime() / 1000) }, secondsOn(90)],
  ['Retry-After', { 'retry-after': '17' }, secondsOn(17)],
  ['nothing', {}, secondsOn(60)],
  ['nonsense', { 'retry-after': 'soon', 'x-ratelimit-reset': '' }, secondsOn(60)],
  ['a time that is past', { 'x-ratelimit-reset': '1' }, secondsOn(1)],
  ['a time far off', { 'retry-after': '99999999' }, secondsOn(3600)],
])('a rate limit with %s pauses the sender until then', (_name, headers, until) => {
  expect(pauseBy(handOverOf(response(429, headers)), now)).toEqual({ until, reason: 'rate_limited' })
})

const anyAnswer: fc.Arbitrary<HandOver> = fc.oneof(
  fc.constant({ kind: 'accepted' as const, providerId: 'abc' }),
  fc.constantFrom(408, 429, 400, 401, 403, 404, 413, 500, 501, 502, 503, 504).map((code) => handOverOf(response(code))),
  fc.constantFrom('ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED').map((code) => handOverOf({ code })),
)

test('only what surely was not accepted is ever queued again, and everything that waits waits for a later moment', () => {
  fc.assert(
    fc.property(anyAnswer, fc.nat({ max: 11 }), fc.nat({ max: 100 }), (answer, attempts, hoursLate) => {
      const given = candidate({ attempts, firstDueAt: secondsOn(-hoursLate * 3600) })
      const { state, dueAt } = answerOf(given, 'Subject', answer, now)
      if (state === 'queued') expect(answer.kind).toBe('retry')
      if (answer.kind === 'unknown') expect(state).toBe('unknown')
      expect(dueAt === null).toBe(state === 'handed_over' || state === 'failed')
      if (dueAt) expect(dueAt.getTime()).toBeGreaterThan(now.getTime())
    }),
  )
})

test('each try waits longer than the one before, four hours and a quarter at most', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const waits = Array.from({ length: 12 }, (_, attempts) => backOffMs({ id: messageId(id), attempts }))
      for (const [attempts, wait] of waits.entries()) {
        expect(wait).toBeGreaterThan(22_000 * Math.min(2 ** attempts, 1))
        expect(wait).toBeLessThanOrEqual(5 * 3_600_000)
        if (attempts > 0 && attempts < 8) expect(wait).toBeGreaterThan(waits[attempts - 1]!)
      }
    }),
  )
})

test('messages that fail together do not come back together', () => {
  const waits = new Set(fc.sample(fc.uuid(), 100).map((id) => backOffMs({ id: messageId(id), attempts: 3 })))
  expect(waits.size).toBeGreaterThan(90)
})

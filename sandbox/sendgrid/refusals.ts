// How SendGrid says no, and how a scripted fault makes a valid request go wrong.
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { answerErrors } from './http.ts'
import type { Fault } from './model.ts'

const MESSAGES: Record<number, string> = {
  400: 'Bad Request',
  401: 'The provided authorization grant is invalid, expired, or revoked',
  403: 'access forbidden',
  404: 'not found',
  405: 'method not allowed',
  413: 'content too large',
  415: 'Content-Type should be application/json.',
  429: 'too many requests',
  500: 'internal server error',
  502: 'bad gateway',
  503: 'service unavailable',
  504: 'gateway timeout',
}

/** Answers `status` with SendGrid's general message for it. `resetAt` is when a rate limit ends. */
export function answerRefusal(response: ServerResponse, status: number, resetAt?: Date) {
  const errors = [{ message: MESSAGES[status] ?? 'error', field: null, help: null }]
  answerErrors(response, status, errors, {
    ...(resetAt ? rateLimitHeaders(resetAt) : {}),
    // What is left of a body that was too large must not be taken for the next request.
    ...(status === 413 ? { Connection: 'close' } : {}),
  })
}

/** Whether SendGrid has the mail afterwards, whatever the sender hears of it. */
export function takesMail(fault: Fault): boolean {
  if (typeof fault === 'object') return 'delayMs' in fault
  return fault === 'ok' || fault === 'accept-then-drop-connection'
}

/** Answers a valid request as the script says; `confirm` is the ordinary answer. */
export async function applyFault(fault: Fault, response: ServerResponse, now: Date, confirm: () => void) {
  if (fault === 'ok') confirm()
  else if (fault === 'drop-connection' || fault === 'accept-then-drop-connection') response.destroy()
  else if (typeof fault === 'object' && 'status' in fault) {
    answerRefusal(response, fault.status, resetTime(fault.retryAfterSeconds, now))
  } else if (typeof fault === 'object') {
    await delay(fault.delayMs)
    confirm()
  }
}

function resetTime(afterSeconds: number | undefined, now: Date): Date | undefined {
  return afterSeconds === undefined ? undefined : new Date(now.getTime() + afterSeconds * 1000)
}

function rateLimitHeaders(resetAt: Date) {
  return {
    'X-RateLimit-Limit': 10_000,
    'X-RateLimit-Remaining': 0,
    'X-RateLimit-Reset': Math.ceil(resetAt.getTime() / 1000),
  }
}

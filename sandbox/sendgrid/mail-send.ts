// The endpoints of SendGrid's API that Tern calls: POST /v3/mail/send, GET /v3/scopes, those of the log and of set-up.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '#app/platform/clock.server.ts'
import { type Account, createAccount } from './account.ts'
import { checkMailBody } from './check-mail-body.ts'
import { answer, answerErrors, answerJson, isPlainJson, parseJson, readBody } from './http.ts'
import { createLogs } from './logs.ts'
import type { MailBody } from './mail-body.ts'
import type { Mailbox, StoredMail } from './mailbox.ts'
import type { ApiError, ApiKey, FaultScript, LogFaultScript } from './model.ts'
import type { PostOffice } from './post-office.ts'
import { derivedId } from './random.ts'
import { mailsOf, messageIdOf } from './received-mail.ts'
import { answerRefusal, applyFault, takesMail } from './refusals.ts'

const MAX_BYTES = 30_000_000

export type Api = {
  clock: Clock
  apiKeys: ApiKey[]
  mailbox: Mailbox
  postOffice: PostOffice
  seed: string
  faults: FaultScript
  logFaults: LogFaultScript
  account: Omit<Account, 'findApiKey' | 'seed'>
}

/** Answers a request below `/v3/`. */
export function createApi(api: Api) {
  let requestNumber = 0
  const findKey = (request: IncomingMessage) => findApiKey(api.apiKeys, request)
  const answerLogs = createLogs({ mailbox: api.mailbox, findApiKey: findKey, faults: api.logFaults })

  const answerAccount = createAccount({ ...api.account, seed: api.seed, findApiKey: findKey })

  async function answerMailSend(request: IncomingMessage, response: ServerResponse) {
    const verdict = await judge(api, request)
    if (!verdict.ok) {
      api.mailbox.countRejected()
      return verdict.errors
        ? answerErrors(response, verdict.status, verdict.errors)
        : answerRefusal(response, verdict.status)
    }
    const { body, apiKey } = verdict
    if (body.mail_settings?.sandbox_mode?.enable) return answer(response, 200, 'text/plain', '')
    const now = api.clock.now()
    const mails = mailsOf(body, { requestId: nextRequestId(api, body), apiKey, now })
    const first = mails[0]!.mail
    const fault = api.faults(++requestNumber, first)
    if (takesMail(fault)) accept(api, body, mails)
    else api.mailbox.countRejected()
    return applyFault(fault, response, now, () => answer(response, 202, 'text/plain', '', { 'X-Message-Id': first.id }))
  }

  return async function answerApi(request: IncomingMessage, response: ServerResponse, path: string) {
    if (path === '/v3/mail/send') return answerMailSend(request, response)
    if (path === '/v3/logs' || path.startsWith('/v3/logs/')) return answerLogs(request, response, path)
    if (/^\/v3\/(user\/webhooks|whitelabel)\//.test(path)) return answerAccount(request, response, path)
    if (path !== '/v3/scopes') return answerRefusal(response, 404)
    if (request.method !== 'GET') return answerRefusal(response, 405)
    const apiKey = findApiKey(api.apiKeys, request)
    return apiKey ? answerJson(response, 200, { scopes: apiKey.scopes }) : answerRefusal(response, 401)
  }
}

type Verdict = { ok: true; body: MailBody; apiKey: string } | { ok: false; status: number; errors?: ApiError[] }

async function judge(api: Api, request: IncomingMessage): Promise<Verdict> {
  if (request.method !== 'POST') return { ok: false, status: 405 }
  const apiKey = findApiKey(api.apiKeys, request)
  if (!apiKey) return { ok: false, status: 401 }
  if (!apiKey.scopes.includes('mail.send')) return { ok: false, status: 403 }
  if (!isPlainJson(request)) return { ok: false, status: 415 }
  const raw = await readBody(request, MAX_BYTES)
  if (!raw) return { ok: false, status: 413 }
  const parsed = parseJson(raw)
  if (parsed === undefined) return { ok: false, status: 400 }
  const verdict = checkMailBody(parsed, api.clock.now())
  return verdict.ok
    ? { ok: true, body: verdict.body, apiKey: apiKey.key }
    : { ok: false, status: 400, errors: verdict.errors }
}

/** Depends on the mail alone, not on the order in which requests arrive. */
function nextRequestId({ mailbox, seed }: Api, body: MailBody): string {
  const messageId = messageIdOf(body, body.personalizations[0])
  const turn = messageId === null ? mailbox.counts().received : mailbox.timesAccepted(messageId)
  return derivedId(`${seed}/${messageId ?? 'no message id'}/${turn}`, 22)
}

function accept({ mailbox, postOffice }: Api, body: MailBody, mails: StoredMail[]) {
  for (const personalization of body.personalizations) {
    const messageId = messageIdOf(body, personalization)
    if (messageId !== null) mailbox.countAcceptance(messageId)
  }
  for (const stored of mails) {
    mailbox.add(stored)
    postOffice.accept(stored)
  }
}

function findApiKey(apiKeys: ApiKey[], request: IncomingMessage): ApiKey | null {
  const [scheme, key] = (request.headers.authorization ?? '').split(' ')
  return (scheme?.toLowerCase() === 'bearer' && apiKeys.find((known) => known.key === key)) || null
}

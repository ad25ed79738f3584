// Can mail go out with the installation's own key, and can its log be asked about lost answers?
import { z } from 'zod'
import type { Env } from '#app/platform/env.server.ts'
import type { Finding } from './check.ts'

const scopesSchema = z.object({ scopes: z.array(z.string()) })
const patienceMs = 5_000

/** Scope by scope, what is lost without it. */
const wanted = {
  'mail.send': 'no mail goes out',
  'messages.read': 'a mail whose answer was lost stays in doubt until an event of SendGrid settles it',
} as const

export async function checkSendGrid(env: Pick<Env, 'SENDGRID_API_KEY' | 'SENDGRID_BASE_URL'>): Promise<Finding[]> {
  const { SENDGRID_API_KEY: key, SENDGRID_BASE_URL: base } = env
  // Each shop may have its own.
  if (!key) return []
  const response = await fetch(new URL('/v3/scopes', base), {
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(patienceMs),
  }).catch(() => null)
  if (!response) return [warning(`${base} does not answer.`, 'Allow connections to it, or correct SENDGRID_BASE_URL.')]
  if (response.status === 401 || response.status === 403)
    return [warning('SendGrid refuses SENDGRID_API_KEY.', 'Make a new key in SendGrid under Settings, API Keys.')]
  const answer = scopesSchema.safeParse(await response.json().catch(() => null))
  if (!answer.success)
    return [
      warning(`SendGrid answered ${response.status} when asked for the key's scopes.`, 'Look at status.sendgrid.com.'),
    ]
  return Object.entries(wanted)
    .filter(([scope]) => !answer.data.scopes.includes(scope))
    .map(([scope, loss]) =>
      warning(
        `SENDGRID_API_KEY lacks the scope ${scope}: ${loss}.`,
        'Add it to the key in SendGrid under Settings, API Keys.',
      ),
    )
}

const warning = (problem: string, mend: string): Finding => ({ severity: 'warning', problem, mend })

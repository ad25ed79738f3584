// Every environment variable, read and checked once. A missing or weak secret stops the process before it does harm.
import { z } from 'zod'

const secret = (how: string, minLength: number) =>
  z
    .string({ error: `is missing. ${how}` })
    .min(minLength, `is too short to be safe (${minLength} characters at least). ${how}`)

const encryptionKey = z
  .string({ error: 'is missing. Make one with: openssl rand -base64 32' })
  .refine((text) => Buffer.from(text, 'base64').length === 32, {
    message: 'must be 32 bytes in base64. Make one with: openssl rand -base64 32',
  })

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  )

const environment = z
  .object({
    /** What nobody declares to be for development is taken for the real thing: errors tell visitors nothing. */
    NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
    PORT: z.coerce.number().int().min(0).max(65535).default(3000),
    /** A port with nothing but health and metrics, for a worker, or to keep both away from the world. */
    OPERATOR_PORT: z.coerce.number().int().min(1).max(65535).optional(),
    /** Without one, a PostgreSQL of our own runs under .data/. */
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
      .optional(),
    /** For migrations, where DATABASE_URL goes through a pooler: they need a session of their own. */
    DATABASE_DIRECT_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
      .optional(),
    DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
    SHOPIFY_API_KEY: secret("Take the client ID from the app's page in the Shopify Dev Dashboard.", 8),
    SHOPIFY_API_SECRET: secret("Take the client secret from the app's page in the Shopify Dev Dashboard.", 16),
    /** Set for the hour in which Shopify may still sign with the secret that was rotated away. */
    SHOPIFY_API_SECRET_PREVIOUS: z.string().min(16).optional(),
    SHOPIFY_APP_URL: z.url('must be the https address under which Shopify reaches this app'),
    SCOPES: z.string().optional(),
    /** Used by shops that have no SendGrid key of their own. */
    SENDGRID_API_KEY: z.string().min(8).optional(),
    SENDGRID_BASE_URL: z.url().default('https://api.sendgrid.com'),
    /** One or several, separated by commas: the signed event webhook's public keys. */
    SENDGRID_WEBHOOK_PUBLIC_KEY: list,
    ENCRYPTION_KEY: encryptionKey,
    /** While keys are rotated: the other one. What it has sealed can be opened, but nothing new is sealed with it. */
    ENCRYPTION_KEY_PREVIOUS: encryptionKey.optional(),
    CLOCK_RATE: z.coerce.number().positive().default(1),
    /** The real moment at which a faster clock and the real one agree, so that several processes share one time. */
    CLOCK_START: z.iso.datetime().optional(),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    /** Where App Bridge is loaded from, when not from Shopify. */
    APP_BRIDGE_URL: z.url().optional(),
    /** Origins besides Shopify's that may frame the app, separated by commas; for development. */
    FRAME_ANCESTORS: list,
    /** Whether an import may be read from a machine of our own network; for the sandbox. */
    PRIVATE_DOWNLOADS: z.enum(['refuse', 'allow']).default('refuse'),
    /** Whoever asks for /metrics from another machine must know it. */
    METRICS_TOKEN: z.string().min(16).optional(),
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.CLOCK_RATE === 1, {
    path: ['CLOCK_RATE'],
    message: 'must be 1 in production: a faster clock is for the sandbox only',
  })
  .refine((env) => env.CLOCK_RATE === 1 || env.CLOCK_START, {
    path: ['CLOCK_START'],
    message: 'is needed with a CLOCK_RATE: the real moment (ISO, UTC) from which on the faster clock runs',
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.FRAME_ANCESTORS.length === 0, {
    path: ['FRAME_ANCESTORS'],
    message: 'must be empty in production: only Shopify may frame the app',
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.PRIVATE_DOWNLOADS === 'refuse', {
    path: ['PRIVATE_DOWNLOADS'],
    message: 'must not be set in production: imports come from the public internet',
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.SHOPIFY_APP_URL.startsWith('https://'), {
    path: ['SHOPIFY_APP_URL'],
    message: 'must begin with https:// in production',
  })

export type Env = z.infer<typeof environment>

/** The environment is not fit to start with; the message names each variable and what to do, never a value. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError'
}

/** @throws EnvironmentError naming every variable that is missing or wrong */
export function readEnv(variables: Record<string, string | undefined>): Env {
  const result = environment.safeParse(variables)
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`)
  throw new EnvironmentError(`Tern cannot start:\n${problems.join('\n')}`)
}

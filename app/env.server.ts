/** The environment, read and checked once. Every message says what to do. */
import { isAbsolute, resolve } from 'node:path'
import { z } from 'zod'
import { keyBytes } from './evaluation/seal/key-text.ts'

const whole = (name: string, least: number, most: number, fallback: number) =>
  z
    .string()
    .optional()
    .transform((value, context) => {
      if (value === undefined || value === '') return fallback
      const number = Number(value)
      if (Number.isInteger(number) && number >= least && number <= most) return number
      context.addIssue(`${name} is "${value}". Set it to a whole number from ${least} to ${most}.`)
      return z.NEVER
    })

const sealKey = (name: string) =>
  z
    .string()
    .optional()
    .transform((value) => (value === undefined || value === '' ? null : value))
    .refine((value) => value === null || keyBytes(value) !== null, {
      message: `${name} is no key. Make one with \`openssl rand -base64 32\`, or leave it out: a key file is made in DATA_DIR.`,
    })

const schema = z.object({
  PORT: whole('PORT', 0, 65535, 3000),
  HOST: z.string().default('127.0.0.1'),
  APP_URL: z
    .string()
    .optional()
    .refine((value) => value === undefined || /^https?:\/\/[^/]+\/?$/.test(value), {
      message: 'APP_URL must be the address people open, such as https://assay.example.org (no path).',
    }),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z
    .string()
    .optional()
    .refine((value) => value === undefined || /^(file:.+|postgres(ql)?:\/\/.+)/.test(value), {
      message: 'DATABASE_URL must be file:PATH (SQLite) or postgres://USER:PASSWORD@HOST/DATABASE.',
    }),
  SESSION_DAYS: whole('SESSION_DAYS', 1, 365, 30),
  TRUST_PROXY: z
    .enum(['0', '1'], { message: 'TRUST_PROXY is 1 behind a reverse proxy of yours, else 0.' })
    .default('0'),
  ASSAY_SEAL_KEY: sealKey('ASSAY_SEAL_KEY'),
  ASSAY_SEAL_KEY_FORMER: sealKey('ASSAY_SEAL_KEY_FORMER'),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z
    .string()
    .optional()
    .refine((value) => value === undefined || value === '' || URL.canParse(value), {
      message: 'OPENAI_BASE_URL must be an address, such as https://api.openai.com/v1.',
    }),
  ASSAY_EMBEDDING_MODEL: z.string().optional(),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], { message: 'LOG_LEVEL is silent, error, warn, info or debug.' })
    .default('info'),
})

export type Env = {
  port: number
  host: string
  appUrl: string
  dataDir: string
  databaseUrl: string
  sessionDays: number
  trustProxy: boolean
  /** The key of sealed text; null: it is in a file of DATA_DIR. */
  sealKey: string | null
  /** The key before it, as long as something is sealed with it. */
  sealKeyFormer: string | null
  logLevel: string
  /** The service that turns texts into vectors; null: closeness is lexical alone. */
  embedding: { apiKey: string; baseUrl: string | undefined; model: string } | null
}

/** Both a key and a model are needed: a key alone may be there for judges. */
const embeddingIn = (settings: z.output<typeof schema>): Env['embedding'] => {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: url, ASSAY_EMBEDDING_MODEL: model } = settings
  return apiKey && model ? { apiKey, baseUrl: url || undefined, model } : null
}

/** Settings that cannot be used. The message lists them all, and how to mend each. */
export class SettingsError extends Error {
  override name = 'SettingsError'
}

/**
 * Parses an environment.
 * @throws SettingsError
 */
export function parseEnv(source: NodeJS.ProcessEnv): Env {
  const parsed = schema.safeParse(source)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ message }) => `  ${message}`)
    throw new SettingsError(`The settings (environment or .env) cannot be used:\n${lines.join('\n')}`)
  }
  const { PORT, HOST, APP_URL, DATA_DIR, DATABASE_URL, SESSION_DAYS, TRUST_PROXY, LOG_LEVEL } = parsed.data
  const { ASSAY_SEAL_KEY: sealKey, ASSAY_SEAL_KEY_FORMER: sealKeyFormer } = parsed.data
  const dataDir = isAbsolute(DATA_DIR) ? DATA_DIR : resolve(DATA_DIR)
  return {
    port: PORT,
    host: HOST,
    appUrl: (APP_URL ?? `http://localhost:${PORT}`).replace(/\/$/, ''),
    dataDir,
    databaseUrl: DATABASE_URL ?? `file:${resolve(dataDir, 'assay.sqlite')}`,
    sessionDays: SESSION_DAYS,
    trustProxy: TRUST_PROXY === '1',
    sealKey,
    sealKeyFormer,
    logLevel: LOG_LEVEL,
    embedding: embeddingIn(parsed.data),
  }
}

let parsed: Env | undefined

/** The environment of this process. */
export function env(): Env {
  parsed ??= parseEnv(process.env)
  return parsed
}

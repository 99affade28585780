import { fail, type Result } from '#shared/model/result.ts'
import { z } from 'zod'
import { isProxyEntry } from './http/proxies.ts'

/** Configuration, read from environment variables. */
export interface Config {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  /** Without a slash at the end; null to use the host of each request. */
  readonly publicUrl: string | null
  /** Addresses and networks of trusted proxies, whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies: readonly string[]
  readonly logLevel: string
  readonly snapshotEvery: number
  /** Milliseconds that the server may take to stop. */
  readonly stopWithin: number
}

const origin = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((value) => value.replace(/\/+$/, ''))

const shape = z.object({
  PORT: z.coerce
    .number({ error: 'must be a number' })
    .int({ error: 'must be a whole number' })
    .min(0, { error: 'must be from 0 to 65535' })
    .max(65_535, { error: 'must be from 0 to 65535' })
    .default(4300),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  PUBLIC_URL: origin.optional(),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((value) => value.split(',').map((entry) => entry.trim()))
    .transform((entries) => entries.filter((entry) => entry !== ''))
    .refine((entries) => entries.every(isProxyEntry), {
      error: 'must be addresses, networks such as 10.0.0.0/8, or loopback, with commas between them',
    }),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], {
      error: 'must be one of silent, error, warn, info, debug',
    })
    .optional(),
  SNAPSHOT_EVERY: z.coerce
    .number({ error: 'must be a number' })
    .int()
    .min(1, { error: 'must be 1 or more' })
    .default(500),
  STOP_WITHIN: z.coerce
    .number({ error: 'must be a number' })
    .min(1, { error: 'must be 1 or more' })
    .default(25),
})

export type ConfigRead = Result<{ config: Config }, 'invalid-configuration'>

/** Reads and validates the configuration. An empty variable counts as not set. */
export function readConfig(environment: NodeJS.ProcessEnv, quiet: boolean): ConfigRead {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = shape.safeParse(set)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((fault) => `${fault.path.join('.')} ${fault.message}`)
    return fail('invalid-configuration', `The configuration is not valid: ${faults.join('; ')}.`)
  }
  const { PORT, HOST, DATA_DIR, PUBLIC_URL, TRUSTED_PROXIES, LOG_LEVEL } = parsed.data
  const { SNAPSHOT_EVERY, STOP_WITHIN } = parsed.data
  return {
    ok: true,
    config: {
      port: PORT,
      host: HOST,
      dataDir: DATA_DIR,
      publicUrl: PUBLIC_URL ?? null,
      trustedProxies: TRUSTED_PROXIES,
      logLevel: LOG_LEVEL ?? (quiet ? 'warn' : 'info'),
      snapshotEvery: SNAPSHOT_EVERY,
      stopWithin: STOP_WITHIN * 1000,
    },
  }
}

/** The beginning of links when no public URL is configured. */
export function localUrl(host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::'
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

/**
 * The environment variables that Sentry's and OpenTelemetry's SDKs have in common with this package. Options win over them.
 * Sources: docs.sentry.io, "Options"; opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables.
 */
import type { Attributes, AttributeValue } from '@sentry-exporter/core/Attributes'
import * as Json from '@sentry-exporter/core/Json'

// model

export interface Variables {
  /** `undefined` if `SENTRY_DSN` is not set or empty. */
  readonly dsn: string | undefined
  readonly environment: string | undefined
  readonly release: string | undefined
  /** `OTEL_SDK_DISABLED=true`: nothing is sent. */
  readonly isDisabled: boolean
  /** Of `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME`. */
  readonly resourceAttributes: Attributes
  readonly maxExportBatchSize: number | undefined
}

/** Variables by their names: `process.env`. */
export type ProcessVariables = Readonly<Record<string, string | undefined>>

// constructors

/** Those of the process; none where there is no process, as in Workers and browsers. */
export const ofProcess = (): ProcessVariables => {
  const process: unknown = Reflect.get(globalThis, 'process')
  if (typeof process !== 'object' || process === null || !('env' in process)) return {}
  const { env } = process
  // Node's variables are texts.
  return typeof env === 'object' && env !== null ? (env as ProcessVariables) : {}
}

/** The texts among the bindings of a Worker. */
export const textsOf = (env: object): ProcessVariables =>
  Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )

// decoding

export const decode = (env: ProcessVariables): Variables => {
  const name = textOf(env, 'OTEL_SERVICE_NAME')
  const size = Number(textOf(env, 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE'))
  const attributes = resourceAttributes(textOf(env, 'OTEL_RESOURCE_ATTRIBUTES') ?? '')
  return {
    dsn: textOf(env, 'SENTRY_DSN'),
    environment: textOf(env, 'SENTRY_ENVIRONMENT'),
    release: textOf(env, 'SENTRY_RELEASE'),
    isDisabled: textOf(env, 'OTEL_SDK_DISABLED')?.toLowerCase() === 'true',
    resourceAttributes: name === undefined ? attributes : { ...attributes, 'service.name': name },
    maxExportBatchSize: Number.isInteger(size) && size > 0 ? size : undefined,
  }
}

const textOf = (env: ProcessVariables, name: string): string | undefined =>
  env[name]?.trim() || undefined

/** `key=value,key=value`; values are percent-encoded. A pair that cannot be read is left out, as in the SDK. */
const resourceAttributes = (text: string): Attributes => {
  const found: Record<string, AttributeValue> = {}
  for (const pair of text.split(',')) {
    const at = pair.indexOf('=')
    const key = pair.slice(0, at).trim()
    const value = decodePercent(pair.slice(at + 1).trim())
    if (at > 0 && key !== '' && value !== undefined) Json.set(found, key, value)
  }
  return found
}

const decodePercent = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

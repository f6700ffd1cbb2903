/** Values of another type. A value that cannot be converted stays as it is. */
import type { AttributeValue } from '@sentry-exporter/core/Attributes'
import * as Json from '@sentry-exporter/core/Json'

// model

export type ConvertedType = 'int' | 'double' | 'string'

// transformations

/** Source: `internal/coreinternal/attraction/type_converter.go` of open-telemetry/opentelemetry-collector-contrib. */
export const convert = (value: AttributeValue, to: ConvertedType): AttributeValue => {
  switch (to) {
    case 'int':
      return toInteger(value) ?? value
    case 'double':
      return toDouble(value) ?? value
    case 'string':
      return toText(value)
  }
}

const MAX_INTEGER = 2n ** 63n

const toInteger = (value: AttributeValue): number | bigint | undefined => {
  switch (typeof value) {
    case 'boolean':
      return value ? 1 : 0
    case 'number':
      return Number.isFinite(value) ? Math.trunc(value) : undefined
    case 'string': {
      if (!/^[+-]?\d+$/.test(value)) return undefined
      const digits = BigInt(value.replace(/^\+/, ''))
      if (digits >= MAX_INTEGER || digits < -MAX_INTEGER) return undefined
      return Number.isSafeInteger(Number(digits)) ? Number(digits) : digits
    }
    default:
      return undefined
  }
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

const toDouble = (value: AttributeValue): number | undefined => {
  switch (typeof value) {
    case 'boolean':
      return value ? 1 : 0
    case 'bigint':
      return Number(value)
    case 'string':
      return DECIMAL.test(value) ? Number(value) : undefined
    default:
      return undefined
  }
}

const toText = (value: AttributeValue): string => {
  if (typeof value === 'string') return value
  const json = Json.fromAttribute(value)
  if (json === null) return ''
  return typeof json === 'object' ? JSON.stringify(json) : String(json)
}

/**
 * A hash by which operators see whether replicas have the same configuration. Secrets are left out: a hash of a short password
 * could be found by trying.
 */
import { createHash } from 'node:crypto'
import type { GatewayConfig } from '../config/GatewayModel.ts'
import * as ConfigKeys from './ConfigKeys.ts'

const DIGITS = 16

/** Sixteen hexadecimal digits. The order of the components in the file makes no difference. */
export const configHash = (config: GatewayConfig): string => {
  const lines = ConfigKeys.valuesOf(config)
    .filter(({ isSecret }) => !isSecret)
    .map(({ path, value }) => `${path} ${JSON.stringify(value, printable)}`)
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex').slice(0, DIGITS)
}

/** Numbers that JSON has not, and expressions, as texts. A secret is printed as an empty object. */
const printable = (_key: string, value: unknown): unknown =>
  typeof value === 'number' || value instanceof RegExp ? String(value) : value

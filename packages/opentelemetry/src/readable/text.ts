/** Texts of the SDK, which programs without types may have set to anything. */
import * as Findings from './Findings.ts'

// decoding

/** Empty for an absent text, and for what is no text, which is noted. */
export const text = (findings: Findings.Findings, value: unknown, path: string): string => {
  if (typeof value === 'string') return value
  if (value !== undefined && value !== null) Findings.skip(findings, path, 'a string', value)
  return ''
}

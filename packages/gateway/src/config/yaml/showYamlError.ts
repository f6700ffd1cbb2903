/** Messages for the mistakes in YAML that people make. */
import type { ErrorCode } from 'yaml'

const MESSAGES: Partial<Readonly<Record<ErrorCode, string>>> = {
  DUPLICATE_KEY: 'this key is in the map twice',
  TAB_AS_INDENT: 'a tab in the indentation; YAML allows only spaces',
  MULTIPLE_DOCS: 'a second document after ---; a configuration is one document',
  BLOCK_AS_IMPLICIT_KEY:
    'two keys in one value; a text with ": " needs quotes, and the keys of a map need the same indentation',
  MULTILINE_IMPLICIT_KEY: 'no ": " after this key',
  BAD_SCALAR_START: 'a text that starts with this character needs quotes',
}

/** Several mistakes have one code; the parser's messages distinguish them. */
const BY_START: ReadonlyArray<readonly [string, string]> = [
  ['Implicit map keys need to be followed', 'no ": " after this key'],
  ['Missing closing', 'a text in quotes has no end'],
  ['Flow sequence in block collection', 'a list [ ] has no end before this place'],
  ['Flow map in block collection', 'a map { } has no end before this place'],
]

const REFERENCE_IN_FLOW = `; a reference \${...} needs quotes between [ ] and { }`

/** The known mistakes in this project's words, others in those of the parser. */
export const showYamlError = (code: ErrorCode, message: string): string => {
  const text = MESSAGES[code]
  if (text !== undefined) return `not valid YAML: ${text}`
  const [, known] = BY_START.find(([start]) => message.startsWith(start)) ?? []
  if (known !== undefined) return `not valid YAML: ${known}`
  if (code === 'BAD_INDENT') return `not valid YAML: wrong indentation: ${lower(message)}`
  const hint = code === 'MISSING_CHAR' && message.includes('flow') ? REFERENCE_IN_FLOW : ''
  return `not valid YAML: ${lower(message)}${hint}`
}

const lower = (message: string): string => message.charAt(0).toLowerCase() + message.slice(1)

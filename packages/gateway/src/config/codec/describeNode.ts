/** The words for a value in a message: never a secret. */
import { withoutCredentials } from '@sentry-exporter/envelope/withoutCredentials'
import { type ConfigNode, isNull } from '../ConfigNode.ts'

const MAX_CHARACTERS = 60

/** Keys of Sentry have 32 hexadecimal digits. */
const HEX_KEY = /[0-9a-f]{24,}/gi

/** Texts that a reference was expanded to are not shown: they come from the environment or a file, as secrets do. */
export const describeNode = (node: ConfigNode | undefined, isSecret = false): string => {
  if (node === undefined) return 'nothing'
  if (node.reference !== undefined) {
    const reference = shown(node.reference)
    return isNull(node)
      ? `nothing, because ${reference} is empty`
      : `${kindOf(node)} of ${reference}`
  }
  if (node._tag !== 'Scalar' || isSecret || node.value === null) return kindOf(node)
  return typeof node.value === 'string' ? `"${shown(node.value)}"` : `${kindOf(node)} ${node.value}`
}

const BARE_VARIABLE = /^\$([A-Za-z_]\w*)/

/** The words for a value, and what to change about its quotes or its dollar sign. `isValid` is for another value in its place. */
export const describeInvalid = (
  node: ConfigNode,
  isValid: (value: string | number | boolean) => boolean,
  isSecret = false,
): string => `${describeNode(node, isSecret)}${hintFor(node, isValid)}`

const hintFor = (
  node: ConfigNode,
  isValid: (value: string | number | boolean) => boolean,
): string => {
  if (node._tag !== 'Scalar' || node.reference !== undefined || node.value === null) return ''
  const { value } = node
  if (typeof value !== 'string')
    return isValid(String(value)) ? ', which needs quotes to be a text' : ''
  const [, variable] = BARE_VARIABLE.exec(value) ?? []
  if (variable !== undefined) return `; a variable is written as \${env:${variable}}`
  const isQuoted =
    isPlain(value) &&
    isValid(value === 'true' || value === 'false' ? value === 'true' : Number(value))
  return isQuoted ? ', which is a text; leave out the quotes' : ''
}

/** Whether YAML would read a number or a boolean, were it not for the quotes. */
const isPlain = (text: string): boolean => /^(?:true|false|-?\d+(?:\.\d+)?)$/.test(text)

const kindOf = (node: ConfigNode): string => {
  if (node._tag === 'List') return 'a list'
  if (node._tag === 'Map') return 'a map'
  switch (typeof node.value) {
    case 'string':
      return 'a text'
    case 'number':
      return 'the number'
    case 'boolean':
      return 'the boolean'
    default:
      return 'nothing'
  }
}

const shown = (text: string): string => {
  const filtered = withoutCredentials(text)
    .replace(HEX_KEY, '[Filtered]')
    .replace(/[\s\p{Cc}]+/gu, ' ')
  return filtered.length > MAX_CHARACTERS ? `${filtered.slice(0, MAX_CHARACTERS)}...` : filtered
}

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

/** A value of YAML that would be valid as a text. */
export const describeUnquoted = (node: ConfigNode): string =>
  `${describeNode(node)}, which needs quotes to be a text`

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

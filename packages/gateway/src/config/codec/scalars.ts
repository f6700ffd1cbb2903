/** Codecs for single values. Expanded values stay text where a text is expected: `1.10` and `true` from the environment. */
import { Range } from '@sentry-exporter/transport'
import { type ConfigNode, isNull, toPlain } from '../ConfigNode.ts'
import { nearestWord } from '../nearestWord.ts'
import { type Codec, fail, succeed } from './Codec.ts'
import * as Duration from './Duration.ts'
import { describeInvalid } from './describeNode.ts'

// model

interface Leaf<A> {
  readonly expected: string
  /** `undefined` if the node has no such value. */
  readonly read: (node: ConfigNode) => A | undefined
  readonly isSecret?: boolean
  /** Words of which a mistyped one resembles one. */
  readonly words?: ReadonlyArray<string>
}

// constructors

export const leaf = <A>({ expected, read, isSecret = false, words = [] }: Leaf<A>): Codec<A> => ({
  decode: (given) => {
    const { node } = given
    if (node === undefined || isNull(node)) {
      return fail(given, { _tag: 'Missing', expected, reference: node?.reference })
    }
    const value = read(node)
    if (value !== undefined) return succeed(value)
    const text = textOf(node)
    return fail(given, {
      _tag: 'BadValue',
      expected,
      found: describeInvalid(
        node,
        (other) => read({ _tag: 'Scalar', place: node.place, value: other }) !== undefined,
        isSecret,
      ),
      nearest: text === undefined ? undefined : nearestWord(text, words),
    })
  },
})

/** The text of a scalar, or the text that was expanded to any value; `undefined` for other values. */
export const textOf = (node: ConfigNode): string | undefined => {
  if (node.text !== undefined) return node.text
  return node._tag === 'Scalar' && typeof node.value === 'string' ? node.value : undefined
}

const plainOf = (node: ConfigNode): unknown => (node._tag === 'Scalar' ? node.value : undefined)

const isFilled = (text: string | undefined): string | undefined => (text === '' ? undefined : text)

export const text: Codec<string> = leaf({ expected: 'a text', read: textOf })

/** A text that is not empty. */
export const filled = (expected: string): Codec<string> =>
  leaf({ expected, read: (node) => isFilled(textOf(node)) })

/** The same, never shown. */
export const secret = (expected: string): Codec<string> =>
  leaf({ expected, read: (node) => isFilled(textOf(node)), isSecret: true })

/** A text of this form. */
export const matching = (pattern: RegExp, expected: string): Codec<string> =>
  leaf({
    expected,
    read: (node) => {
      const found = textOf(node)
      return found !== undefined && pattern.test(found) ? found : undefined
    },
  })

export const boolean: Codec<boolean> = leaf({
  expected: 'true or false',
  read: (node) => {
    const value = plainOf(node)
    return typeof value === 'boolean' ? value : undefined
  },
})

export const whole = (range: Range.Range): Codec<number> =>
  leaf({
    expected: Range.show(range),
    read: (node) => {
      const value = plainOf(node)
      return Range.has(range)(value) ? value : undefined
    },
  })

/** One of these words, in any case. */
export const oneOf = <A extends string>(...words: ReadonlyArray<A>): Codec<A> =>
  leaf({
    expected: listed(words),
    words,
    read: (node) => {
      const found = textOf(node)?.toLowerCase()
      return words.find((word) => word.toLowerCase() === found)
    },
  })

const listed = (words: ReadonlyArray<string>): string =>
  words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`

/** A duration of Go in milliseconds; the number 0 is one too. The Collector takes other numbers as nanoseconds. */
export const duration = (range: Range.Range = Range.millis): Codec<number> =>
  leaf({
    expected: Duration.expected(range),
    read: (node) => {
      const value = plainOf(node)
      const millis = value === 0 ? 0 : Duration.parse(typeof value === 'string' ? value : '')
      return Range.has(range)(millis) ? millis : undefined
    },
  })

/** Any value, as plain data. Expanded values are those of YAML, as the Collector has them where it knows no type. */
export const anything: Codec<unknown> = {
  decode: (given) => succeed(given.node === undefined ? undefined : toPlain(given.node, false)),
}

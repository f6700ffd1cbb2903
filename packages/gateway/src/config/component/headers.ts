/** Names and values of HTTP headers. Node throws for others when it writes an answer. Source: RFC 9110, sections 5.1 and 5.5. */
import * as ConfigProblem from '../ConfigProblem.ts'
import { type Codec, checked, type Given, mapWith } from '../codec/Codec.ts'
import { field, list, record, struct } from '../codec/collections.ts'
import { leaf, matching, textOf } from '../codec/scalars.ts'

// model

type HeaderPairs = ReadonlyArray<readonly [name: string, value: string]>

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** Visible characters, spaces and tabs, and the bytes above ASCII that Node writes as they are. */
const VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]+$/

const EXPECTED_NAME = 'the name of a header'

/** An answer has them anyway, or would be damaged by others. */
const OWN: ReadonlyArray<string> = [
  'connection',
  'content-length',
  'content-type',
  'transfer-encoding',
]

// decoding

export const headerName: Codec<string> = matching(NAME, EXPECTED_NAME)

const headerValue: Codec<string> = leaf({
  expected: 'the value of a header, without line breaks',
  isSecret: true,
  read: (node) => {
    const text = textOf(node)
    return text !== undefined && VALUE.test(text) ? text : undefined
  },
})

const asList: Codec<HeaderPairs> = checked(
  mapWith(list(struct({ name: headerName, value: headerValue })), (pairs) =>
    pairs.map(({ name, value }) => [name, value] as const),
  ),
  (pairs, given) =>
    pairs.flatMap((pair, index) => nameProblems(pair[0], pairs.slice(0, index), given)),
)

const asMap: Codec<HeaderPairs> = checked(record(headerValue), (pairs, given) =>
  pairs.flatMap((pair, index) =>
    nameProblems(pair[0], pairs.slice(0, index), field(given, pair[0])),
  ),
)

/** Headers of every answer: a map, or a list of `{ name, value }`. */
export const responseHeaders: Codec<HeaderPairs> = {
  decode: (given) => (given.node?._tag === 'List' ? asList : asMap).decode(given),
}

const nameProblems = (
  name: string,
  before: HeaderPairs,
  given: Given,
): ConfigProblem.ConfigProblems => {
  if (!NAME.test(name)) {
    const found = 'a key of another form'
    return [
      ConfigProblem.error(given, {
        _tag: 'BadValue',
        expected: EXPECTED_NAME,
        found,
        nearest: undefined,
      }),
    ]
  }
  const lower = name.toLowerCase()
  if (OWN.includes(lower)) return [conflict(given, `the receiver sets the header ${lower} itself`)]
  return before.some(([other]) => other.toLowerCase() === lower)
    ? [conflict(given, `the header ${lower} is there twice`)]
    : []
}

const conflict = (given: Given, message: string): ConfigProblem.ConfigProblem =>
  ConfigProblem.error(given, { _tag: 'Conflict', message })

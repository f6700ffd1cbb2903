/**
 * The id of a component or a pipeline: `type`, or `type/name`. Source: `component/identifiable.go` and `config.go` of
 * open-telemetry/opentelemetry-collector.
 */
import { type Codec, fail, succeed } from '../codec/Codec.ts'
import { describeNode } from '../codec/describeNode.ts'
import { textOf } from '../codec/scalars.ts'

// model

export interface ComponentId {
  readonly type: string
  /** After the slash; undefined without one. */
  readonly name: string | undefined
}

// decoding

const TYPE = /^[A-Za-z][0-9A-Za-z_]{0,62}$/

/** No separators, no control characters, no symbols; at most 1024. */
const NAME = /^[^\p{Z}\p{C}\p{S}]{1,1024}$/u

/** Spaces around the parts are ignored. `undefined` if the text is no id. */
export const parse = (text: string): ComponentId | undefined => {
  const slash = text.indexOf('/')
  const type = (slash < 0 ? text : text.slice(0, slash)).trim()
  const name = slash < 0 ? undefined : text.slice(slash + 1).trim()
  return TYPE.test(type) && (name === undefined || NAME.test(name)) ? { type, name } : undefined
}

export const EXPECTED = 'an id like type or type/name'

/** The id as a text, without spaces around its parts. */
export const codec: Codec<string> = {
  decode: (given) => {
    const { node } = given
    const text = node === undefined ? undefined : textOf(node)
    const id = text === undefined ? undefined : parse(text)
    return id === undefined
      ? fail(given, { _tag: 'BadValue', expected: EXPECTED, found: describeNode(node) })
      : succeed(show(id))
  },
}

// encoding

export const show = ({ type, name }: ComponentId): string =>
  name === undefined ? type : `${type}/${name}`

// folds

/** The type of a text that is an id. */
export const typeOf = (id: string): string => parse(id)?.type ?? id

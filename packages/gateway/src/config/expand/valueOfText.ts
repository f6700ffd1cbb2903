/** The value of a text that a reference was expanded to. */
import * as E from '#fp-ts/Either'
import type * as ConfigNode from '../ConfigNode.ts'
import type { Place } from '../Place.ts'
import { parseYaml } from '../yaml/parseYaml.ts'

/** Where the text comes from, and the reference to it. */
export interface ExpandedFrom {
  readonly source: string
  readonly place: Place
  readonly reference: string
}

/**
 * A whole value is parsed as YAML: a number, a list, a map. A text stays as it is, also its quotes, and so does one that is no
 * YAML. Single values are at the place of the reference; maps and lists have places in their source.
 */
export const valueOfText = (
  text: string,
  { source, place, reference }: ExpandedFrom,
): ConfigNode.ConfigNode => {
  const parsed = parseYaml(source, text)
  const isText =
    E.isLeft(parsed) || (parsed.right._tag === 'Scalar' && typeof parsed.right.value === 'string')
  if (isText) return { _tag: 'Scalar', value: text, place, text, reference }
  const node = parsed.right
  return node._tag === 'Scalar' ? { ...node, place, text, reference } : { ...node, text, reference }
}

/**
 * A total order of the copies of one span. The greater copy is kept, so that the order of arrival does not decide. Every field
 * of a node is compared, because every field reaches the output: a field that is added to `Node` is compared too.
 */
import { Ord } from '../internal/text/Ord.ts'
import type { Attributes } from '../model/Attributes.ts'
import * as Json from '../model/Json.ts'
import * as Node from './Node.ts'

// instances

/**
 * First one that ended, then the later end, the greater weight, the greater number of exceptions and breadcrumbs, the greater
 * payload, then the greater text of the other fields. Zero only for nodes that give the same output.
 */
export const compareCopies =
  <A>(comparePayload: (a: A, b: A) => number) =>
  (a: Node.Node<A>, b: Node.Node<A>): number => {
    const end = Node.end(a)
    const otherEnd = Node.end(b)
    return (
      Number(end > 0) - Number(otherEnd > 0) ||
      end - otherEnd ||
      a.weight - b.weight ||
      eventCount(a) - eventCount(b) ||
      comparePayload(a.value, b.value) ||
      compareFields(a, b)
    )
  }

/** Events are not part of the payload. */
const eventCount = <A>({ details }: Node.Node<A>): number =>
  details.exceptions.length + details.breadcrumbs.length

const compareFields = <A>(a: Node.Node<A>, b: Node.Node<A>): number => {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)].sort())
  // Only its `Payload` can read a payload, and compares it.
  keys.delete('value')
  for (const key of keys) {
    // Object.keys gives names of fields.
    const field = key as keyof Node.Node<A>
    if (a[field] === b[field]) continue
    const order = Ord.compare(textOf(a[field]), textOf(b[field]))
    if (order !== 0) return order
  }
  return 0
}

/** The levels between a node and the attributes of its resource: attributes are read to the depth to which they are sent. */
const LEVELS = 8

/** The JSON of plain data. Equal texts give equal output. */
export const textOf = (field: unknown): string =>
  // A node without its payload is plain data, as attributes are; fields that are undefined are left out.
  JSON.stringify(Json.fromAttributes({ field } as Attributes, -LEVELS))

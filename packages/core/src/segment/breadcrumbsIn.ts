/** The breadcrumbs of a segment. */

import * as Breadcrumb from '../sentry/Breadcrumb.ts'
import type { Node } from './Node.ts'
import * as Segment from './Segment.ts'

/** The breadcrumbs of exceptions that did not become errors, by the node that recorded them. */
export type BreadcrumbsOf<A> = ReadonlyMap<Node<A>, ReadonlyArray<Breadcrumb.Breadcrumb>>

/** All breadcrumbs of a segment, oldest first: its span events, and its exceptions that did not become errors. */
export const breadcrumbsIn = <A>(
  segment: Segment.Segment<A>,
  exceptions: BreadcrumbsOf<A>,
): ReadonlyArray<Breadcrumb.Breadcrumb> => {
  const all: Array<Breadcrumb.Breadcrumb> = []
  for (const node of Segment.nodes(segment)) {
    for (const breadcrumb of node.details.breadcrumbs) all.push(breadcrumb)
    if (exceptions.size > 0) for (const one of exceptions.get(node) ?? []) all.push(one)
  }
  return Breadcrumb.sort(all)
}

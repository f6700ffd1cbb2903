/** What an error or a transaction of a segment shows as having happened. */

import type { Node } from '../segment/Node.ts'
import * as Segment from '../segment/Segment.ts'
import * as Breadcrumb from '../sentry/Breadcrumb.ts'

/** What was thrown and became no error, by the node it is of. */
export type BreadcrumbsOf<A> = ReadonlyMap<Node<A>, ReadonlyArray<Breadcrumb.Breadcrumb>>

/** All breadcrumbs of a segment, oldest first: what its spans did, and what was thrown and became no error. */
export const breadcrumbsIn = <A>(
  segment: Segment.Segment<A>,
  thrown: BreadcrumbsOf<A>,
): ReadonlyArray<Breadcrumb.Breadcrumb> => {
  const all: Array<Breadcrumb.Breadcrumb> = []
  for (const node of Segment.nodes(segment)) {
    for (const breadcrumb of node.details.breadcrumbs) all.push(breadcrumb)
    if (thrown.size > 0) for (const breadcrumb of thrown.get(node) ?? []) all.push(breadcrumb)
  }
  return Breadcrumb.sort(all)
}

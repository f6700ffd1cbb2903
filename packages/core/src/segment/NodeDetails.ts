/**
 * The details of a span that are not in its payload. They are kept for long, so spans without exceptions and breadcrumbs
 * share equal ones.
 */

import type { RecordedException } from '../exception/RecordedException.ts'
import { frozen } from '../internal/frozen.ts'
import { copyString } from '../internal/text/copyString.ts'
import type { TransactionName } from '../mapping/TransactionName.ts'
import type { Breadcrumb } from '../sentry/Breadcrumb.ts'
import type { EventBase } from '../sentry/EventBase.ts'
import { heldBytesOf } from '../size/heldBytesOf.ts'

// model

export interface NodeDetails {
  /** The name of the transaction of which the span would be the root. */
  readonly name: TransactionName
  readonly base: EventBase
  readonly exceptions: ReadonlyArray<RecordedException>
  readonly breadcrumbs: ReadonlyArray<Breadcrumb>
  /** An estimate of the bytes that they hold for this span alone; 0 for details that spans share. */
  readonly heldBytes: number
}

/** The number of shared names for each event base. */
const MAX_NAMES = 1_000

/** Five times the length that is sent: part of a name can be blanks, which are removed later. */
const MAX_NAME_CHARACTERS = 1_000

const NONE: ReadonlyArray<never> = /* @__PURE__ */ frozen([])

// constructors

/**
 * A constructor that shares equal details. An application has few transaction names, unless they contain ids: the cache is
 * cleared when it has `MAX_NAMES`.
 */
export const sharing = (): ((
  base: EventBase,
  name: TransactionName,
  exceptions: ReadonlyArray<RecordedException>,
  breadcrumbs: ReadonlyArray<Breadcrumb>,
) => NodeDetails) => {
  const caches = new WeakMap<EventBase, Map<string, NodeDetails>>()
  const shared = (base: EventBase, { name: full, source }: TransactionName): NodeDetails => {
    const name = full.length > MAX_NAME_CHARACTERS ? full.slice(0, MAX_NAME_CHARACTERS) : full
    // A URL rarely occurs twice.
    if (source === 'url') {
      return withoutEvents(base, { name: copyString(name), source }, heldBytesOf(name))
    }
    const cache = caches.get(base) ?? new Map<string, NodeDetails>()
    const cached = cache.get(name)
    if (cached?.name.source === source) return cached
    if (cache.size === 0 || cache.size >= MAX_NAMES) {
      cache.clear()
      caches.set(base, cache)
    }
    const details = withoutEvents(base, { name: copyString(name), source })
    cache.set(details.name.name, details)
    return details
  }
  return (base, name, exceptions, breadcrumbs) => {
    const details = shared(base, name)
    return exceptions.length === 0 && breadcrumbs.length === 0
      ? details
      : {
          name: details.name,
          base,
          // Copies of the exact length.
          exceptions: exceptions.slice(),
          breadcrumbs: breadcrumbs.slice(),
          heldBytes: details.heldBytes + heldBytesOf(exceptions) + heldBytesOf(breadcrumbs),
        }
  }
}

const withoutEvents = (base: EventBase, name: TransactionName, heldBytes = 0): NodeDetails => ({
  name,
  base,
  exceptions: NONE,
  breadcrumbs: NONE,
  heldBytes,
})

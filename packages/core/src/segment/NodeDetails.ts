/** What is known of a span beside itself. Spans that have nothing of their own to tell share it: it is held for long. */

import type { RecordedException } from '../exception/RecordedException.ts'
import { copyString } from '../internal/text/copyString.ts'
import type { TransactionName } from '../mapping/TransactionName.ts'
import type { Breadcrumb } from '../sentry/Breadcrumb.ts'
import type { EventBase } from '../sentry/EventBase.ts'

// model

export interface NodeDetails {
  /** The name of the transaction, should the span be the root of one. */
  readonly name: TransactionName
  readonly base: EventBase
  readonly exceptions: ReadonlyArray<RecordedException>
  readonly breadcrumbs: ReadonlyArray<Breadcrumb>
}

// constructors

/**
 * Shares what can be shared. Names of transactions are few, as long as nobody makes them up: of those that are not kept for
 * ever.
 */
export const sharing = (): ((
  base: EventBase,
  name: TransactionName,
  thrown: ReadonlyArray<RecordedException>,
  breadcrumbs: ReadonlyArray<Breadcrumb>,
) => NodeDetails) => {
  const known = new WeakMap<EventBase, Map<string, NodeDetails>>()
  const shared = (base: EventBase, { name: said, source }: TransactionName): NodeDetails => {
    const name = said.length > MAX_NAME_CHARACTERS ? said.slice(0, MAX_NAME_CHARACTERS) : said
    // A URL is rarely met again.
    if (source === 'url') return plain(base, { name: copyString(name), source })
    const names = known.get(base) ?? new Map<string, NodeDetails>()
    const before = names.get(name)
    if (before?.name.source === source) return before
    if (names.size === 0 || names.size >= MAX_NAMES) {
      names.clear()
      known.set(base, names)
    }
    const about = plain(base, { name: copyString(name), source })
    names.set(about.name.name, about)
    return about
  }
  return (base, said, thrown, breadcrumbs) => {
    const about = shared(base, said)
    return thrown.length === 0 && breadcrumbs.length === 0
      ? about
      : { name: about.name, base, exceptions: thrown.slice(), breadcrumbs: breadcrumbs.slice() }
  }
}

const plain = (base: EventBase, name: TransactionName): NodeDetails => ({
  name,
  base,
  exceptions: NOTHING,
  breadcrumbs: NOTHING,
})

const MAX_NAMES = 1_000

/** Five times what is shown of a name: some of it may be blanks. */
const MAX_NAME_CHARACTERS = 1_000

const NOTHING: ReadonlyArray<never> = []

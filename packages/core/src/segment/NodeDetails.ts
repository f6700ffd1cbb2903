/** What is known of a span beside itself. Spans that have nothing of their own to tell share it: it is held for long. */

import type { Thrown } from '../exception/RecordedException.ts'
import { detached } from '../internal/text/copyString.ts'
import type { TransactionName } from '../mapping/TransactionName.ts'
import type { Breadcrumb } from '../sentry/Breadcrumb.ts'
import type { EventBase } from '../sentry/EventBase.ts'

// model

export interface About {
  /** The name of the transaction, should the span be the root of one. */
  readonly name: TransactionName
  readonly base: EventBase
  readonly thrown: ReadonlyArray<Thrown>
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
  thrown: ReadonlyArray<Thrown>,
  breadcrumbs: ReadonlyArray<Breadcrumb>,
) => About) => {
  const known = new WeakMap<EventBase, Map<string, About>>()
  const shared = (base: EventBase, { name: said, source }: TransactionName): About => {
    const name = said.length > MOST_NAME_CHARACTERS ? said.slice(0, MOST_NAME_CHARACTERS) : said
    // A URL is rarely met again.
    if (source === 'url') return plain(base, { name: detached(name), source })
    const names = known.get(base) ?? new Map<string, About>()
    const before = names.get(name)
    if (before?.name.source === source) return before
    if (names.size === 0 || names.size >= MOST_NAMES) {
      names.clear()
      known.set(base, names)
    }
    const about = plain(base, { name: detached(name), source })
    names.set(about.name.name, about)
    return about
  }
  return (base, said, thrown, breadcrumbs) => {
    const about = shared(base, said)
    return thrown.length === 0 && breadcrumbs.length === 0
      ? about
      : { name: about.name, base, thrown: thrown.slice(), breadcrumbs: breadcrumbs.slice() }
  }
}

const plain = (base: EventBase, name: TransactionName): About => ({
  name,
  base,
  thrown: NOTHING,
  breadcrumbs: NOTHING,
})

const MOST_NAMES = 1_000

/** Five times what is shown of a name: some of it may be blanks. */
const MOST_NAME_CHARACTERS = 1_000

const NOTHING: ReadonlyArray<never> = []

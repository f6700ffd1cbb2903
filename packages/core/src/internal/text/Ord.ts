/** Texts by their UTF-16 units: the same on every runtime and for every locale. */

import type * as O from '#fp-ts/Ord'
import { frozen } from '../frozen.ts'

// instances

export const Ord: O.Ord<string> = /* @__PURE__ */ frozen({
  equals: (a, b) => a === b,
  compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
})

/** The instrumentation scope: the library that made a span. */
import { frozen } from '../internal/frozen.ts'
import * as Attributes from './Attributes.ts'

// model

export interface Scope {
  readonly name: string
  readonly version: string
  readonly attributes: Attributes.Attributes
}

// constructors

/** A scope without a name. */
export const unknown: Scope = /* @__PURE__ */ frozen({
  name: '',
  version: '',
  attributes: Attributes.empty,
})

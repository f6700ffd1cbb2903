/** The instrumentation scope: the library that made a span. */
import * as Attributes from './Attributes.ts'

// model

export interface Scope {
  readonly name: string
  readonly version: string
  readonly attributes: Attributes.Attributes
}

// constructors

/** A scope without a name. */
export const unknown: Scope = { name: '', version: '', attributes: Attributes.empty }

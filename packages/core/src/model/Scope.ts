/** The library that made a span. */
import * as Attributes from './Attributes.ts'

// model

export interface Scope {
  readonly name: string
  readonly version: string
  readonly attributes: Attributes.Attributes
}

// constructors

export const unknown: Scope = { name: '', version: '', attributes: Attributes.empty }

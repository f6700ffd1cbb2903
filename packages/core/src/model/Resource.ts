/** What produced a span: a process of a service. One object is shared by all spans that came from it. */
import type { Attributes } from './Attributes.ts'
import * as Service from './Service.ts'

// model

export interface Resource {
  readonly attributes: Attributes
  /**
   * Keys of attributes whose numbers are whole, at least a million, and were sent as doubles: JavaScript does not tell
   * them from integers, and some formats print them otherwise (`1e+06`). Only `Mapping.collector` asks.
   */
  readonly doubles?: ReadonlyArray<string> | undefined
  readonly service: Service.Service
}

// constructors

export const of = (attributes: Attributes, doubles?: ReadonlyArray<string>): Resource => ({
  attributes,
  ...(doubles === undefined ? {} : { doubles }),
  service: Service.of(attributes),
})

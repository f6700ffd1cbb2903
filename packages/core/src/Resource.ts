/** What produced a span: a process of a service. One object is shared by all spans that came from it. */
import type { Attributes } from './Attributes.ts'
import * as Service from './Service.ts'

// model

export interface Resource {
  readonly attributes: Attributes
  readonly service: Service.Service
}

// constructors

export const of = (attributes: Attributes): Resource => ({
  attributes,
  service: Service.of(attributes),
})

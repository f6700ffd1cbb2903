/**
 * The entity that produced a span: usually a process of a service. All spans that came from it share one object.
 *
 * @example
 * ```ts
 * import { Resource } from '@sentry-exporter/core'
 *
 * const resource = Resource.of({ 'service.name': 'shop', 'service.version': '1.4.0' })
 *
 * console.log(resource.service.name) // shop
 * ```
 */
import { frozen } from '../internal/frozen.ts'
import type { Attributes } from './Attributes.ts'
import * as Service from './Service.ts'

// model

export interface Resource {
  readonly attributes: Attributes
  /**
   * Keys of attributes that were sent as doubles and are whole numbers. JavaScript cannot distinguish them from integers, and
   * some formats print large ones differently (`1e+06`). Only `Mapping.collector` uses it.
   */
  readonly doubles?: ReadonlyArray<string> | undefined
  /** Read from the attributes once, when the resource is made. */
  readonly service: Service.Service
}

// constructors

export const of = (attributes: Attributes, doubles?: ReadonlyArray<string>): Resource => ({
  attributes,
  ...(doubles === undefined ? {} : { doubles }),
  service: Service.of(attributes),
})

/** A resource without attributes. */
export const unknown: Resource = /* @__PURE__ */ frozen(of({}))

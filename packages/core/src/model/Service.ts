/**
 * The service that a span belongs to. Whole resources are not compared: those of one service differ in many attributes.
 *
 * @example
 * ```ts
 * import { Service } from '@sentry-exporter/core'
 *
 * const shop = Service.of({ 'service.name': 'shop' })
 * const first = Service.of({ 'service.name': 'shop', 'service.instance.id': '1' })
 * const second = Service.of({ 'service.name': 'shop', 'service.instance.id': '2' })
 *
 * console.log(Service.same(shop, first), Service.same(first, second)) // true false
 * ```
 */
import * as Attributes from './Attributes.ts'

// model

export interface Service {
  readonly name: string | undefined
  readonly namespace: string | undefined
  readonly instance: string | undefined
}

// constructors

/** Reads the identity of a service from the attributes of a resource. */
export const of = (attributes: Attributes.Attributes): Service => ({
  name: Attributes.text(attributes, 'service.name'),
  namespace: Attributes.text(attributes, 'service.namespace'),
  instance: Attributes.text(attributes, 'service.instance.id'),
})

// guards

/**
 * Whether two services are the same: same namespace and name, and the same instance if both name one. Not transitive, so
 * there is no `Eq`.
 */
export const same = (a: Service, b: Service): boolean =>
  a === b ||
  (a.name === b.name &&
    a.namespace === b.namespace &&
    (a.instance === undefined || b.instance === undefined || a.instance === b.instance))

/** Which service a span belongs to. Whole resources are never compared: they differ for many other reasons. */
import * as Attributes from './Attributes.ts'

// model

export interface Service {
  readonly name: string | undefined
  readonly namespace: string | undefined
  readonly instance: string | undefined
}

// constructors

/** Read from the attributes of a resource. */
export const of = (attributes: Attributes.Attributes): Service => ({
  name: Attributes.text(attributes, 'service.name'),
  namespace: Attributes.text(attributes, 'service.namespace'),
  instance: Attributes.text(attributes, 'service.instance.id'),
})

// guards

/** Same namespace and name, and the same instance where both say which one they are. */
export const same = (a: Service, b: Service): boolean =>
  a === b ||
  (a.name === b.name &&
    a.namespace === b.namespace &&
    (a.instance === undefined || b.instance === undefined || a.instance === b.instance))

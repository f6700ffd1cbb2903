/** The form of a span that comes back from a hook of the user. Its parts are copied while they are checked. */
import type { Attributes, AttributeValue } from '../model/Attributes.ts'
import * as Json from '../model/Json.ts'
import type { Resource } from '../model/Resource.ts'
import type { Scope } from '../model/Scope.ts'
import type { Service } from '../model/Service.ts'
import type { Span } from '../model/Span.ts'
import type { SpanEvent } from '../model/SpanEvent.ts'
import * as SpanId from '../model/SpanId.ts'
import * as SpanKind from '../model/SpanKind.ts'
import type { SpanLink } from '../model/SpanLink.ts'
import * as TraceId from '../model/TraceId.ts'
import { copyReturned } from './copyReturned.ts'
import * as Form from './Form.ts'

/** Deeper values are replaced later, as those of all spans. */
const MAX_LEVELS = 33

// decoding

const ATTRIBUTE = 'a text, number, bigint, boolean, null, Uint8Array, list or map'

const attributesForm: Form.Form<Attributes> = (value, path, reading) =>
  readAttributes(value, path, reading, 0)

const readAttributes = (
  value: unknown,
  path: string,
  reading: Form.FormReading,
  level: number,
): Attributes | undefined => {
  if (!Form.isPlainObject(value)) return Form.wrong(value, path, reading, 'attributes')
  // hot: the copy runs each getter once. Each value of the copy is checked, or is replaced by a checked copy.
  const copy = { ...value } as Record<string, AttributeValue>
  for (const key in copy) {
    const one: unknown = copy[key]
    switch (typeof one) {
      case 'string':
      case 'number':
      case 'boolean':
      case 'bigint':
        break
      case 'undefined':
        delete copy[key]
        break
      default: {
        const read = readValue(one, `${path}.${key}`, reading, level)
        if (reading.mismatch !== undefined) return undefined
        if (read !== undefined) Json.set(copy, key, read)
      }
    }
  }
  return copy
}

const readValue = (
  value: unknown,
  path: string,
  reading: Form.FormReading,
  level: number,
): AttributeValue | undefined => {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
      return value
    default:
      if (value === null) return value
      if (value instanceof Uint8Array) return value.slice()
      if (level > MAX_LEVELS)
        return Form.wrong(value, path, reading, `at most ${MAX_LEVELS} levels`)
      if (Array.isArray(value)) {
        return Form.list<AttributeValue>((one, at, now) => readValue(one, at, now, level + 1))(
          value,
          path,
          reading,
        )
      }
      return Form.isPlainObject(value)
        ? readAttributes(value, path, Form.count(reading, path), level + 1)
        : Form.wrong(value, path, reading, ATTRIBUTE)
  }
}

/** Any number: times that the server refuses are repaired later. */
const anyNumber = <A extends number>(value: unknown, path: string, reading: Form.FormReading) =>
  typeof value === 'number' ? (value as A) : Form.wrong(value, path, reading, 'a number')

const code: Form.Form<Span['status']['code']> = (value, path, reading) =>
  typeof value === 'number'
    ? value
    : Form.oneOf(['UNSET', 'OK', 'ERROR'] as const)(value, path, reading)

const idForm =
  <A extends string>(parse: (text: string) => A | undefined): Form.Form<A> =>
  (value, path, reading) =>
    (typeof value === 'string' ? parse(value) : undefined) ??
    Form.wrong(value, path, reading, 'an id in hexadecimal digits')

const status = Form.struct<Span['status']>({ code, message: Form.text }, [])

const event = Form.struct<SpanEvent>(
  {
    name: Form.text,
    timeMicros: anyNumber,
    attributes: attributesForm,
    droppedAttributes: anyNumber,
  },
  ['droppedAttributes'],
)

const link = Form.struct<SpanLink>(
  {
    traceId: idForm(TraceId.parse),
    spanId: idForm(SpanId.parse),
    traceState: Form.text,
    attributes: attributesForm,
    flags: anyNumber,
    droppedAttributes: anyNumber,
  },
  ['flags'],
)

const events = Form.list(event)

const links = Form.list(link)

const service = Form.struct<Service>(
  { name: Form.text, namespace: Form.text, instance: Form.text },
  ['name', 'namespace', 'instance'],
)

export const resourceForm: Form.Form<Resource> = Form.struct<Resource>(
  { attributes: attributesForm, doubles: Form.list(Form.text), service },
  ['doubles'],
)

export const scopeForm: Form.Form<Scope> = Form.struct<Scope>(
  { name: Form.text, version: Form.text, attributes: attributesForm },
  [],
)

/** The fields that hooks may change. */
const contentFields = (resource: Form.Form<Resource>, scope: Form.Form<Scope>) => ({
  name: Form.text,
  kind: Form.oneOf(SpanKind.all),
  startMicros: anyNumber<Span['startMicros']>,
  endMicros: anyNumber<Span['endMicros']>,
  status,
  attributes: attributesForm,
  doubles: Form.list(Form.text),
  events,
  links,
  traceState: Form.text,
  droppedAttributes: anyNumber<number>,
  droppedEvents: anyNumber<number>,
  droppedLinks: anyNumber<number>,
  scope,
  resource,
})

/** The ids and flags are ignored: a hook does not change the place of a span in its trace. */
export const spanForm = (
  resource: Form.Form<Resource>,
  scope: Form.Form<Scope>,
): Form.Form<Span> => {
  const exact = Form.struct<Span>(
    {
      traceId: Form.ignored,
      spanId: Form.ignored,
      parentSpanId: Form.ignored,
      flags: Form.ignored,
      ...contentFields(resource, scope),
    },
    ['doubles'],
  )
  const parts = { attributes: attributesForm, events, links, resource, scope }
  return (value, path, reading) =>
    copyReturned(parts, value, reading.values) ?? exact(value, path, reading)
}

const count: Form.Form<number> = (value, path, reading) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : Form.wrong(value, path, reading, 'a whole number from 0')

/** The form of a span that was made by hand, with its ids and flags. */
export const wholeSpanForm = (
  resource: Form.Form<Resource>,
  scope: Form.Form<Scope>,
): Form.Form<Span> =>
  Form.struct<Span>(
    {
      ...contentFields(resource, scope),
      traceId: idForm(TraceId.parse),
      spanId: idForm(SpanId.parse),
      parentSpanId: idForm(SpanId.parse),
      flags: count,
      droppedAttributes: count,
      droppedEvents: count,
      droppedLinks: count,
    },
    ['parentSpanId', 'flags', 'doubles'],
  )

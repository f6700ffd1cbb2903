/**
 * The structure that all OTLP requests share: resources contain scopes, and scopes contain items. The fields of a message
 * may be in any order, so that each message is walked twice: for what its items share, then for the items.
 *
 * Source: `opentelemetry/proto/trace/v1/trace.proto`, `logs.proto` and `metrics.proto`; field 1000 is that of releases before 1.0.
 */
import type { Rejected } from '@sentry-exporter/core/Rejected'
import * as Resource from '@sentry-exporter/core/Resource'
import * as Scope from '@sentry-exporter/core/Scope'
import * as E from '#fp-ts/Either'
import * as DecodeError from '../DecodeError.ts'
import * as PointLoss from './PointLoss.ts'
import * as Text from './Text.ts'
import * as ValueReader from './ValueReader.ts'
import * as Wire from './Wire.ts'

// model

/** The names of a request's fields, and the reader of its items. */
export interface ProtobufKind<A> {
  readonly resources: string
  readonly scopes: string
  readonly oldScopes: string
  readonly items: string
  /**
   * The current value as an item, or `undefined` with the failure in the wire. Its path starts at the item. An item with points
   * may have lost several of them, and be `undefined` if none is left.
   */
  readonly read: (wire: Wire.Wire, resource: Resource.Resource, scope: Scope.Scope) => A | undefined
}

/** All items of a request, in their order. */
export interface ProtobufGroups<A> {
  readonly items: ReadonlyArray<A>
  readonly rejected: ReadonlyArray<Rejected>
  readonly wire: Wire.Wire
}

/** The state of one pass over a request. */
interface Walk<A> {
  readonly kind: ProtobufKind<A>
  readonly wire: Wire.Wire
  readonly items: Array<A>
  readonly rejected: Array<Rejected>
}

/** Field 1 of a request; of the messages for resources and scopes: what their items share. */
const FIRST = Wire.tag(1, Wire.BYTES)
/** Field 2 of the messages for resources and scopes: their scopes, and their items. */
const SECOND = Wire.tag(2, Wire.BYTES)
const OLD_SCOPES = Wire.tag(1000, Wire.BYTES)

const RESOURCE_ATTRIBUTE = Wire.tag(1, Wire.BYTES)

const SCOPE_NAME = Wire.tag(1, Wire.BYTES)
const SCOPE_VERSION = Wire.tag(2, Wire.BYTES)
const SCOPE_ATTRIBUTE = Wire.tag(3, Wire.BYTES)

// decoding

/** Reads a request. Its outermost framing must be right; a bad message within costs only itself. */
export const read =
  <A>(kind: ProtobufKind<A>) =>
  (bytes: Uint8Array): E.Either<DecodeError.DecodeError, ProtobufGroups<A>> => {
    const wire = Wire.start(bytes)
    const walk: Walk<A> = { kind, wire, items: [], rejected: [] }
    for (let index = 0; Wire.next(wire, bytes.length); ) {
      const { stop } = wire
      if (wire.tag === FIRST) {
        ofResource(walk, `${kind.resources}[${index}]`)
        index++
      }
      wire.pbf.pos = stop
    }
    return wire.failure === undefined
      ? E.right(walk)
      : E.left(DecodeError.notProtobuf(wire.failure))
  }

const ofResource = <A>(walk: Walk<A>, path: string): void => {
  const { kind, wire } = walk
  const { start, stop: end } = wire
  const resource = resourceOf(wire, end, path)
  wire.pbf.pos = start
  let index = 0
  let oldIndex = 0
  while (Wire.next(wire, end)) {
    const { stop } = wire
    if (wire.tag === SECOND) ofScope(walk, resource, `${path}.${kind.scopes}[${index++}]`)
    else if (wire.tag === OLD_SCOPES) {
      ofScope(walk, resource, `${path}.${kind.oldScopes}[${oldIndex++}]`)
    }
    wire.pbf.pos = stop
  }
  reject(walk, path)
}

const resourceOf = (wire: Wire.Wire, end: number, path: string): Resource.Resource => {
  const found = ValueReader.noAttributes()
  const at = `${path}.resource`
  while (Wire.next(wire, end)) {
    const { stop } = wire
    if (wire.tag === FIRST) attributes(wire, found, at)
    wire.pbf.pos = stop
  }
  return Resource.of(found.attributes, found.doubles)
}

/** A resource that is sent in parts is merged. */
const attributes = (wire: Wire.Wire, found: ValueReader.WithAttributes, path: string): void => {
  const end = wire.stop
  while (Wire.next(wire, end)) {
    const { stop } = wire
    if (wire.tag === RESOURCE_ATTRIBUTE) ValueReader.attributeOf(wire, found, path)
    wire.pbf.pos = stop
  }
  if (wire.failure !== undefined) Wire.skip(wire, path)
}

const ofScope = <A>(walk: Walk<A>, resource: Resource.Resource, path: string): void => {
  const { kind, wire, items } = walk
  const { start, stop: end } = wire
  const scope = scopeOf(wire, end, `${path}.scope`)
  wire.pbf.pos = start
  for (let index = 0; Wire.next(wire, end); ) {
    const { stop } = wire
    if (wire.tag === SECOND) {
      const { parts } = wire
      const places = wire.places.length
      const item = kind.read(wire, resource, scope)
      const at = `${path}.${kind.items}[${index++}]`
      if (item === undefined) {
        // The parts of a rejected item are not counted beside it.
        wire.parts = parts
        wire.places.length = places
        reject(walk, at)
      } else {
        items.push(item)
        if (wire.places.length > places) Wire.placesInside(wire, places, at)
      }
      if (wire.rejected.length > 0) PointLoss.takeRejected(wire, at, walk.rejected)
    }
    wire.pbf.pos = stop
  }
  reject(walk, path)
}

/** The rest of a message in which something failed cannot be read: it counts as one item. */
const reject = <A>({ wire, rejected }: Walk<A>, path: string): void => {
  if (wire.failure === undefined) return
  Wire.inside(wire, path)
  rejected.push(wire.failure)
  wire.failure = undefined
}

const scopeOf = (wire: Wire.Wire, end: number, path: string): Scope.Scope => {
  const found = ValueReader.noAttributes()
  const names = { name: '', version: '' }
  let isThere = false
  while (Wire.next(wire, end)) {
    const { stop } = wire
    if (wire.tag === FIRST) {
      isThere = true
      scopeFields(wire, { found, names, path })
    }
    wire.pbf.pos = stop
  }
  return isThere ? { ...names, attributes: found.attributes } : Scope.unknown
}

const scopeFields = (
  wire: Wire.Wire,
  scope: {
    readonly found: ValueReader.WithAttributes
    readonly names: { name: string; version: string }
    readonly path: string
  },
): void => {
  const { found, names, path } = scope
  const end = wire.stop
  while (Wire.next(wire, end)) {
    const { stop } = wire
    if (wire.tag === SCOPE_NAME) names.name = Text.text(wire)
    else if (wire.tag === SCOPE_VERSION) names.version = Text.text(wire)
    else if (wire.tag === SCOPE_ATTRIBUTE) ValueReader.attributeOf(wire, found, path)
    wire.pbf.pos = stop
  }
  if (wire.failure !== undefined) Wire.skip(wire, path)
}

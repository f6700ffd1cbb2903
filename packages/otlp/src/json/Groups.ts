/**
 * The structure that all OTLP requests share: resources contain scopes, and scopes contain items. An error inside an item
 * rejects only that item.
 */
import * as Attributes from '@sentry-exporter/core/Attributes'
import type { Rejected } from '@sentry-exporter/core/Rejected'
import * as Resource from '@sentry-exporter/core/Resource'
import * as Scope from '@sentry-exporter/core/Scope'
import * as E from '#fp-ts/Either'
import * as DecodeError from '../DecodeError.ts'
import * as AnyValue from './AnyValue.ts'
import * as Cursor from './Cursor.ts'
import * as Scalar from './Scalar.ts'

// model

/** The field names of a request, and the decoder of its items. */
export interface Kind<A> {
  readonly resources: string
  readonly scopes: string
  readonly items: string
  /** An item, or `undefined` with the failure in the cursor. The path of the failure starts at the item. */
  readonly decode: (
    cursor: Cursor.Cursor,
    value: unknown,
    resource: Resource.Resource,
    scope: Scope.Scope,
  ) => A | undefined
}

export interface Groups<A> {
  readonly items: ReadonlyArray<A>
  readonly rejected: ReadonlyArray<Rejected>
  readonly cursor: Cursor.Cursor
}

// decoding

/** Decodes all items of a request, in their order. */
export const decode =
  <A>(kind: Kind<A>) =>
  (value: unknown): E.Either<DecodeError.DecodeError, Groups<A>> => {
    const cursor = Cursor.start()
    if (!Scalar.isFields(value)) Cursor.fail(cursor, '', 'an object', value)
    const groups = Scalar.isFields(value)
      ? Scalar.list(cursor, value[kind.resources], kind.resources)
      : []
    if (cursor.failure !== undefined) {
      const path = cursor.failure.path === '' ? 'request' : cursor.failure.path
      return E.left(DecodeError.mismatch({ ...cursor.failure, path }))
    }
    const walk: Walk<A> = { kind, cursor, items: [], rejected: [] }
    for (let i = 0; i < groups.length; i++) ofResource(walk, groups[i], `${kind.resources}[${i}]`)
    return E.right(walk)
  }

/** The mutable state of one pass over a request. */
interface Walk<A> {
  readonly kind: Kind<A>
  readonly cursor: Cursor.Cursor
  readonly items: Array<A>
  readonly rejected: Array<Rejected>
}

const ofResource = <A>(walk: Walk<A>, value: unknown, path: string): void => {
  const { cursor, kind } = walk
  if (!Scalar.isFields(value)) {
    Cursor.fail(cursor, path, 'an object', value)
    reject(walk)
    return
  }
  const attributes = holderAttributes(cursor, value['resource'], `${path}.resource`)
  const resource = Resource.of(attributes, cursor.doubles)
  const scopes = Scalar.list(cursor, value[kind.scopes], `${path}.${kind.scopes}`)
  if (cursor.failure !== undefined) {
    reject(walk)
    return
  }
  for (let i = 0; i < scopes.length; i++) {
    ofScope(walk, scopes[i], `${path}.${kind.scopes}[${i}]`, resource)
  }
}

const ofScope = <A>(
  walk: Walk<A>,
  value: unknown,
  path: string,
  resource: Resource.Resource,
): void => {
  const { cursor, kind } = walk
  if (!Scalar.isFields(value)) {
    Cursor.fail(cursor, path, 'an object', value)
    reject(walk)
    return
  }
  const scope = scopeOf(cursor, value['scope'], `${path}.scope`)
  const items = Scalar.list(cursor, value[kind.items], `${path}.${kind.items}`)
  if (cursor.failure !== undefined) {
    reject(walk)
    return
  }
  for (let i = 0; i < items.length; i++) {
    const item = kind.decode(cursor, items[i], resource, scope)
    if (item !== undefined) walk.items.push(item)
    else {
      Cursor.inside(cursor, `${path}.${kind.items}[${i}]`)
      reject(walk)
    }
  }
}

const scopeOf = (cursor: Cursor.Cursor, value: unknown, path: string): Scope.Scope => {
  if (!Scalar.isFields(value)) {
    if (!Scalar.isAbsent(value)) Cursor.fail(cursor, path, 'an object', value)
    return Scope.unknown
  }
  return {
    name: Scalar.text(cursor, value['name'], `${path}.name`),
    version: Scalar.text(cursor, value['version'], `${path}.version`),
    attributes: holderAttributes(cursor, value, path),
  }
}

const holderAttributes = (
  cursor: Cursor.Cursor,
  value: unknown,
  path: string,
): Attributes.Attributes => {
  if (Scalar.isFields(value)) {
    return AnyValue.attributes(cursor, value['attributes'], `${path}.attributes`)
  }
  cursor.doubles = undefined
  if (!Scalar.isAbsent(value)) Cursor.fail(cursor, path, 'an object', value)
  return Attributes.empty
}

const reject = <A>({ cursor, rejected }: Walk<A>): void => {
  if (cursor.failure !== undefined) rejected.push(cursor.failure)
  cursor.failure = undefined
}

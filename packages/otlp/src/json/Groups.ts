/**
 * The structure that all OTLP requests share: resources contain scopes, and scopes contain items. An error inside an item
 * costs that item or a part of it; an error in a resource or a scope costs what cannot be read of it, and no item.
 */
import type { Attributes } from '@sentry-exporter/core/Attributes'
import * as AttributesOf from '@sentry-exporter/core/Attributes'
import type { Rejected } from '@sentry-exporter/core/Rejected'
import * as Resource from '@sentry-exporter/core/Resource'
import * as Scope from '@sentry-exporter/core/Scope'
import * as E from '#fp-ts/Either'
import * as DecodeError from '../DecodeError.ts'
import * as AnyValue from './AnyValue.ts'
import * as Cursor from './Cursor.ts'
import * as Describe from './describeValue.ts'
import * as Scalar from './Scalar.ts'

// model

/** The field names of a request, the current one first, and the decoder of its items. */
export interface Kind<A> {
  readonly resources: ReadonlyArray<string>
  readonly scopes: ReadonlyArray<string>
  readonly items: ReadonlyArray<string>
  /**
   * An item, or `undefined` with the failure in the cursor. Paths start at the item. An item with points may have lost several
   * of them, and be `undefined` if none is left.
   */
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

/** `scope` was `instrumentationLibrary` before OTLP 0.15. */
export const SCOPE: ReadonlyArray<string> = /* @__PURE__ */ Object.freeze([
  'scope',
  'instrumentationLibrary',
  'instrumentation_library',
])

// decoding

/** The first of several names under which an object has a value. */
export const nameIn = (
  value: Scalar.JsonFields,
  names: ReadonlyArray<string>,
): string | undefined => names.find((name) => !Scalar.isAbsent(value[name]))

/** Decodes all items of a request, in their order. */
export const decode =
  <A>(kind: Kind<A>) =>
  (value: unknown): E.Either<DecodeError.DecodeError, Groups<A>> => {
    const cursor = Cursor.start()
    if (!Scalar.isFields(value)) {
      return E.left(mismatch('request', 'an object', value))
    }
    const name = nameIn(value, kind.resources)
    if (name === undefined) {
      const isEmpty =
        Object.keys(value).length === 0 || kind.resources.some((one) => Object.hasOwn(value, one))
      return isEmpty
        ? E.right({ items: [], rejected: [], cursor })
        : E.left(DecodeError.notOtlp(Describe.describeValue(value)))
    }
    const groups = value[name]
    if (!Array.isArray(groups)) return E.left(mismatch(name, 'an array', groups))
    const walk: Walk<A> = { kind, cursor, items: [], rejected: [] }
    for (let i = 0; i < groups.length; i++) ofResource(walk, groups[i], `${name}[${i}]`)
    return E.right(walk)
  }

const mismatch = (path: string, expected: string, actual: unknown): DecodeError.DecodeError =>
  DecodeError.mismatch({ path, expected, actual: Cursor.show(actual) })

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
    reject(walk, path, 'an object', Cursor.show(value))
    return
  }
  const attributes = holderAttributes(cursor, value['resource'], `${path}.resource`)
  const resource = Resource.of(attributes, cursor.doubles)
  Scalar.text(cursor, value['schemaUrl'] ?? value['schema_url'], `${path}.schemaUrl`)
  const { list, name } = listIn(walk, value, kind.scopes, path)
  for (let i = 0; i < list.length; i++) {
    ofScope(walk, list[i], `${path}.${name}[${i}]`, resource)
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
    reject(walk, path, 'an object', Cursor.show(value))
    return
  }
  const scopeName = nameIn(value, SCOPE) ?? 'scope'
  const scope = scopeOf(cursor, value[scopeName], `${path}.${scopeName}`)
  Scalar.text(cursor, value['schemaUrl'] ?? value['schema_url'], `${path}.schemaUrl`)
  const { list, name } = listIn(walk, value, kind.items, path)
  let known = cursor.places.length
  for (let i = 0; i < list.length; i++) {
    const item = kind.decode(cursor, list[i], resource, scope)
    if (item !== undefined) walk.items.push(item)
    else {
      const failure = Cursor.takeFailure(cursor, `${path}.${name}[${i}]`)
      if (failure !== undefined) walk.rejected.push(failure)
    }
    if (cursor.rejected.length > 0) {
      Cursor.takeRejected(cursor, `${path}.${name}[${i}]`, walk.rejected)
    }
    if (cursor.places.length > known) {
      Cursor.inside(cursor, known, `${path}.${name}[${i}]`)
      known = cursor.places.length
    }
  }
}

/** The list under one of several names. One that is no list should have contained items, and is rejected. */
const listIn = <A>(
  walk: Walk<A>,
  value: Scalar.JsonFields,
  names: ReadonlyArray<string>,
  path: string,
): { readonly list: ReadonlyArray<unknown>; readonly name: string } => {
  const name = nameIn(value, names)
  const list = name === undefined ? [] : value[name]
  if (name !== undefined && Array.isArray(list)) return { list, name }
  if (name !== undefined) reject(walk, `${path}.${name}`, 'an array', Cursor.show(list))
  else {
    // A list under another name would be lost without a word.
    const other = Object.keys(value).find((key) => Array.isArray(value[key]))
    if (other !== undefined)
      reject(walk, path, names[0] ?? '', `a list under the key ${Cursor.show(other)}`)
  }
  return { list: [], name: '' }
}

const scopeOf = (cursor: Cursor.Cursor, value: unknown, path: string): Scope.Scope => {
  if (!Scalar.isFields(value)) {
    if (!Scalar.isAbsent(value)) Cursor.skip(cursor, path, 'an object', value)
    return Scope.unknown
  }
  return {
    name: Scalar.text(cursor, value['name'], `${path}.name`),
    version: Scalar.text(cursor, value['version'], `${path}.version`),
    attributes: holderAttributes(cursor, value, path),
  }
}

const holderAttributes = (cursor: Cursor.Cursor, value: unknown, path: string): Attributes => {
  if (Scalar.isFields(value)) {
    return AnyValue.attributes(cursor, value['attributes'], `${path}.attributes`)
  }
  cursor.doubles = undefined
  if (!Scalar.isAbsent(value)) Cursor.skip(cursor, path, 'an object', value)
  return AttributesOf.empty
}

const reject = <A>({ rejected }: Walk<A>, path: string, expected: string, actual: string): void => {
  rejected.push({ path, expected, actual })
}

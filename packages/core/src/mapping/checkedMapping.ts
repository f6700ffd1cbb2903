/**
 * A mapping whose functions may be those of a user. Each of these is run so that it cannot end the step: a function that throws,
 * or gives a value of a wrong form, is noted, and gives an empty value. The functions of this package are not checked.
 */
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import * as Form from '../filter/Form.ts'
import * as Hook from '../filter/Hook.ts'
import * as HookFailure from '../filter/HookFailure.ts'
import * as Mapping from './Mapping.ts'
import type { ResourceContexts } from './ResourceContexts.ts'
import { type SpanFunction, withReads } from './SpanFunction.ts'
import * as Status from './Status.ts'
import * as TransactionName from './TransactionName.ts'

// model

/** The failures of the functions of a mapping, until they are taken. */
export interface MappingFaults {
  failures: ReadonlyArray<HookFailure.HookFailure>
  /** Failed calls for spans since they were taken. */
  spans: number
  /** Failed calls for resources since they were taken. */
  resources: number
}

// constructors

export const start = (): MappingFaults => ({
  failures: HookFailure.none,
  spans: 0,
  resources: 0,
})

const OWN: ReadonlySet<unknown> = new Set(
  [Mapping.sentry, Mapping.collector, Mapping.with4xxOk(Mapping.sentry)].flatMap(Object.values),
)

// folds

/** Takes the failures of a step. Failed calls for resources are repairs of fields. */
export const take = (
  faults: MappingFaults,
  repairs: { field: number },
): ReadonlyArray<HookFailure.HookFailure> => {
  const { failures, resources } = faults
  Object.assign(faults, { failures: HookFailure.none, resources: 0 })
  repairs.field += resources
  return failures
}

// guards

/** Whether all functions of spans are those of this package, which fail for no span. */
export const isTrusted = ({
  data,
  description,
  name: nameOf,
  op,
  spanTags,
  status,
}: Mapping.Mapping): boolean =>
  [data, description, nameOf, op, spanTags, status].every((f) => f === undefined || OWN.has(f))

// transformations

/** The mapping itself if all of its functions are those of this package. */
export const checkedMapping = (
  mapping: Mapping.Mapping,
  faults: MappingFaults,
): Mapping.Mapping => {
  if (Object.values(mapping).every((f) => OWN.has(f))) return mapping
  const noted = <A>(answer: E.Either<HookFailure.HookFailure, O.Option<A>>, empty: A): A => {
    if (E.isLeft(answer)) {
      faults.failures = HookFailure.concat(faults.failures, [answer.left])
      return empty
    }
    return O.isSome(answer.right) ? answer.right.value : empty
  }
  const ofSpan = <A>(f: SpanFunction<A>, form: Form.Form<NonNullable<A>>, empty: A) =>
    OWN.has(f)
      ? f
      : withReads(f.reads, (span, letters): A => {
          const answer = ask(form, () => f(span, letters))
          if (E.isLeft(answer)) faults.spans++
          return noted<A>(answer, empty)
        })
  const ofResource =
    <I, A>(f: (resource: I) => A, form: Form.Form<NonNullable<A>>, empty: A) =>
    (resource: I): A => {
      const answer = ask(form, () => f(resource))
      if (E.isLeft(answer)) faults.resources++
      return noted<A>(answer, empty)
    }
  const { spanTags, spanEnvironment, eventForm } = mapping
  return {
    data: ofSpan(mapping.data, Form.jsonObject, {}),
    description: ofSpan(mapping.description, Form.text, ''),
    name: ofSpan(mapping.name, name, UNNAMED),
    op: ofSpan(mapping.op, Form.text, undefined),
    ...(spanTags === undefined ? {} : { spanTags: ofSpan(spanTags, tags, {}) }),
    ...(spanEnvironment === undefined
      ? {}
      : { spanEnvironment: ofSpan(spanEnvironment, Form.text, undefined) }),
    ...(eventForm === undefined ? {} : { eventForm }),
    status: ofSpan(mapping.status, Form.oneOf(Status.all), UNKNOWN),
    contexts: ofResource(mapping.contexts, contexts, {}),
    dist: ofResource(mapping.dist, Form.text, undefined),
    environment: ofResource(mapping.environment, Form.text, undefined),
    platform: ofResource(mapping.platform, Form.text, 'other'),
    release: ofResource(mapping.release, Form.text, undefined),
    serverName: ofResource(mapping.serverName, Form.text, undefined),
    tags: ofResource(mapping.tags, tags, {}),
  }
}

/** A result of `undefined` leaves the field out. */
const ask = <A>(
  form: Form.Form<A>,
  f: () => unknown,
): E.Either<HookFailure.HookFailure, O.Option<A>> =>
  Hook.ask('mapping', form, () => O.fromNullable(f()))

const UNNAMED: TransactionName.TransactionName = { name: '', source: 'custom' }

const UNKNOWN: Status.Status = 'unknown'

const name = Form.struct<TransactionName.TransactionName>(
  { name: Form.text, source: Form.oneOf(TransactionName.sources) },
  [],
)

const tags = Form.record(Form.text)

const contexts: Form.Form<ResourceContexts> = (value, path, reading) =>
  // Each context is an object of JSON, which is all that printing needs.
  Form.record(Form.jsonObject)(value, path, reading) as ResourceContexts | undefined

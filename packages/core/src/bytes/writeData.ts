/**
 * Prints the `data` of a scanned span: its attributes, the same values under newer keys, other facts about the span, and its name
 * in the view of spans. The same plan of a key that `Data.of` and redaction follow, over bytes.
 */
import type { Context, Redactor } from '../filter/redact.ts'
import * as Data from '../mapping/Data.ts'
import * as SentryName from '../mapping/SentryName.ts'
import type { AttributeValue } from '../model/Attributes.ts'
import * as Json from '../model/Json.ts'
import type { Scope } from '../model/Scope.ts'
import type { Span } from '../model/Span.ts'
import type { SpanKind } from '../model/SpanKind.ts'
import type { KeyPlans } from './KeyPlans.ts'
import * as Literal from './Literal.ts'
import type { ScannedAttributes } from './ScannedSpan.ts'
import * as SpanWriter from './SpanWriter.ts'
import type { KeyMarks } from './takeAttributes.ts'
import { writeAttribute, writeFields, writeJson } from './writeJson.ts'
import type { Printable } from './writeSpan.ts'

// model

export interface DataOptions {
  readonly writer: SpanWriter.SpanWriter
  readonly plans: KeyPlans
  readonly keys: KeyMarks
  readonly redact: Redactor
}

const NAME = Literal.of(`,${JSON.stringify(SentryName.KEY)}:`)

/** The bytes that facts of a scope usually take. */
const FACTS_BYTES = 256

// encoding

/** Each field begins with a comma, also the first one. */
export const dataWriter = (options: DataOptions): ((printable: Printable) => void) => {
  const { writer, keys, plans } = options
  const writeAttributes = attributesWriter(options)
  const factsOf = sharedFacts()
  return ({ span, attributes, context, name }) => {
    writeAttributes(span, attributes, context)
    if (hasRareFacts(span)) writeFacts(writer, span)
    else writer.literal(factsOf(span))
    if (keys.has[plans.ofText(SentryName.KEY).index] === keys.span) return
    writer.literal(NAME)
    writer.string(name)
  }
}

/** Writes attributes and aliases. */
const attributesWriter = ({
  writer,
  plans: { ofText },
  keys,
  redact,
}: DataOptions): ((span: Span, attributes: ScannedAttributes, context: Context) => void) => {
  const target: Data.AliasTarget = {
    has: (key) => keys.has[ofText(key).index] === keys.span,
    put: (key, value) => {
      const plan = ofText(key)
      keys.has[plan.index] = keys.span
      writer.literal(plan.printed)
      writeJson(writer, Json.scalar(value))
    },
  }
  return (span, attributes, context) => {
    // hot: once for each attribute of each span
    const { count, plans, values, from, to, source } = attributes
    let isAliased = false
    for (let i = 0; i < count; i++) {
      const plan = plans[i]
      const at = from[i] ?? -1
      const value = values[i]
      if (plan === undefined || (at < 0 && value === undefined)) continue
      if (plan.form !== undefined) {
        if (plan.form._tag === 'Consumed') continue
        isAliased = true
      }
      writer.literal(plan.printed)
      if (at >= 0 && writer.text(source, at, to[i] ?? 0)) continue
      const other = value === undefined ? redactedText(redact, attributes, i, context) : value
      writeAttribute(writer, other)
    }
    if (isAliased) addAliases(attributes, span, target)
  }
}

/** A text that could not be copied. */
const redactedText = (
  redact: Redactor,
  { plans, from, to, decode }: ScannedAttributes,
  i: number,
  context: Context,
): AttributeValue => {
  const text = decode(from[i] ?? 0, to[i] ?? 0)
  const plan = plans[i]
  return (plan === undefined ? undefined : redact.value(text, plan, context)) ?? text
}

const addAliases = (
  { count, plans, values }: ScannedAttributes,
  span: Span,
  target: Data.AliasTarget,
): void => {
  for (let i = 0; i < count; i++) {
    const form = plans[i]?.form
    const value = values[i]
    if (form?._tag !== 'Aliased' || value === undefined) continue
    Data.addAliases(target, span, Json.fromAttribute(value), form.aliases)
  }
}

// folds

/** Whether a span has facts that it does not share with the other spans of its kind and scope. */
const hasRareFacts = (span: Span): boolean =>
  span.traceState !== '' ||
  span.droppedAttributes > 0 ||
  span.droppedEvents > 0 ||
  span.droppedLinks > 0 ||
  (span.status.code === 'ERROR' && span.status.message !== '')

type FactsByKind = Map<SpanKind, Literal.Literal>

/** The printed facts of spans, once for each scope and kind. */
const sharedFacts = (): ((span: Span) => Literal.Literal) => {
  const known = new WeakMap<Scope, FactsByKind>()
  const knownNames = new Map<string, FactsByKind>()
  const factsOfScope = (scope: Scope): FactsByKind => {
    const found = known.get(scope)
    if (found !== undefined) return found
    // Each request brings scopes of its own, with the same few names.
    const key = nameOf(scope)
    const named = key === undefined ? undefined : knownNames.get(key)
    const facts: FactsByKind = named ?? new Map()
    known.set(scope, facts)
    if (key === undefined || named !== undefined) return facts
    if (knownNames.size >= MAX_NAMES) knownNames.clear()
    knownNames.set(key, facts)
    return facts
  }
  let scope: Scope | undefined
  let ofScope: FactsByKind = new Map()
  return (span) => {
    // hot: once for each span
    if (span.scope !== scope) {
      scope = span.scope
      ofScope = factsOfScope(scope)
    }
    const printed = ofScope.get(span.kind)
    if (printed !== undefined) return printed
    const facts = factsIn(span)
    ofScope.set(span.kind, facts)
    return facts
  }
}

/** Names of scopes that are kept. */
const MAX_NAMES = 1_000

/** In characters, with the version. A longer name is not kept. */
const MAX_NAME = 200

/** The name and the version of a scope; `undefined` for a scope with attributes. Different scopes have different texts. */
const nameOf = ({ attributes, name, version }: Scope): string | undefined => {
  if (name.length + version.length > MAX_NAME) return undefined
  for (const _ in attributes) return undefined
  return `${version.length} ${version}${name}`
}

/** Without braces, with a comma before each. */
const writeFacts = (writer: SpanWriter.SpanWriter, span: Span): void =>
  writeFields(writer, Data.addFacts({}, span), true)

const factsIn = (span: Span): Literal.Literal => {
  const writer = SpanWriter.make(FACTS_BYTES)
  writer.begin()
  writeFacts(writer, span)
  const { buffer, from, to } = writer.end()
  return Literal.ofBytes(buffer.subarray(from, to))
}

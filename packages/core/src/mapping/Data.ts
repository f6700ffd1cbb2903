/**
 * The attributes of a span as Sentry's `data`: all of them, typed, and further facts about the span. Sentry searches
 * `data`, so keys stay as the conventions name them; older keys get the newer ones in addition (`AttributeTable`). Values are
 * scalars: the server refuses others there (`relay-spans/src/v1_to_v2.rs` of getsentry/relay), so that lists and maps are sent as
 * the text of their JSON.
 */
import type { Alias, AttributeForm, Conversion } from '../filter/AttributeForm.ts'
import * as AttributePlan from '../filter/AttributePlan.ts'
import * as Url from '../internal/text/Url.ts'
import * as Json from '../model/Json.ts'
import type { Span } from '../model/Span.ts'
import * as PlainHttp from './PlainHttp.ts'

// constructors

const ofText =
  (convert: (text: string) => string | undefined) =>
  (value: Json.Json): string | undefined =>
    typeof value === 'string' ? convert(value) : undefined

const isBarePath = (text: string): boolean => text.startsWith('/') && !text.startsWith('//')

/** `undefined` for a value that the conversion does not expect. */
const CONVERSIONS: Readonly<
  Record<Exclude<Conversion, 'entries'>, (value: Json.Json) => Json.Json | undefined>
> = {
  'status-code': (value) =>
    typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value,
  'plain-status': (value) =>
    typeof value === 'string' || typeof value === 'number'
      ? /^[1-5]\d{2}$/.test(String(value))
        ? Number(value)
        : undefined
      : undefined,
  text: (value) => (typeof value === 'number' ? String(value) : value),
  path: ofText(Url.withoutQuery),
  'bare-path': ofText((text) => (isBarePath(text) ? Url.withoutQuery(text) : undefined)),
  'whole-url': ofText((text) => (isBarePath(text) ? undefined : text)),
  route: ofText(PlainHttp.routeOf),
  query: ofText((text) => /\?([^#]+)/.exec(text)?.[1]),
  transport: ofText((text) => text.replace(/^ip_/, '')),
  'without-port': ofText((text) => text.replace(/:\d+$/, '')),
}

/** The data that aliases are added to. */
export interface AliasTarget {
  readonly has: (key: string) => boolean
  /** Sets a key that is not there. */
  readonly put: (key: string, value: Json.Json) => void
}

/** Attributes with the span's kind (unless internal), its scope, trace state and dropped counts. */
export const of = (span: Span): Json.JsonObject => {
  // hot: once for each span. A copy of the whole is fast; few values are not JSON already, few keys have a form.
  const data: Record<string, Json.Json> = Json.fromAttributes(span.attributes)
  for (const key in data) {
    const form = AttributePlan.formOf(key)
    if (form !== undefined) applyForm(data, span, key, form)
    const value = data[key]
    if (typeof value === 'object' && value !== null) Json.set(data, key, JSON.stringify(value))
  }
  return addFacts(data, span)
}

/** Adds the facts about a span that are not attributes. `data` is changed. */
export const addFacts = (data: Record<string, Json.Json>, span: Facts): Json.JsonObject => {
  if (span.kind !== 'INTERNAL' && span.kind !== 'UNSPECIFIED') data['otel.kind'] = span.kind
  if (span.scope.name !== '') data['otel.scope.name'] = span.scope.name
  if (span.scope.version !== '') data['otel.scope.version'] = span.scope.version
  for (const key in span.scope.attributes) {
    const value = span.scope.attributes[key]
    if (value !== undefined) data[`otel.scope.${key}`] = Json.scalar(Json.fromAttribute(value))
  }
  if (span.traceState !== '') data['otel.trace_state'] = span.traceState
  if (span.droppedAttributes > 0) data['otel.dropped_attributes_count'] = span.droppedAttributes
  if (span.droppedEvents > 0) data['otel.dropped_events_count'] = span.droppedEvents
  if (span.droppedLinks > 0) data['otel.dropped_links_count'] = span.droppedLinks
  if (span.status.code === 'ERROR' && span.status.message !== '') {
    data['sentry.status.message'] = span.status.message
  }
  return data
}

/** The parts of a span that `addFacts` reads. */
export type Facts = Pick<
  Span,
  | 'droppedAttributes'
  | 'droppedEvents'
  | 'droppedLinks'
  | 'kind'
  | 'scope'
  | 'status'
  | 'traceState'
>

const applyForm = (
  data: Record<string, Json.Json>,
  span: Span,
  key: string,
  form: AttributeForm,
): void => {
  const value = data[key]
  if (value === undefined) return
  switch (form._tag) {
    case 'Consumed':
      delete data[key]
      return
    case 'Text':
      if (typeof value !== 'string') data[key] = JSON.stringify(value)
      return
    case 'Aliased':
      addAliases(targetOf(data), span, value, form.aliases)
  }
}

const targetOf = (data: Record<string, Json.Json>): AliasTarget => ({
  has: (key) => data[key] !== undefined,
  put: (key, value) => {
    data[key] = Json.scalar(value)
  },
})

/** Adds a value under newer keys. A newer attribute that is present already is not changed. */
export const addAliases = (
  target: AliasTarget,
  span: Span,
  value: Json.Json,
  aliases: ReadonlyArray<Alias>,
): void => {
  for (const { to, as, on, unless } of aliases) {
    if (on !== undefined && !isOn(on, span)) continue
    if (unless !== undefined && target.has(unless)) continue
    if (as === 'entries') putEntries(target, to, value)
    else putNew(target, to, as === undefined ? value : CONVERSIONS[as](value))
  }
}

const putEntries = (target: AliasTarget, to: string, value: Json.Json): void => {
  if (typeof value !== 'object' || value === null) return
  for (const [key, entry] of Object.entries(value)) {
    putNew(target, to + key, typeof entry === 'string' ? entry : JSON.stringify(entry))
  }
}

const isOn = (on: NonNullable<Alias['on']>, span: Span): boolean => {
  if (on === 'server' || on === 'others') return (on === 'server') === (span.kind === 'SERVER')
  const side = PlainHttp.of(span)?.side
  return on === 'plain-request' ? side !== undefined : on === `plain-${side}`
}

const putNew = (target: AliasTarget, key: string, value: Json.Json | undefined): void => {
  if (value !== undefined && !target.has(key)) target.put(key, value)
}

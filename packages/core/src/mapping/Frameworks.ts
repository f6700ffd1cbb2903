/**
 * The `op` of spans that frameworks record within a request or a job, outside of the conventions: by an attribute that names the
 * kind of work, or by the name of the span. The words are those of Sentry's SDKs and of `model/op` of
 * getsentry/sentry-conventions.
 *
 * Sources of the attributes and names: the instrumentations of open-telemetry/opentelemetry-js-contrib
 * (`packages/instrumentation-*`), `packages/next/src/server/lib/trace/constants.ts` of vercel/next.js,
 * `packages/kit/src/runtime` of sveltejs/kit, `instrumentation/action_view` of open-telemetry/opentelemetry-ruby-contrib,
 * `contrib/opentelemetry` of temporalio/sdk-go.
 */
import { frozen } from '../internal/frozen.ts'
import * as Url from '../internal/text/Url.ts'
import type { Span } from '../model/Span.ts'
import * as Conventions from './Conventions.ts'
import * as FirstLetters from './FirstLetters.ts'
import { needing, reading, type SpanFunction } from './SpanFunction.ts'
import { textOf } from './textOf.ts'

// by an attribute

/** `express.type: middleware` is `middleware.express`. */
export const typeKeys: ReadonlyArray<readonly [key: string, framework: string]> =
  /* @__PURE__ */ frozen([
    ['connect.type', 'connect'],
    ['elysia.type', 'elysia'],
    ['express.type', 'express'],
    ['fastify.type', 'fastify'],
    ['hapi.type', 'hapi'],
    ['hono.type', 'hono'],
    ['koa.type', 'koa'],
    ['nestjs.type', 'nestjs'],
    ['restify.type', 'restify'],
    ['router.type', 'router'],
  ])

const TYPES = typeKeys.map(([key]) => key)

const TYPE_LETTERS = FirstLetters.ofKeys(TYPES)

/** A step of a web framework, which is not the request itself even where it has the request's attributes. */
export const step: SpanFunction<string | undefined> = needing(
  [...TYPES],
  reading(TYPES, ({ attributes, kind }, letters = FirstLetters.every) => {
    // hot: such spans are INTERNAL; most spans are not, or have no such key.
    if (kind !== 'INTERNAL' || !FirstLetters.mayHave(letters, TYPE_LETTERS)) return undefined
    for (const [key, framework] of typeKeys) {
      const type = attributes[key]
      if (typeof type === 'string' && type !== '') {
        return `${type.toLowerCase().replace(/[^a-z0-9_.]+/g, '_')}.${framework}`
      }
    }
    return undefined
  }),
)

/** The step of Next.js that a span is. A request has its own attributes and is not named here. */
const nextSteps: Readonly<Record<string, string>> = /* @__PURE__ */ frozen({
  'BaseServer.handleRequest': 'http.server',
  'Middleware.execute': 'middleware.nextjs',
})

const nextType = textOf('next.span_type')

/** A step of Next.js. `AppRender.fetch` is a call, of kind CLIENT. */
export const next: SpanFunction<string | undefined> = needing(
  [nextType],
  reading([nextType], (span, letters) => {
    const type = nextType(span, letters)
    if (type === undefined) return undefined
    return (
      (Object.hasOwn(nextSteps, type) ? nextSteps[type] : undefined) ??
      (span.kind === 'INTERNAL' ? 'function.nextjs' : undefined)
    )
  }),
)

// by the name

export interface NamedStep {
  readonly framework: string
  /** The whole name, or its beginning if it ends with `*`, or its end if it begins so. */
  readonly name: string
  readonly op: string
  /** The name that such a span gets in place of its own. */
  readonly shows?: 'path' | 'url'
}

/** Of INTERNAL spans, but those of Temporal. */
export const namedSteps: ReadonlyArray<NamedStep> = /* @__PURE__ */ frozen([
  { framework: 'browser', name: 'documentLoad', op: 'pageload', shows: 'path' },
  { framework: 'browser', name: 'documentFetch', op: 'browser.request', shows: 'url' },
  { framework: 'browser', name: 'resourceFetch', op: 'resource', shows: 'url' },
  { framework: 'browser', name: 'longtask', op: 'ui.long_task' },
  { framework: 'browser', name: 'Navigation:*', op: 'navigation' },
  { framework: 'SvelteKit', name: 'sveltekit.load', op: 'function.sveltekit.load' },
  { framework: 'SvelteKit', name: 'sveltekit.form_action', op: 'function.sveltekit.form_action' },
  { framework: 'SvelteKit', name: 'sveltekit.resolve', op: 'function.sveltekit.resolve' },
  { framework: 'SvelteKit', name: 'sveltekit.remote*', op: 'function.sveltekit.remote' },
  { framework: 'SvelteKit', name: 'sveltekit.handle*', op: 'function.sveltekit.handle' },
  { framework: 'Rails', name: '*.action_view', op: 'template' },
  { framework: 'Kong', name: 'kong.*.plugin.*', op: 'middleware.kong' },
  { framework: 'Temporal', name: 'RunWorkflow:*', op: 'queue.task.temporal' },
  { framework: 'Temporal', name: 'RunActivity:*', op: 'queue.task.temporal' },
  { framework: 'Temporal', name: 'StartWorkflow:*', op: 'queue.submit.temporal' },
  { framework: 'Temporal', name: 'StartChildWorkflow:*', op: 'queue.submit.temporal' },
  { framework: 'Temporal', name: 'StartActivity:*', op: 'queue.submit.temporal' },
])

const EXACT: ReadonlyMap<string, NamedStep> = new Map(
  namedSteps.filter(({ name }) => !name.includes('*')).map((row) => [row.name, row]),
)

const PATTERNS: ReadonlyArray<readonly [RegExp, NamedStep]> = namedSteps
  .filter(({ name }) => name.includes('*'))
  .map((row) => [
    new RegExp(`^${row.name.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 's'),
    row,
  ])

/** Each pattern has one of these, and few names of other spans do. */
const PATTERN_SIGN = /:|^sveltekit\.|^kong\.|\.action_view$/

/** The row of a span's name. */
const rowOf = ({ name }: Span): NamedStep | undefined =>
  EXACT.get(name) ??
  (PATTERN_SIGN.test(name) ? PATTERNS.find(([pattern]) => pattern.test(name))?.[1] : undefined)

/** By the end of a path. `initiatorType` of the browser is not recorded. */
const resourceTypes: ReadonlyArray<readonly [ending: RegExp, op: string]> = /* @__PURE__ */ frozen([
  [/\.m?js$/i, 'resource.script'],
  [/\.css$/i, 'resource.css'],
  [/\.(?:avif|gif|jpe?g|png|svg|webp)$/i, 'resource.img'],
  [/\.ico$/i, 'resource.icon'],
  [/\.(?:mp3|ogg|wav)$/i, 'resource.audio'],
  [/\.(?:mp4|webm)$/i, 'resource.video'],
])

/** A step by the name of its span. */
export const named: SpanFunction<string | undefined> = reading(
  [Conventions.urlFull],
  (span, letters) => {
    const url = Conventions.urlFull(span, letters) ?? ''
    const row = rowOf(span)
    if (row?.op !== 'resource') return row?.op
    return resourceTypes.find(([ending]) => ending.test(url))?.[1] ?? 'resource.other'
  },
)

/** The path or the URL that such a span is about: its name is the same on every page. */
export const address: SpanFunction<string | undefined> = needing(
  [Conventions.urlFull],
  reading([Conventions.urlFull], (span, letters) => {
    const url = Conventions.urlFull(span, letters)
    const shows = url === undefined ? undefined : rowOf(span)?.shows
    if (url === undefined || shows === undefined) return undefined
    return shows === 'url' ? url : Url.pathOf(url)
  }),
)

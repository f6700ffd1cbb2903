/**
 * The debug ids of the loaded files, for `debug_meta.images` of error events: with them Sentry finds the source map that was uploaded for a
 * file, whatever its path and release. Sentry's plugins for bundlers write them: each file puts its id under the stack of an error of its
 * own. Source: `packages/core/src/utils/debug-ids.ts` of getsentry/sentry-javascript; `sdk/data-model/event-payloads/debugmeta` of the develop docs.
 */
import type { ErrorEvent } from '@sentry-exporter/core/ErrorEvent'
import type { Parser } from '@sentry-exporter/stacktrace/Parser'
import * as StackTrace from '@sentry-exporter/stacktrace/StackTrace'

// model

export interface DebugImage {
  readonly type: 'sourcemap'
  /** The file as the frames of a stack name it. */
  readonly code_file: string
  readonly debug_id: string
}

/** Debug ids by the path of their file. */
export type DebugIds = ReadonlyMap<string, string>

/** The globals of the plugins: those of Sentry, and those that bundlers write themselves. */
const GLOBALS = ['_sentryDebugIds', '_debugIds'] as const

// constructors

/** Adds the images of the files in the stacks of an error. The error itself if none of them has a debug id. */
export const withImages =
  (idsOf: () => DebugIds) =>
  (error: ErrorEvent): ErrorEvent => {
    const ids = idsOf()
    const images = ids.size === 0 ? [] : imagesOf(error, ids)
    return images.length === 0 ? error : withField(error, images)
  }

/** Hooks may add fields that the type of an event does not have. */
const withField = (error: ErrorEvent, images: ReadonlyArray<DebugImage>): ErrorEvent => {
  const changed: ErrorEvent & { readonly debug_meta: object } = { ...error, debug_meta: { images } }
  return changed
}

const imagesOf = (error: ErrorEvent, ids: DebugIds): ReadonlyArray<DebugImage> => {
  const images = new Map<string, DebugImage>()
  for (const { stacktrace } of error.exception.values) {
    for (const { abs_path, filename } of stacktrace?.frames ?? []) {
      const path = abs_path ?? filename
      const id = path === undefined ? undefined : ids.get(path)
      if (path !== undefined && id !== undefined) {
        images.set(path, { type: 'sourcemap', code_file: path, debug_id: id })
      }
    }
  }
  return [...images.values()]
}

// decoding

/** Reads the globals at each call, but each stack only once: files are loaded while a program runs. */
export const reader = (
  parsers: ReadonlyArray<Parser>,
  scope: object = globalThis,
): (() => DebugIds) => {
  const parse = StackTrace.parse(parsers)
  const seen = new Set<string>()
  const ids = new Map<string, string>()
  return () => {
    for (const key of GLOBALS) {
      const found: unknown = Reflect.get(scope, key)
      if (typeof found !== 'object' || found === null) continue
      for (const [stacktrace, id] of Object.entries(found)) {
        if (seen.has(stacktrace) || typeof id !== 'string') continue
        seen.add(stacktrace)
        const { exceptions } = parse({ type: 'Error', message: '', stacktrace, language: 'nodejs' })
        const frame = [...(exceptions[0]?.frames ?? [])]
          .reverse()
          .find(({ filename }) => filename !== undefined)
        const path = frame?.abs_path ?? frame?.filename
        if (path !== undefined) ids.set(path, id)
      }
    }
    return ids
  }
}

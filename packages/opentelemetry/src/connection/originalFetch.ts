/**
 * The fetch of the platform, as it was before instrumentations replaced it: their wrappers make spans of our requests where the suppressed
 * context is lost, or is not looked at. Wrappers keep the original under a property. Sources: `shimmer.ts` of
 * open-telemetry/opentelemetry-js `packages/opentelemetry-instrumentation`; `object.ts` of getsentry/sentry-javascript `packages/core`.
 */
import type { Fetch } from '@sentry-exporter/transport-fetch'

// model

const ORIGINALS = ['__original', '__sentry_original__'] as const

/** Wrappers of wrappers. A property that leads in a circle ends somewhere. */
const MAX_WRAPPERS = 16

// constructors

/** `undefined` where the platform has none. */
export const originalOf = (wrapped: unknown): Fetch | undefined => {
  let found = wrapped
  for (let i = 0; i < MAX_WRAPPERS && typeof found === 'function'; i++) {
    const inner = innerOf(found)
    if (inner === undefined) break
    found = inner
  }
  // Every fetch is assignable to the part of the standard that is used.
  return typeof found === 'function' ? (found as unknown as Fetch) : undefined
}

const innerOf = (wrapper: object): unknown => {
  for (const key of ORIGINALS) {
    const inner: unknown = Reflect.get(wrapper, key)
    if (typeof inner === 'function') return inner
  }
  return undefined
}

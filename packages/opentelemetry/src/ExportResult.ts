/** The result of an export, as the SDK expects it. Source: `packages/opentelemetry-core/src/ExportResult.ts` of open-telemetry/opentelemetry-js. */

// model

export interface ExportResultLike {
  /** 0 for success, 1 for failure. */
  readonly code: 0 | 1
  readonly error?: Error
}

// constructors

export const SUCCESS: ExportResultLike = { code: 0 }

/** `reason` has no secrets. */
export const failed = (reason: string): ExportResultLike => ({
  code: 1,
  error: new Error(`sentry-exporter: ${reason}`),
})

export const CLOSED: ExportResultLike = /* @__PURE__ */ failed('the exporter was shut down')

/** The result of an export, as the SDK expects it. Source: `packages/opentelemetry-core/src/ExportResult.ts` of open-telemetry/opentelemetry-js. */

import * as Losses from '@sentry-exporter/core/Losses'

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

/** A failure if something was lost; `lost` has the losses by the name of the data. */
export const resultOf = (
  lost: ReadonlyArray<readonly [name: string, losses: Losses.Losses]>,
  problems: ReadonlyArray<string>,
): ExportResultLike => {
  const names = lost
    .filter(([, losses]) => Losses.entries(losses).length > 0)
    .map(([name]) => `${name} were lost`)
  return names.length === 0 ? SUCCESS : failed([...names, ...problems].join(', '))
}

export const CLOSED: ExportResultLike = /* @__PURE__ */ failed('the exporter was shut down')

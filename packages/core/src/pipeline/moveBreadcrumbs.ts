/** Gives the breadcrumbs of a moved event other times. */
import type { Breadcrumbs } from '../sentry/Breadcrumb.ts'

/** Each with the time, in seconds since 1970, that this function makes of its own. */
export const moveBreadcrumbs = (
  { values }: Breadcrumbs,
  move: (seconds: number) => number,
): Breadcrumbs => ({
  values: values.map((one) => ({ ...one, timestamp: move(one.timestamp) })),
})

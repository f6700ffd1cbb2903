/** The result of one test file. A monoid: the report of the workspace is the sum of its files. */

// model

export interface Report {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** One text for each failing suite. */
  readonly failures: ReadonlyArray<string>
}

// constructors

export const empty: Report = { passed: 0, failed: 0, skipped: 0, failures: [] }

/** A file whose tests could not run counts as one failure. */
export const broken = (why: string): Report => ({ ...empty, failed: 1, failures: [why] })

// transformations

export const concat = (a: Report, b: Report): Report => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  failures: [...a.failures, ...b.failures],
})

// encoding

/** The closing line: `12 passed, 0 failed`, and what was skipped if anything was. */
export const show = (report: Report): string =>
  `${report.passed} passed, ${report.failed} failed${report.skipped > 0 ? `, ${report.skipped} skipped` : ''}`

/** A run is good when it ran something and nothing failed. */
export const isGood = (report: Report): boolean => report.passed > 0 && report.failed === 0

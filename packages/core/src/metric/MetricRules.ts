/** Which metrics are sent, and how many items they make. */

// model

export interface MetricRules {
  /** Names of metrics; an asterisk matches any characters. */
  readonly allow: ReadonlyArray<string>
  /** The same for those that are left out. */
  readonly deny: ReadonlyArray<string>
  /** Increases of a series within this time are one item; 0 for one item for each point. */
  readonly intervalMillis: number
  /** Series that are remembered. */
  readonly maxSeries: number
  /** Items of one point of a histogram. */
  readonly maxHistogramItems: number
}

// constructors

export const defaults: MetricRules = /* @__PURE__ */ Object.freeze({
  allow: /* @__PURE__ */ Object.freeze(['*']),
  deny: /* @__PURE__ */ Object.freeze([]),
  intervalMillis: 0,
  maxSeries: 10_000,
  maxHistogramItems: 32,
})

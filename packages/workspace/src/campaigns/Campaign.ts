/** A long run of checks with fixed seeds, bounded, whose report is committed under `docs/design/campaigns/`. */

// model

export interface Campaign {
  readonly name: string
  readonly description: string
  /** Throws if a check fails; otherwise gives the report. A run that could not check everything has a `result` of its own. */
  readonly run: () => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>
}

/** A long run of checks with fixed seeds, bounded, whose report is committed under `docs/design/campaigns/`. */

// model

export interface Campaign {
  readonly name: string
  readonly says: string
  /** Throws if anything does not hold; else gives what is reported. */
  readonly run: () => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>
}

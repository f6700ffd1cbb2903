/** A program in another language that sends one trace of four spans, one of which fails with an exception. */

// model

export interface Producer {
  /** The heading of its language in the guide. */
  readonly language: string
  /**
   * Installs what it needs into a folder of its own. The error is what this machine lacks, for the report.
   */
  readonly prepare: (folder: string) => Promise<Prepared>
}

export type Prepared =
  | { readonly _tag: 'Missing'; readonly reason: string }
  | {
      readonly _tag: 'Ready'
      /** Names and versions of the language and its SDK. */
      readonly versions: ReadonlyArray<string>
      /** Runs it once, until it has sent everything. */
      readonly run: (env: Readonly<Record<string, string>>) => Promise<void>
    }

// constructors

export const missing = (reason: string): Prepared => ({ _tag: 'Missing', reason })

/** A long run of checks with fixed seeds, bounded, whose report is committed under `docs/design/campaigns/`. */

// model

export interface Campaign {
  readonly name: string
  readonly description: string
  /** Throws if a check fails; otherwise gives the report. A run that could not check everything has a `result` of its own. */
  readonly run: () => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>
  /** A part of a document that shows the report. The campaign writes it again. */
  readonly section?: ReportSection
}

interface ReportSection {
  /** The path of the document from the root. */
  readonly document: string
  /** Between the lines `<!-- campaign NAME -->` and `<!-- end of campaign NAME -->`. */
  readonly text: (report: unknown) => string
}

// constructors

/** The document with a new section. Throws if it has no place for it. */
export const withSection = (name: string, text: string, document: string): string => {
  const [start, end] = [`<!-- campaign ${name} -->\n`, `<!-- end of campaign ${name} -->\n`]
  const [before, rest] = document.split(start)
  const [, after] = rest?.split(end) ?? []
  if (before === undefined || after === undefined) throw new Error(`no place for campaign ${name}`)
  return `${before}${start}\n${text}\n\n${end}${after}`
}

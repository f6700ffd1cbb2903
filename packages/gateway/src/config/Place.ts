/** A place in a source of the configuration: a file, an environment variable, or a text of the command line. */

// model

export interface Place {
  /** As the user wrote it: `gateway.yaml`, `env:CONFIG`, `--set`. */
  readonly source: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
}

// constructors

export const startOf = (source: string): Place => ({ source, line: 1, column: 1 })

// encoding

/** `gateway.yaml:12:5`, which editors and terminals can open. */
export const show = ({ source, line, column }: Place): string => `${source}:${line}:${column}`

/** A place in the workspace that breaks a rule of the lint. */

// model

/** The names of the rules, by which `pendingViolations.ts` refers to them. */
export type RuleName =
  | 'dependencies'
  | 'entry-points'
  | 'example'
  | 'examples'
  | 'function-size'
  | 'layers'
  | 'links'
  | 'manifest'
  | 'mirrored-test'
  | 'module-state'
  | 'structure'
  | 'type-names'
  | 'wording'

export interface Violation {
  readonly rule: RuleName
  /** The file, relative to the root of the workspace. */
  readonly place: string
  /** The problem and, where that is not plain, what to do. */
  readonly message: string
}

// constructors

export const of = (rule: RuleName, place: string, message: string): Violation => ({
  rule,
  place,
  message,
})

// encoding

export const show = ({ place, message }: Violation): string => `${place}: ${message}`

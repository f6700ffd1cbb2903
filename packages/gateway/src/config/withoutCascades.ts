/** Leaves out the errors that follow from another one: a mistake has one message. */
import type { ConfigProblem, ConfigProblems } from './ConfigProblem.ts'
import { isError } from './ConfigProblem.ts'
import { SECTIONS } from './wiring/Wiring.ts'

/** The errors that stay in these. Warnings stay. */
export const withoutCascades = (problems: ConfigProblems): ConfigProblems => {
  const errors = problems.filter(isError)
  return problems.filter((problem) => !errors.some((cause) => causes(cause, problem)))
}

/** Whether the second is there only because of the first. */
const causes = (cause: ConfigProblem, { path, finding }: ConfigProblem): boolean => {
  switch (finding._tag) {
    case 'Missing':
      return isMistyped(cause, path) || (cause.finding._tag !== 'Missing' && isWithin(cause, path))
    case 'NotConfigured': {
      const section = SECTIONS[finding.kind]
      return (
        isMistyped(cause, section) || (cause.path === section && cause.finding._tag === 'BadValue')
      )
    }
    default:
      return false
  }
}

/** The key of this path, or one around it, is there: with a mistake in its name, or in another map. */
const isMistyped = ({ finding, path }: ConfigProblem, missing: string): boolean => {
  if (finding._tag !== 'UnknownKey') return false
  const keys = path.split('::')
  const meant = finding.nearest ?? keys.at(-1) ?? ''
  return (
    isInside(missing, [...keys.slice(0, -1), meant].join('::')) ||
    (finding.hint !== undefined && (isInside(missing, meant) || missing.endsWith(`::${meant}`)))
  )
}

/** A value is missing because it, or a part of it, cannot be read. */
const isWithin = ({ path }: ConfigProblem, outer: string): boolean => isInside(path, outer)

const isInside = (path: string, outer: string): boolean =>
  path === outer || path.startsWith(`${outer}::`) || path.startsWith(`${outer}[`)

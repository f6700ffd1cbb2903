/**
 * A problem of a configuration: an error, which prevents the start; a warning, about a part without effect that may matter; or a
 * note, about a part that another one replaces. Each has its place, its path, and data from which its message is made.
 *
 * A message never contains a secret: texts of secret fields and texts of environment variables are not shown.
 *
 * @example
 * ```ts
 * import { ConfigProblem } from '@sentry-exporter/gateway'
 *
 * const problem = ConfigProblem.error(
 *   { place: { source: 'gateway.yaml', line: 7, column: 5 }, path: 'exporters::sentry::enviroment' },
 *   { _tag: 'UnknownKey', nearest: 'environment', hint: undefined },
 * )
 * console.log(ConfigProblem.show(problem))
 * // gateway.yaml:7:5: error: exporters::sentry::enviroment: unknown key, did you mean environment?
 * ```
 */
import * as DsnError from '@sentry-exporter/envelope/DsnError'
import { withoutCredentials } from '@sentry-exporter/envelope/withoutCredentials'
import type * as Sg from '#fp-ts/Semigroup'
import type { ConfigPath } from './ConfigPath.ts'
import * as Place from './Place.ts'

// model

export type Severity = 'error' | 'warning' | 'note'

export interface ConfigProblem {
  readonly severity: Severity
  /** `undefined` if the problem is in no source: there is no configuration. */
  readonly place: Place.Place | undefined
  readonly path: ConfigPath
  readonly finding: Finding
}

export type ConfigProblems = ReadonlyArray<ConfigProblem>

/** The place and the path of a value. */
export interface Location {
  readonly place: Place.Place | undefined
  readonly path: ConfigPath
}

export type Finding =
  | { readonly _tag: 'NoConfiguration' }
  | { readonly _tag: 'BadYaml'; readonly message: string }
  /** A file, or a source of another kind, cannot be read. */
  | { readonly _tag: 'Unreadable'; readonly source: string; readonly reason: string }
  | { readonly _tag: 'UnsetVariable'; readonly name: string }
  /** A reference `${...}` that cannot be expanded. */
  | { readonly _tag: 'BadReference'; readonly reference: string; readonly reason: string }
  | {
      readonly _tag: 'UnknownKey'
      readonly nearest: string | undefined
      /** The reason why a key of this name is not accepted here, or what to write. */
      readonly hint: string | undefined
    }
  | {
      readonly _tag: 'BadValue'
      readonly expected: string
      /** A description, without any secret. */
      readonly found: string
      readonly nearest?: string | undefined
    }
  | {
      readonly _tag: 'Missing'
      readonly expected: string
      /** The reference whose value is empty. */
      readonly reference: string | undefined
    }
  | { readonly _tag: 'BadDsn'; readonly error: DsnError.DsnError }
  /** Two settings that exclude each other. */
  | { readonly _tag: 'Conflict'; readonly message: string }
  /** A component is used and not configured; the sentence is the Collector's. */
  | {
      readonly _tag: 'NotConfigured'
      readonly kind: ComponentKind
      readonly id: string
      readonly nearest: string | undefined
    }
  /** A component, or one of its settings, that this program cannot replace. */
  | { readonly _tag: 'Unsupported'; readonly subject: string; readonly advice: string }
  /** A part of the configuration without effect, with the reason. */
  | { readonly _tag: 'NoEffect'; readonly reason: string }
  | { readonly _tag: 'Unused'; readonly kind: ComponentKind }

export type ComponentKind = 'receiver' | 'processor' | 'exporter' | 'connector' | 'extension'

// constructors

const of =
  (severity: Severity) =>
  ({ place, path }: Location, finding: Finding): ConfigProblem => ({
    severity,
    place,
    path,
    finding,
  })

export const error: (location: Location, finding: Finding) => ConfigProblem = of('error')

export const warning: (location: Location, finding: Finding) => ConfigProblem = of('warning')

export const note: (location: Location, finding: Finding) => ConfigProblem = of('note')

// guards

export const isError = ({ severity }: ConfigProblem): boolean => severity === 'error'

export const isNote = ({ severity }: ConfigProblem): boolean => severity === 'note'

// encoding

/** One line: `gateway.yaml:7:5: error: exporters::sentry::dsn: ...`. */
export const show = ({ severity, place, path, finding }: ConfigProblem): string =>
  [
    ...(place === undefined ? [] : [withoutCredentials(Place.show(place))]),
    severity,
    ...(path === '' ? [] : [withoutSecrets(path)]),
    showFinding(finding),
  ].join(': ')

/** Keys of Sentry have 32 hexadecimal digits. */
const HEX_KEY = /[0-9a-f]{24,}/gi

/** A secret can be in the place of a key, and so a part of a path. */
const withoutSecrets = (path: string): string =>
  path.split('::').map(withoutCredentials).join('::').replace(HEX_KEY, '[Filtered]')

const suggestion = (nearest: string | undefined): string =>
  nearest === undefined ? '' : `, did you mean ${nearest}?`

const showFinding = (finding: Finding): string => {
  switch (finding._tag) {
    case 'NoConfiguration':
      return 'no configuration; give --config FILE, --dsn DSN, or the environment variable SENTRY_DSN'
    case 'BadYaml':
      return finding.message
    case 'Unreadable':
      return `cannot read ${finding.source}: ${finding.reason}`
    case 'UnsetVariable':
      return `the environment variable ${finding.name} is not set; its value is empty`
    case 'BadReference':
      return `${finding.reference}: ${finding.reason}`
    case 'UnknownKey':
      return `unknown key${suggestion(finding.nearest)}${finding.hint === undefined ? '' : `; ${finding.hint}`}`
    case 'BadValue':
      return `expected ${finding.expected}, found ${finding.found}${suggestion(finding.nearest)}`
    case 'Missing':
      return `missing; expected ${finding.expected}${finding.reference === undefined ? '' : `, and ${finding.reference} is empty`}`
    case 'BadDsn':
      return DsnError.show(finding.error)
    case 'Conflict':
      return finding.message
    case 'NotConfigured':
      return `references ${finding.kind} "${finding.id}" which is not configured${suggestion(finding.nearest)}`
    case 'Unsupported':
      return `${finding.subject} is not supported; ${finding.advice}`
    case 'NoEffect':
      return `no effect: ${finding.reason}`
    case 'Unused':
      return `no effect: ${finding.kind === 'extension' ? 'service::extensions does not name it' : `no pipeline uses this ${finding.kind}`}`
  }
}

// instances

export const Semigroup: Sg.Semigroup<ConfigProblems> = {
  concat: (first, second) => [...first, ...second],
}

/** Components that are configured and that no pipeline names. */
import * as ConfigProblem from '../ConfigProblem.ts'
import type { References, Wiring } from './Wiring.ts'

const KINDS: ReadonlyArray<ConfigProblem.ComponentKind> = [
  'receiver',
  'processor',
  'exporter',
  'connector',
  'extension',
]

/** A note for each. Those of pipelines that are left alone have the note of their pipeline. */
export const unusedComponents = (wiring: Wiring): ConfigProblem.ConfigProblems =>
  KINDS.flatMap((kind) => {
    const used = new Set(referencesTo(kind, wiring).map(({ value }) => value))
    return [...wiring.configured[kind]]
      .filter(([id]) => !used.has(id))
      .map(([, location]) => ConfigProblem.note(location, { _tag: 'Unused', kind }))
  })

const referencesTo = (
  kind: ConfigProblem.ComponentKind,
  { pipelines, extensions }: Wiring,
): References => {
  switch (kind) {
    case 'receiver':
      return pipelines.flatMap(({ receivers }) => receivers)
    case 'processor':
      return pipelines.flatMap(({ processors }) => processors)
    case 'exporter':
      return pipelines.flatMap(({ exporters }) => exporters)
    case 'connector':
      return pipelines.flatMap(({ receivers, exporters }) => [...receivers, ...exporters])
    case 'extension':
      return extensions
  }
}

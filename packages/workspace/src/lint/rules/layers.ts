/** The folders of core are layers: a folder imports only folders that are earlier in the list. */
import * as Imports from '../Imports.ts'
import * as Violation from '../Violation.ts'
import type { SourceFile, Workspace } from '../Workspace.ts'

/** The layers of core, lowest first. */
const coreLayers: ReadonlyArray<string> = [
  'internal',
  'model',
  'filter',
  'exception',
  'mapping',
  'size',
  'sentry',
  'item',
  'log',
  'metric',
  'segment',
  'bytes',
  'pending',
  'errors',
  'pipeline',
]

const HOME = 'packages/core/src/'

export const layers = (workspace: Workspace): ReadonlyArray<Violation.Violation> =>
  workspace.packages
    .filter(({ folder }) => folder === 'core')
    .flatMap(({ sources }) => sources)
    .filter(({ path }) => path !== `${HOME}index.ts`)
    .flatMap(inspectFile)

const of = (place: string, message: string): Violation.Violation =>
  Violation.of('layers', place, message)

const inspectFile = (file: SourceFile): ReadonlyArray<Violation.Violation> => {
  const layer = layerOf(file.path)
  if (layer === undefined) return [of(file.path, 'only index.ts lies directly in core/src')]
  const level = coreLayers.indexOf(layer)
  if (level === -1) return [of(file.path, `"${layer}" is not in the list of lint/rules/layers.ts`)]
  return Imports.of(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => Imports.resolve(file, specifier))
    .filter((path) => path.startsWith(HOME) && coreLayers.indexOf(layerOf(path) ?? '') > level)
    .map((path) => of(file.path, `${layer} may not import ${path.slice(HOME.length)}`))
}

const layerOf = (path: string): string | undefined => {
  const [layer, ...rest] = path.slice(HOME.length).split('/')
  return rest.length === 0 ? undefined : layer
}

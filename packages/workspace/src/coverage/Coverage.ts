/** The lines of a package that tests run, from the JSON summary of c8. */
import { relative } from 'node:path'

// model

export interface Coverage {
  readonly folder: string
  readonly lines: number
  readonly covered: number
  /** The files with the most lines that no test runs, and the numbers of these lines. */
  readonly gaps: ReadonlyArray<readonly [string, number]>
}

/** `coverage-summary.json`, by the absolute path of each file, and `total`. */
export type CoverageSummary = Readonly<
  Record<string, { readonly lines: { readonly total: number; readonly covered: number } }>
>

const MAX_GAPS = 5

// decoding

/** A row for each package, in the order of their names. */
export const byPackage = (root: string, summary: CoverageSummary): ReadonlyArray<Coverage> => {
  const files = Object.entries(summary)
    .filter(([path]) => path !== 'total')
    .map(([path, { lines }]) => ({ path: relative(root, path).replaceAll('\\', '/'), ...lines }))
  const folders = [...new Set(files.map(({ path }) => path.split('/')[1] ?? ''))].sort()
  return folders.map((folder) => {
    const own = files.filter(({ path }) => path.startsWith(`packages/${folder}/`))
    return {
      folder,
      lines: own.reduce((sum, { total }) => sum + total, 0),
      covered: own.reduce((sum, { covered }) => sum + covered, 0),
      gaps: own
        .map(({ path, total, covered }) => [path, total - covered] as const)
        .filter(([, gap]) => gap > 0)
        .sort(([, a], [, b]) => b - a)
        .slice(0, MAX_GAPS),
    }
  })
}

// folds

export const percent = ({ lines, covered }: Coverage): number =>
  lines === 0 ? 100 : (100 * covered) / lines

// encoding

/** `core: 98.12 % of 12000 lines`, and a line for each of the largest gaps. */
export const show = (coverage: Coverage): string =>
  [
    `${coverage.folder}: ${percent(coverage).toFixed(2)} % of ${coverage.lines} lines`,
    ...coverage.gaps.map(([path, lines]) => `  ${path}: ${lines} lines not covered`),
  ].join('\n')

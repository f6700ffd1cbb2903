/**
 * The READMEs of packages link to the repository with whole addresses, since npm shows them at another place. Each address
 * below the repository names a file that exists.
 */
import * as Violation from '../Violation.ts'
import type { Workspace } from '../Workspace.ts'
import { repositoryUrl } from './manifests.ts'

const README = /^packages\/[^/]+\/README\.md$/

const LINK = /\]\(([^)\s]+)\)/g

const FILE = `${repositoryUrl}/blob/main/`

export const links = (workspace: Workspace): ReadonlyArray<Violation.Violation> => {
  const { documents, packages, examples } = workspace
  const sources = [...packages, ...examples].flatMap((one) => one.sources)
  const files = new Set([...documents, ...sources].map(({ path }) => path))
  return documents
    .filter(({ path }) => README.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(LINK)]
        .map(([, target = '']) => target)
        .flatMap((target) => {
          const problem = problemOf(target, files)
          return problem === undefined ? [] : [Violation.of('links', path, `${problem}: ${target}`)]
        }),
    )
}

const problemOf = (target: string, files: ReadonlySet<string>): string | undefined => {
  if (target.startsWith('#')) return undefined
  if (!target.startsWith('https://')) return `a link without ${FILE} is dead on npm`
  const [path = ''] = target.slice(FILE.length).split('#')
  return target.startsWith(FILE) && !files.has(path) ? 'no such file' : undefined
}

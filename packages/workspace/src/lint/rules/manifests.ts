/** Each published manifest links to the repository. */
import * as Violation from '../Violation.ts'
import type { Manifest, Workspace } from '../Workspace.ts'

/** The address of the repository. To move it, change it here and run `pnpm run lint:workspace --write`. */
export const repositoryUrl = 'https://github.com/sentry-exporter/sentry-exporter'

/** The links that a manifest should have. */
export const linksOf = (folder: string): Pick<Manifest, 'homepage' | 'repository' | 'bugs'> => ({
  homepage: `${repositoryUrl}/tree/main/packages/${folder}#readme`,
  repository: { type: 'git', url: `git+${repositoryUrl}.git`, directory: `packages/${folder}` },
  bugs: `${repositoryUrl}/issues`,
})

export const manifests = (workspace: Workspace): ReadonlyArray<Violation.Violation> =>
  workspace.packages.flatMap(({ folder, manifest }) =>
    Object.entries(linksOf(folder))
      .filter(
        ([key, value]) => JSON.stringify(manifest[key as keyof Manifest]) !== JSON.stringify(value),
      )
      .map(([key]) =>
        Violation.of(
          'manifest',
          `packages/${folder}/package.json`,
          `${key} differs from lint/rules/manifests.ts: run \`pnpm run lint:workspace --write\``,
        ),
      ),
  )

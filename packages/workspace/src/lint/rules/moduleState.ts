/** A pure package has no state in its modules: nothing at the top level changes. */
import { purePackages } from '../packageRules.ts'
import * as Syntax from '../Syntax.ts'
import * as Violation from '../Violation.ts'
import type { Workspace } from '../Workspace.ts'

export const moduleState = (workspace: Workspace): ReadonlyArray<Violation.Violation> =>
  workspace.packages
    .filter(({ folder }) => purePackages.has(folder))
    .flatMap(({ sources }) => sources)
    .flatMap((file) =>
      Syntax.of(file).mutable.map(({ text, line }) =>
        Violation.of('module-state', file.path, `${line}: ${text} is changed at module level`),
      ),
    )

/** All rules over the workspace. Pure: the workspace is passed as data. */
import { pendingViolations } from './pendingViolations.ts'
import { dependencies } from './rules/dependencies.ts'
import { examples } from './rules/examples.ts'
import { functionSize } from './rules/functionSize.ts'
import { layers } from './rules/layers.ts'
import { links } from './rules/links.ts'
import { manifests } from './rules/manifests.ts'
import { moduleState } from './rules/moduleState.ts'
import { publicModules } from './rules/publicModules.ts'
import { structure } from './rules/structure.ts'
import { typeNames } from './rules/typeNames.ts'
import { wording } from './rules/wording.ts'
import type { Violation } from './Violation.ts'
import type { Workspace } from './Workspace.ts'

/** Every violation in a workspace. */
export const inspectAll = (workspace: Workspace): ReadonlyArray<Violation> => [
  ...structure(workspace),
  ...manifests(workspace),
  ...links(workspace),
  ...dependencies(workspace),
  ...examples(workspace),
  ...layers(workspace),
  ...moduleState(workspace),
  ...functionSize(workspace),
  ...publicModules(workspace),
  ...typeNames(workspace),
  ...wording(workspace),
]

/** Every violation but the pending ones. */
export const inspect = (workspace: Workspace): ReadonlyArray<Violation> =>
  inspectAll(workspace).filter((violation) => !isPending(violation))

const isPending = ({ rule, place }: Violation): boolean =>
  (pendingViolations[rule] ?? []).some((path) =>
    path.endsWith('/') ? place.startsWith(path) : place === path,
  )

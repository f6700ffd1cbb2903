/**
 * `lint [--write] [--all]`: prints the violations of the rules of this workspace. `--write` first writes the exports maps
 * and the links of the manifests; `--all` includes the pending violations.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportsOf } from '../lint/exportsOf.ts'
import { inspect, inspectAll } from '../lint/inspect.ts'
import { linksOf } from '../lint/rules/manifests.ts'
import * as Violation from '../lint/Violation.ts'
import * as Workspace from '../lint/Workspace.ts'

if (process.argv.includes('--write')) {
  for (const one of Workspace.read().packages) {
    const {
      name,
      version,
      private: isPrivate,
      description,
      ...rest
    } = { version: '', description: '', ...one.manifest }
    const head = isPrivate === undefined ? { name, version } : { name, version, private: isPrivate }
    const manifest = {
      ...head,
      description,
      ...linksOf(one.folder),
      ...rest,
      ...linksOf(one.folder),
      exports: exportsOf(one),
    }
    const path = join(Workspace.root, 'packages', one.folder, 'package.json')
    writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`)
  }
}

const workspace = Workspace.read()
const violations = process.argv.includes('--all') ? inspectAll(workspace) : inspect(workspace)
for (const violation of violations) console.error(Violation.show(violation))
console.log(`lint: ${violations.length} violations`)
process.exitCode = violations.length === 0 ? 0 : 1

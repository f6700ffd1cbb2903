/**
 * `packages`: builds and packs the public packages anew, in a folder of its own; judges the tarballs; installs them as
 * a user would, and runs and type-checks what a user would write. Ends with 1 if anything is wrong.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { scope } from '../lint/packageRules.ts'
import { root } from '../lint/Workspace.ts'
import * as CleanCopy from '../packages/CleanCopy.ts'
import * as Consumer from '../packages/Consumer.ts'
import { judge } from '../packages/judge.ts'
import { runNode } from '../packages/run.ts'
import * as Snippet from '../packages/Snippet.ts'
import { loadAll, type Problems, runReadme, sdkPackages } from '../packages/smoke.ts'
import * as Tarball from '../packages/Tarball.ts'
import * as typeCheck from '../packages/typeCheck.ts'
import * as userPrograms from '../packages/userPrograms.ts'

/** Pages whose blocks of TypeScript are programs of a consumer. */
const PAGES = ['README.md', 'packages/transport-fetch/README.md']

/** Without its types, as plain Node takes it. */
const runnable = (program: string, module: ts.ModuleKind = ts.ModuleKind.ESNext): string =>
  ts.transpileModule(program, { compilerOptions: { module, target: ts.ScriptTarget.ES2022 } })
    .outputText

let problems = 0

const step = async (title: string, work: () => Promise<Problems>): Promise<void> => {
  const start = Date.now()
  const found = await work()
  problems += found.length
  const seconds = ((Date.now() - start) / 1000).toFixed(1)
  console.log(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${title} (${seconds} s)`)
  for (const problem of found) console.error(problem)
}

const pages = PAGES.map((page) => readFileSync(join(root, page), 'utf8'))
const [readme = ''] = pages
const folder = mkdtempSync(join(tmpdir(), 'sentry-exporter-packages-'))
try {
  const copy = CleanCopy.make(join(folder, 'copy'), { built: false })
  let tarballs: ReadonlyArray<Tarball.Tarball> = []
  await step(`build and pack ${copy.names.length} packages`, async () => {
    await CleanCopy.build(copy)
    tarballs = await Tarball.pack(copy)
    return []
  })
  await step('publint and attw', () => judge(tarballs))

  const compilers = await typeCheck.install(join(folder, 'compilers'))
  const types = { '@types/node': '20.19.43', ...sdkPackages }
  const snippets = pages.flatMap(Snippet.all)

  for (const [beside, others] of [
    ['no fp-ts', types],
    ['fp-ts 2.10', { ...types, 'fp-ts': '2.10.5' }],
  ] as const) {
    const consumer = await Consumer.install(join(folder, beside), tarballs, others)
    await step(`beside ${beside}: load by import and require`, () => loadAll(consumer, copy.names))
    await step(`beside ${beside}: the README's program`, () => runReadme(consumer, readme))
    await step(`beside ${beside}: the command`, async () => {
      const bin = join('node_modules', scope, 'cli', 'bin', 'sentry-exporter.js')
      await runNode([bin, 'convert', '--out', 'envelopes', 'trace.json'], { cwd: consumer.folder })
      return []
    })
    const files = new Map(snippets.map((text, i) => [`snippet-${i}.ts`, text]))
    files.set('everything.ts', userPrograms.everything(copy.names))
    files.set('common.cts', userPrograms.commonJs)
    if ('fp-ts' in others) files.set('beside.ts', userPrograms.besideFpTs)
    for (const [name, text] of files) Consumer.write(consumer, name, text)
    await step(`beside ${beside}: a CommonJS module in TypeScript`, async () => {
      const module = runnable(userPrograms.commonJs, ts.ModuleKind.CommonJS)
      Consumer.write(consumer, 'common.cjs', module)
      const { stdout, stderr } = await runNode(['common.cjs'], { cwd: consumer.folder })
      return stdout === userPrograms.commonJsPrints ? [] : [stdout + stderr]
    })
    if ('fp-ts' in others) {
      await step('the sources, compiled with an older fp-ts', async () => {
        // Types of io-ts are joined with those of fp-ts: both must be of one installation.
        const instead = new Map(
          ['fp-ts', 'io-ts'].map((name) => [name, join(consumer.folder, 'node_modules', name)]),
        )
        await CleanCopy.build(CleanCopy.make(join(folder, 'older'), { built: false, instead }))
        return []
      })
      await step('an older fp-ts on our values, and its values in our hands', async () => {
        Consumer.write(consumer, 'beside.mjs', runnable(userPrograms.besideFpTs))
        const { stdout, stderr } = await runNode(['beside.mjs'], { cwd: consumer.folder })
        return stdout === userPrograms.besideFpTsPrints && stderr === '' ? [] : [stdout + stderr]
      })
    }
    await step(`beside ${beside}: types, with ${compilers.names.join(', ')}`, () =>
      typeCheck.typeCheck(compilers, consumer, [...files.keys()]),
    )
  }
} catch (error) {
  problems++
  console.error(error instanceof Error ? error.message : error)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(`packages: ${problems} problems`)
process.exitCode = problems === 0 ? 0 : 1

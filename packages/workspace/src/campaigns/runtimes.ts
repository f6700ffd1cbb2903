/** The shortest program with the SDK in real runtimes: everything arrives, and the sizes of its bundles. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as Sink from '@sentry-exporter/cli/Sink'
import { root } from '../lint/Workspace.ts'
import type { Campaign } from './Campaign.ts'
import * as program from './runtimes/program.ts'
import * as runtimes from './runtimes/runtimes.ts'

export const runtimesCampaign: Campaign = {
  name: 'runtimes',
  description: 'the shortest program in Node, Deno, Bun, workerd and Chromium',
  run: async () => {
    const installed = join(root, 'packages', 'workspace', 'runtimes')
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: installed,
      stdio: 'inherit',
    })
    const dist = join(root, 'packages', 'workspace', 'dist')
    mkdirSync(dist, { recursive: true })
    const folder = mkdtempSync(join(dist, '.runtimes-'))
    const folderOfSdk3 = mkdtempSync(join(installed, 'node_modules', '.programs-'))
    try {
      for (const [name, text] of runtimes.scripts) {
        for (const place of [folder, folderOfSdk3]) writeFileSync(join(place, name), text)
      }
      const results: Array<object> = []
      for (const runtime of runtimes.all) {
        results.push(await tried(runtime, { folder, folderOfSdk3, installed }))
        console.log(`ok   ${runtime.name}`)
      }
      return { runtimes: results }
    } finally {
      for (const place of [folder, folderOfSdk3]) rmSync(place, { recursive: true })
    }
  },
}

/** Throws unless a transaction and an error arrive, and the outcome has them. */
const tried = async (
  runtime: runtimes.TriedRuntime,
  places: Omit<runtimes.RunPlaces, 'dsn'>,
): Promise<object> => {
  const { name, contents, conditions, isSdk3 } = runtime
  const home = isSdk3 ? places.folderOfSdk3 : places.folder
  const { text, ...bytes } = await program.bundle(contents, home, [...conditions])
  const types: Array<string> = []
  const sink = await Sink.open({
    port: 0,
    onEnvelope: ({ items }) => types.push(...items.map(({ header }) => header.type)),
    page: () => '',
  })
  try {
    const printed = await runtime.run({ ...places, dsn: sink.dsn }, { text, ...bytes })
    const { delivered, waiting, spansIn } = JSON.parse(printed)
    const seen = JSON.stringify([types.sort(), delivered, waiting, spansIn])
    if (seen !== EXPECTED) throw new Error(`${name}: ${seen}, expected ${EXPECTED}`)
    return { runtime: name, ...bytes }
  } finally {
    await sink.close()
  }
}

const EXPECTED = JSON.stringify([
  ['event', 'transaction'],
  { transactions: 1, spans: 2, errors: 1 },
  0,
  2,
])

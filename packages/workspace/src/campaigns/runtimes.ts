/**
 * The product in real runtimes: the shortest program with the SDK delivers everything, and the contract of `Http` holds inside of
 * each. Requests of the exporter make no spans and no further requests in Node, workerd and Chromium with instrumentations. The report has
 * the sizes of the bundles, and the cases that a runtime cannot pass.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as ContractServer from '@sentry-exporter/testing/ContractServer'
import { root } from '../lint/Workspace.ts'
import { selfSigned } from '../tls/selfSigned.ts'
import type { Campaign } from './Campaign.ts'
import { type ContractReport, keepContract } from './runtimes/contract.ts'
import { deliver } from './runtimes/delivery.ts'
import { noLoopInNode } from './runtimes/noLoopInNode.ts'
import { noLoopInPage } from './runtimes/noLoopInPage.ts'
import { noLoopInWorker } from './runtimes/noLoopInWorker.ts'
import * as runtimes from './runtimes/runtimes.ts'

export const runtimesCampaign: Campaign = {
  name: 'runtimes',
  description:
    'the shortest program and the contract of Http in Node, Deno, Bun, workerd and Chromium',
  run: async () => {
    const installed = join(root, 'packages', 'workspace', 'runtimes')
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
    execFileSync('npm', ['ci', ...flags], { cwd: installed, stdio: 'inherit' })
    const dist = join(root, 'packages', 'workspace', 'dist')
    mkdirSync(dist, { recursive: true })
    const folder = mkdtempSync(join(dist, '.runtimes-'))
    const folderOfSdk3 = mkdtempSync(join(installed, 'node_modules', '.programs-'))
    const server = await ContractServer.open(selfSigned())
    try {
      const results: Array<object> = []
      const missing: Array<string> = []
      for (const tried of runtimes.all(installed)) {
        const { name } = tried.runtime
        const reason = tried.runtime.missing()
        if (reason !== undefined) missing.push(name)
        console.log(reason === undefined ? `try  ${name}` : `MISSING ${name}: ${reason}`)
        results.push(
          reason === undefined
            ? await resultOf(tried, { folder, folderOfSdk3, server })
            : { runtime: name, missing: reason },
        )
      }
      const inNode = runtimes
        .all(installed)
        .filter(({ entry, runtime }) => entry === 'node' && runtime.missing() === undefined)
      const noLoop: Array<object> = [...(await noLoopInNode(inNode.map(({ runtime }) => runtime)))]
      if (!missing.includes('workerd')) noLoop.push(...(await noLoopInWorker(installed)))
      if (!missing.includes('Chromium')) noLoop.push(...(await noLoopInPage(installed)))
      return {
        runtimes: results,
        noLoop,
        ...(missing.length === 0 ? {} : { result: `incomplete: without ${missing.join(', ')}` }),
      }
    } finally {
      for (const place of [folder, folderOfSdk3]) rmSync(place, { recursive: true })
      await server.close()
    }
  },
}

interface Places {
  /** Where programs find the packages of this workspace. */
  readonly folder: string
  /** Where they find SDK 3, which is among the runtimes, and the packages of this workspace. */
  readonly folderOfSdk3: string
  readonly server: ContractServer.ContractServer
}

const resultOf = async (
  { runtime, entry, https }: runtimes.TriedRuntime,
  { folder, folderOfSdk3, server }: Places,
): Promise<object> => {
  const bytes = await deliver(runtime, entry, entry === 'sdk3' ? folderOfSdk3 : folder)
  const http: Array<ContractReport> = []
  for (const one of https) http.push(await keepContract(runtime, one, { server, folder }))
  return { runtime: runtime.name, ...bytes, http }
}

/** The contract of `Http` inside of a runtime: the cases run there, and their server in this process. */
import type * as ContractServer from '@sentry-exporter/testing/ContractServer'
import { type CaseResult, httpCases, type Unable } from '@sentry-exporter/testing/httpCases'
import { scope } from '../../lint/packageRules.ts'
import type { Runtime } from './Runtime.ts'

// model

/** An `Http` that a runtime can have. */
export interface TriedHttp {
  readonly name: string
  /** Imports what the expression needs. */
  readonly imports: string
  /** The `MakeHttp`. */
  readonly make: string
  /** The things that the runtime does not allow, each with the reason. */
  readonly unable: Unable
}

/** The cases of one `Http`. None has failed. */
export interface ContractReport {
  readonly transport: string
  readonly passed: number
  readonly doesNotApply: ReadonlyArray<{ readonly case: string; readonly reason: string }>
}

type JudgedCase = CaseResult & { readonly title: string }

// constructors

export const NODE: TriedHttp = {
  name: 'transport-node',
  imports: `import { nodeHttp } from '${scope}/transport-node'`,
  make: 'nodeHttp',
  unable: {},
}

export const FETCH: TriedHttp = {
  name: 'transport-fetch',
  imports: `import { fetchHttp } from '${scope}/transport-fetch'`,
  make: 'fetchHttp',
  unable: {},
}

/** Judges all cases. */
const sourceOf = ({ imports, make }: TriedHttp): string => `
import { httpCases, judge } from '${scope}/testing/httpCases'
${imports}

const run = async (input) => {
  const { address, unable } = JSON.parse(input)
  const judged = []
  for (const one of httpCases(${make}, address, unable)) {
    judged.push({ title: one.title, ...(await judge(one)) })
  }
  return JSON.stringify(judged)
}
`

// running

/** Throws if a case fails, or if not all of them were run. */
export const keepContract = async (
  runtime: Runtime,
  http: TriedHttp,
  { server, folder }: { readonly server: ContractServer.ContractServer; readonly folder: string },
): Promise<ContractReport> => {
  const { address } = server
  const { unable } = http
  const printed = await runtime.run(
    { source: sourceOf(http), folder },
    JSON.stringify({ address, unable }),
  )
  const judged: ReadonlyArray<JudgedCase> = JSON.parse(printed)
  const failed = judged.flatMap((one) =>
    one._tag === 'Failed' ? [`${one.title}: ${one.message}`] : [],
  )
  const titles = httpCases(neverCalled, address).map(({ title }) => title)
  const isWhole = titles.join('\n') === judged.map(({ title }) => title).join('\n')
  if (failed.length > 0 || !isWhole) {
    const what = isWhole ? failed.join('\n') : `ran ${judged.length} of ${titles.length} cases`
    throw new Error(`${runtime.name}, ${http.name}: ${what}`)
  }
  return {
    transport: http.name,
    passed: judged.filter(({ _tag }) => _tag === 'Passed').length,
    doesNotApply: judged.flatMap((one) =>
      one._tag === 'DoesNotApply' ? [{ case: one.title, reason: one.reason }] : [],
    ),
  }
}

/** The titles need no `Http`. */
const neverCalled = (): never => {
  throw new Error('no case is run here')
}

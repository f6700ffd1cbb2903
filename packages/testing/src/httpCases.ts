/**
 * The client's half of the contract of every `Http`: test cases for any runtime and any test runner. The server's half is
 * `ContractServer`, in Node; `httpContract` joins both for tests in Node.
 *
 * @example
 * ```ts
 * import * as ContractServer from '@sentry-exporter/testing/ContractServer'
 * import { httpCases, judge } from '@sentry-exporter/testing/httpCases'
 * import { fetchHttp } from '@sentry-exporter/transport-fetch'
 *
 * const server = await ContractServer.open()
 * // In another runtime: the address of the server is plain data.
 * const [first] = httpCases(fetchHttp, server.address)
 * if (first !== undefined) {
 *   console.log(first.title) // posts the exact bytes to the exact path
 *   console.log(await judge(first)) // { _tag: 'Passed' }
 * }
 * await server.close()
 * ```
 */
import type { ContractAddress } from './contract/Behaviour.ts'
import * as ContractCase from './contract/ContractCase.ts'

export type { ContractAddress } from './contract/Behaviour.ts'
export type { ContractCase, MakeHttp, Unable } from './contract/ContractCase.ts'
export type { Ability } from './contract/HttpCase.ts'

// model

export type CaseResult =
  | { readonly _tag: 'Passed' }
  /** It fails, as expected of the platform. */
  | { readonly _tag: 'DoesNotApply'; readonly reason: string }
  | { readonly _tag: 'Failed'; readonly message: string }

// constructors

/** The cases, in a fixed order. All of them may use one server, also at the same time. */
export const httpCases = (
  make: ContractCase.MakeHttp,
  address: ContractAddress,
  unable: ContractCase.Unable = {},
): ReadonlyArray<ContractCase.ContractCase> =>
  ContractCase.select(make, {
    unable,
    isSecure: address.secure !== undefined,
    lend: (use) => use(address),
  })

// running

/** Runs it, also if it does not apply: a reason that is no longer true is a failure. Never rejects. */
export const judge = async ({
  run,
  doesNotApply,
}: ContractCase.ContractCase): Promise<CaseResult> => {
  const message = await run().then(
    () => undefined,
    (error: unknown) => String(error),
  )
  if (doesNotApply === undefined) {
    return message === undefined ? { _tag: 'Passed' } : { _tag: 'Failed', message }
  }
  return message === undefined
    ? { _tag: 'Failed', message: `passed, although it should not apply: ${doesNotApply}` }
    : { _tag: 'DoesNotApply', reason: doesNotApply }
}

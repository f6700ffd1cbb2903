/**
 * The contract of every `Http`, as test cases for any test runner in Node. Each case runs against a server on 127.0.0.1 of its own,
 * which ends with it. For another runtime, `httpCases` has the same cases.
 *
 * @example
 * ```ts
 * import { httpContract } from '@sentry-exporter/testing/httpContract'
 * import { nodeHttp } from '@sentry-exporter/transport-node'
 *
 * for (const { title, run } of httpContract(nodeHttp).slice(0, 1)) {
 *   await run()
 *   console.log(title) // posts the exact bytes to the exact path
 * }
 * ```
 */
import * as ContractCase from '../contract/ContractCase.ts'
import * as ContractServer from './ContractServer.ts'

export type { ContractCase, MakeHttp } from '../contract/ContractCase.ts'

// model

export interface HttpContractOptions {
  /** The things that the `Http` cannot do, each with the reason. */
  readonly unable?: ContractCase.Unable
  /** A self-signed one. Without it the cases of TLS are left out. */
  readonly certificate?: ContractServer.UntrustedCertificate
}

// constructors

/** The cases, in a fixed order. */
export const httpContract = (
  make: ContractCase.MakeHttp,
  { unable = {}, certificate }: HttpContractOptions = {},
): ReadonlyArray<ContractCase.ContractCase> =>
  ContractCase.select(make, {
    unable,
    isSecure: certificate !== undefined,
    lend: async (use) => {
      const server = await ContractServer.open(certificate)
      try {
        await use(server.address)
      } finally {
        await server.close()
      }
    },
  })

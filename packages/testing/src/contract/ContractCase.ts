/** The cases of the contract, joined with an `Http` and with a server. */
import type { Http } from '@sentry-exporter/transport/Http'
import { answerCases } from './answerCases.ts'
import type { ContractAddress } from './Behaviour.ts'
import * as ContractRun from './ContractRun.ts'
import { failureCases } from './failureCases.ts'
import { type Ability, type HttpCase, TIMEOUT_MILLIS } from './HttpCase.ts'
import { requestCases } from './requestCases.ts'

// model

/** Makes the `Http` under test. It gives up after this many milliseconds. */
export type MakeHttp = (options: { readonly timeoutMillis: number }) => Http

/** The things that a platform does not allow, each with the reason. */
export type Unable = Readonly<Partial<Record<Ability, string>>>

/** One test: `run` rejects if the `Http` breaks the contract. */
export interface ContractCase {
  readonly title: string
  /** Why the platform cannot pass it. */
  readonly doesNotApply?: string
  readonly run: () => Promise<void>
}

export interface CaseSelection {
  readonly unable: Unable
  /** Whether the server has TLS, without which some cases are left out. */
  readonly isSecure: boolean
  /** Gives a server for the time of one case. */
  readonly lend: (use: (address: ContractAddress) => Promise<void>) => Promise<void>
}

// constructors

/** In a fixed order. */
export const select = (
  make: MakeHttp,
  { unable, isSecure: hasTls, lend }: CaseSelection,
): ReadonlyArray<ContractCase> =>
  [...requestCases, ...answerCases, ...failureCases]
    .filter(({ isSecure = false }) => hasTls || !isSecure)
    .map((httpCase) => {
      const reason = httpCase.needs === undefined ? undefined : unable[httpCase.needs]
      return {
        title: httpCase.title,
        ...(reason === undefined ? {} : { doesNotApply: reason }),
        run: () => lend((address) => runCase(make, address, httpCase)),
      }
    })

// running

const runCase = async (
  make: MakeHttp,
  address: ContractAddress,
  { timeoutMillis = TIMEOUT_MILLIS, check }: HttpCase,
): Promise<void> => {
  const http = make({ timeoutMillis })
  try {
    await check(http, await ContractRun.open(address))
  } finally {
    await http.close?.()
  }
}

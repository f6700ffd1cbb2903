/** Where faults happen: in memory on a clock that is told to go, or over real connections. */

import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import { type Clock, systemClock } from '@sentry-exporter/transport/Clock'
import type { Http } from '@sentry-exporter/transport/Http'
import { nodeHttp } from '@sentry-exporter/transport-node'
import type * as Random from '../Random.ts'
import * as FaultProfile from './FaultProfile.ts'
import * as FaultServer from './FaultServer.ts'
import { faultyHttp } from './faultyHttp.ts'
import * as Ledger from './Ledger.ts'

// model

export interface FaultEnvironment {
  readonly ledger: Ledger.Ledger
  readonly clock: Clock
  readonly http: Http
  readonly origin: string
  readonly timeoutMillis: number
  /** Lets time pass. */
  readonly pass: (millis: number) => Promise<void>
  readonly close: () => Promise<void>
}

// constructors

export const of = (
  mix: FaultProfile.FaultProfile,
  dice: Random.Random,
): Promise<FaultEnvironment> => (mix.isReal === true ? real : imagined)(mix, dice)

const imagined = async (
  mix: FaultProfile.FaultProfile,
  dice: Random.Random,
): Promise<FaultEnvironment> => {
  const ledger = Ledger.make()
  const clock = FakeClock.make()
  return {
    ledger,
    clock,
    http: faultyHttp(ledger, clock, dice, () => FaultProfile.draw(mix, dice)),
    origin: 'https://sentry.invalid',
    timeoutMillis: 5_000,
    pass: clock.advance,
    close: () => Promise.resolve(),
  }
}

const real = async (
  mix: FaultProfile.FaultProfile,
  dice: Random.Random,
): Promise<FaultEnvironment> => {
  const ledger = Ledger.make(50)
  const server = await FaultServer.open({
    next: () => FaultProfile.draw(mix, dice),
    onBody: (body, fault) => {
      const answering = ledger.receive(body, fault, Date.now())
      return () => answering(Date.now())
    },
    isSecure: mix.shares.some(([fault]) => fault._tag === 'WrongCertificate'),
  })
  return {
    ledger,
    clock: systemClock,
    http: nodeHttp({ timeoutMillis: 300, proxy: false }),
    origin: server.origin,
    timeoutMillis: 2_000,
    // Real time passes by itself; it is only waited for a little.
    pass: (millis) => new Promise((resolve) => setTimeout(resolve, Math.min(millis / 40, 5))),
    close: server.close,
  }
}

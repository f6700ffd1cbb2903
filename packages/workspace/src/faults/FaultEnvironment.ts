/** The place of the faults: in memory on a fake clock, or over real connections. */

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
  profile: FaultProfile.FaultProfile,
  random: Random.Random,
): Promise<FaultEnvironment> => (profile.isReal === true ? real : simulated)(profile, random)

const simulated = async (
  profile: FaultProfile.FaultProfile,
  random: Random.Random,
): Promise<FaultEnvironment> => {
  const ledger = Ledger.make()
  const clock = FakeClock.make()
  return {
    ledger,
    clock,
    http: faultyHttp(ledger, clock, random, () => FaultProfile.draw(profile, random)),
    origin: 'https://sentry.invalid',
    timeoutMillis: 5_000,
    pass: clock.advance,
    close: () => Promise.resolve(),
  }
}

const real = async (
  profile: FaultProfile.FaultProfile,
  random: Random.Random,
): Promise<FaultEnvironment> => {
  const ledger = Ledger.make(50)
  const server = await FaultServer.open({
    next: () => FaultProfile.draw(profile, random),
    onBody: (body, fault) => {
      const answering = ledger.receive(body, fault, Date.now())
      return () => answering(Date.now())
    },
    isSecure: profile.shares.some(([fault]) => fault._tag === 'WrongCertificate'),
  })
  return {
    ledger,
    clock: systemClock,
    // The time limit of the exporter is the shorter one, as with the defaults: it aborts the request.
    http: nodeHttp({ proxy: false }),
    origin: server.origin,
    timeoutMillis: 300,
    // Real time passes by itself: a short wait is enough.
    pass: (millis) => new Promise((resolve) => setTimeout(resolve, Math.min(millis / 40, 5))),
    close: server.close,
  }
}

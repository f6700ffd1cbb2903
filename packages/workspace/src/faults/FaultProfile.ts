/** Twenty ways in which a network and a server fail: each request gets a random fault of the profile, by its share. */
import type { Random } from '../Random.ts'
import * as Fault from './Fault.ts'

// model

export interface FaultProfile {
  readonly name: string
  /** The faults, each with its weight in the draw. */
  readonly shares: ReadonlyArray<readonly [Fault.Fault, number]>
  /** Over real connections: by a server on 127.0.0.1, on the real clock. Otherwise in memory, on a fake clock. */
  readonly isReal?: boolean
  /** The most envelopes that may wait; all of them by default. */
  readonly maxItems?: number
  /** An envelope may have been accepted although the client could not learn of it. */
  readonly isAmbiguous?: boolean
}

// constructors

const { take, status } = Fault

const refuse: Fault.Fault = { _tag: 'Refuse' }

const reset = (isTaken: boolean): Fault.Fault => ({ _tag: 'Reset', isTaken })

const noAnswer = (isTaken: boolean): Fault.Fault => ({ _tag: 'NoAnswer', isTaken })

const limited = (seconds: number, ...categories: ReadonlyArray<string>): Fault.Limit => ({
  categories,
  seconds,
})

/** A good answer that announces a limit. */
const announce = (limit: Fault.Limit): Fault.Fault => ({ _tag: 'Take', limit })

/** `second` is the length of a second of the server: over connections no time can be skipped. */
const everything = (second: number): FaultProfile['shares'] => [
  [take, 30],
  [announce(limited(3 * second, 'transaction')), 2],
  [refuse, 4],
  [reset(false), 4],
  [reset(true), 4],
  [noAnswer(false), 1],
  [noAnswer(true), 1],
  [{ _tag: 'Drip' }, 2],
  [{ _tag: 'WrongLength' }, 4],
  [{ _tag: 'Garbage' }, 4],
  [status(413), 2],
  [status(500), 2],
  [status(503), 4],
  [status(503, { retryAfter: 2 * second }), 2],
  [status(429, { limit: limited(2 * second, 'error') }), 1],
  [status(429, { retryAfter: second }), 1],
]

export const profiles: ReadonlyArray<FaultProfile> = [
  { name: 'nothing goes wrong', shares: [[take, 1]] },
  {
    name: 'nobody listens, mostly',
    shares: [
      [take, 1],
      [refuse, 3],
    ],
  },
  { name: 'nobody listens at all', shares: [[refuse, 1]] },
  {
    name: 'connections break before',
    shares: [
      [take, 2],
      [reset(false), 1],
    ],
  },
  {
    name: 'connections break after',
    shares: [
      [take, 2],
      [reset(true), 1],
    ],
    isAmbiguous: true,
  },
  {
    name: 'no answer before',
    shares: [
      [take, 9],
      [noAnswer(false), 1],
    ],
  },
  {
    name: 'no answer after',
    shares: [
      [take, 9],
      [noAnswer(true), 1],
    ],
    isAmbiguous: true,
  },
  { name: 'no answer ever, and little room', shares: [[noAnswer(false), 1]], maxItems: 50 },
  {
    name: 'answers drip or are cut',
    shares: [
      [take, 2],
      [{ _tag: 'Drip' }, 1],
      [{ _tag: 'WrongLength' }, 1],
    ],
  },
  {
    name: 'good answers with limits on transactions',
    shares: [
      [take, 9],
      [announce(limited(10, 'transaction')), 1],
    ],
  },
  {
    name: 'limits on spans',
    shares: [
      [take, 9],
      [announce(limited(10, 'span', 'novelty')), 1],
    ],
  },
  {
    name: 'limits on errors, and on what nobody knows',
    shares: [
      [take, 20],
      [announce(limited(10, 'error')), 1],
      [announce(limited(60, 'novelty')), 3],
    ],
  },
  {
    name: '429 with limits',
    shares: [
      [take, 9],
      [status(429, { limit: limited(5, 'transaction') }), 1],
      [status(429, { limit: limited(5, 'error', 'transaction') }), 1],
    ],
  },
  {
    name: '429 without limits',
    shares: [
      [take, 40],
      [status(429), 1],
      [status(429, { retryAfter: 4 }), 2],
    ],
  },
  {
    name: 'refused for good',
    shares: [
      [take, 4],
      [status(413), 1],
      [status(400), 1],
      [status(403), 1],
    ],
  },
  {
    name: 'bursts of 500 and 503',
    shares: [
      [take, 4],
      [status(500), 1],
      [status(503), 3],
      [status(503, { retryAfter: 3 }), 1],
      [status(502), 1],
    ],
  },
  { name: 'all of it, in memory', shares: everything(1), isAmbiguous: true },
  {
    name: 'all of it, over connections',
    shares: everything(0.05),
    isReal: true,
    isAmbiguous: true,
  },
  {
    name: 'garbage and broken connections, over connections',
    shares: [
      [take, 3],
      [{ _tag: 'Garbage' }, 1],
      [reset(false), 1],
      [reset(true), 1],
      [{ _tag: 'WrongLength' }, 1],
    ],
    isReal: true,
    isAmbiguous: true,
  },
  {
    name: 'a wrong certificate, over connections',
    shares: [[{ _tag: 'WrongCertificate' }, 1]],
    isReal: true,
  },
]

// folds

/** The fault of the next request. */
export const draw = ({ shares }: FaultProfile, random: Random): Fault.Fault => {
  let ticket = random() * shares.reduce((sum, [, share]) => sum + share, 0)
  for (const [fault, share] of shares) {
    ticket -= share
    if (ticket < 0) return fault
  }
  return take
}

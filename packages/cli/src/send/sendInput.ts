/** Sends input that was read to a project: all of it is there, so that nothing waits for more. */

import { Replay } from '@sentry-exporter/core'
import * as Batch from '@sentry-exporter/core/Batch'
import { sdk } from '@sentry-exporter/core/Sdk'
import type { Sealed } from '@sentry-exporter/envelope/Sealed'
import * as Config from '@sentry-exporter/exporter/Config'
import * as ConfigError from '@sentry-exporter/exporter/ConfigError'
import * as DeliveryByDsn from '@sentry-exporter/exporter/DeliveryByDsn'
import * as Outcome from '@sentry-exporter/exporter/Outcome'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import type { OtlpInput } from '@sentry-exporter/otlp/OtlpInput'
import type { Clock } from '@sentry-exporter/transport/Clock'
import type { Http } from '@sentry-exporter/transport/Http'
import * as E from '#fp-ts/Either'
import type * as TE from '#fp-ts/TaskEither'
import type { SendOptions } from '../Capabilities.ts'

// model

export interface SendWiring {
  readonly http: Http
  readonly clock: Clock
}

/** Envelopes that are given to the queue at a time: fewer than it holds, so that none is lost to its limits. */
const AT_A_TIME = 50

// running

export const sendInput =
  ({ http, clock }: SendWiring) =>
  (options: SendOptions, input: OtlpInput): TE.TaskEither<string, Outcome.Outcome> =>
  async () => {
    const { dsn, environment, timeoutMillis, keepsTimes } = options
    const decoded = Config.decode({ dsn, environment, timeoutMillis })
    if (E.isLeft(decoded)) return E.left(ConfigError.show(decoded.left))
    const config = decoded.right
    const now = clock.now()
    const timed = keepsTimes ? input : movedTo(now, input)
    const { batch, assembled } = Pipeline.ofInput(config, now)(timed)
    const delivery = DeliveryByDsn.make({
      http,
      clock,
      client: `${sdk.name}/${sdk.version}`,
      main: config.dsn,
      options: config.delivery,
    })
    let outcome: Outcome.Outcome = {
      ...Outcome.Monoid.empty,
      spansIn: Batch.spansIn(batch),
      rejected: assembled.losses,
    }
    const { envelopes } = assembled
    for (let at = 0; at < envelopes.length; at += AT_A_TIME) {
      const some: ReadonlyArray<Sealed> = envelopes.slice(at, at + AT_A_TIME)
      outcome = Outcome.Monoid.concat(outcome, await delivery.send(some, (sealed) => sealed))
    }
    delivery.stop()
    await http.close?.()
    return E.right(outcome)
  }

/** The input as if it happened now: Sentry drops transactions of last week without an error. */
const movedTo = (nowMillis: number, input: OtlpInput): OtlpInput => {
  const recording = { traces: [input.batch], logs: [input.logs] }
  const { traces, logs } = Replay.shift(Replay.microsTo(nowMillis)(recording))(recording)
  return { ...input, batch: traces[0] ?? input.batch, logs: logs[0] ?? input.logs }
}

/** An envelope that waits in a queue. An arena keeps its bytes. */
import type { EachField, EnvelopeMeta } from '@sentry-exporter/envelope/Sealed'
import type { OnSettled } from '../Transport.ts'
import type * as ByteArena from './ByteArena.ts'

// model

export interface Waiting extends EnvelopeMeta {
  readonly kept: ByteArena.Kept
  readonly settle: OnSettled
}

// constructors

/** Only the known fields: others would be retained while it waits. */
export const of = (
  { dsn, eventId, category, lossesIfDropped, spans, logs, metrics, batch }: EnvelopeMeta,
  kept: ByteArena.Kept,
  settle: OnSettled,
): EachField<Waiting> => ({
  dsn,
  eventId,
  category,
  lossesIfDropped,
  spans,
  logs,
  metrics,
  batch,
  kept,
  settle,
})

/** The time at which an envelope arrived, and the error of its sender's clock. */

// model

export interface Moment {
  readonly nowSeconds: number
  /** Added to every time in the envelope; 0 where the clock of the sender is right. */
  readonly shiftSeconds: number
}

// constructors

/**
 * From the time of receiving and `sent_at`. Source: `MINIMUM_CLOCK_DRIFT` in `relay-server/src/services/processor.rs`
 * of getsentry/relay.
 */
export const of = (nowMillis: number, sentAt: unknown): Moment => {
  const nowSeconds = nowMillis / 1000
  const drift = typeof sentAt === 'string' ? nowSeconds - Date.parse(sentAt) / 1000 : 0
  return { nowSeconds, shiftSeconds: Math.abs(drift) >= MIN_DRIFT_SECONDS ? drift : 0 }
}

const MIN_DRIFT_SECONDS = 55 * 60

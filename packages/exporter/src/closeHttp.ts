/** Closes the connections of an `Http` whose `close` may never settle, throw or reject. */
import { type Clock, withDeadline } from '@sentry-exporter/transport/Clock'
import type { Http } from '@sentry-exporter/transport/Http'

/** Resolves in the given time, with the problem if there was one. Never rejects. */
export const closeHttp = async (
  http: Http,
  clock: Pick<Clock, 'setTimer'>,
  millis: number,
): Promise<string | undefined> => {
  if (http.close === undefined) return undefined
  let problem: string | undefined = 'the given Http did not close its connections in time'
  const closing = settled(http.close).then((found) => {
    problem = found
  })
  await withDeadline(clock, millis)(closing)
  return problem
}

/** `undefined` if it resolved. */
const settled = async (close: () => Promise<void>): Promise<string | undefined> => {
  try {
    await close()
    return undefined
  } catch {
    return 'the given Http failed to close its connections'
  }
}

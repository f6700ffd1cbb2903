/**
 * The answers of the health check, as a pure function of the state of the gateway. `/healthz` and the path of the extension show
 * that the program is alive; `/readyz` shows whether it takes requests.
 */
import type { HealthCheckConfig } from '../config/component/healthCheck.ts'
import type { PageAnswer, Pages } from './Page.ts'

// model

export interface HealthState {
  readonly isEnding: boolean
  /** Exporters whose queue is full while Sentry does not answer. */
  readonly stalled: ReadonlyArray<string>
  /** Milliseconds since 1970. */
  readonly startMillis: number
  readonly nowMillis: number
}

// constructors

export const pages = (
  {
    path,
    healthyBody,
    unhealthyBody,
  }: Pick<HealthCheckConfig, 'path' | 'healthyBody' | 'unhealthyBody'>,
  state: () => HealthState,
): Pages =>
  new Map([
    ['/healthz', () => alive(state())],
    ['/readyz', () => ready(state())],
    [path, () => withBody(alive(state()), healthyBody, unhealthyBody)],
  ])

/** The fields are those of the Collector's extension. */
const alive = ({ isEnding, startMillis, nowMillis }: HealthState): PageAnswer =>
  isEnding
    ? json(503, { status: 'Server not available', reason: 'shutting down' })
    : json(200, {
        status: 'Server available',
        upSince: new Date(startMillis).toISOString(),
        uptime: `${((nowMillis - startMillis) / 1_000).toFixed(3)}s`,
      })

const ready = ({ isEnding, stalled }: HealthState): PageAnswer => {
  if (isEnding) return json(503, { status: 'not ready', reason: 'shutting down' })
  return stalled.length === 0
    ? json(200, { status: 'ready' })
    : json(503, {
        status: 'not ready',
        reason: `Sentry does not answer, and the queue is full: ${stalled.join(', ')}`,
      })
}

const json = (status: number, body: Readonly<Record<string, string>>): PageAnswer => ({
  status,
  contentType: 'application/json',
  body: `${JSON.stringify(body)}\n`,
})

const withBody = (
  answer: PageAnswer,
  healthy: string | undefined,
  unhealthy: string | undefined,
): PageAnswer => {
  const body = answer.status === 200 ? healthy : unhealthy
  return body === undefined
    ? answer
    : { status: answer.status, contentType: 'text/plain; charset=utf-8', body }
}

/** Two servers cannot listen at one address. */

import * as ConfigProblem from '../ConfigProblem.ts'
import { showEndpoint } from '../component/endpoint.ts'
import type { GatewayConfig } from '../GatewayModel.ts'
import type { Endpoint } from '../ReceiverConfig.ts'

// model

/** A server, and the path of its settings. */
interface Listener {
  readonly path: ReadonlyArray<string>
  readonly endpoint: Endpoint
}

// folds

/** An error for each server whose address another one has before it. `locate` finds the place of a path. */
export const checkEndpoints = (
  config: GatewayConfig,
  locate: (path: ReadonlyArray<string>) => ConfigProblem.Location,
): ConfigProblem.ConfigProblems => {
  const listeners = listenersOf(config)
  return listeners.flatMap(({ path, endpoint }, index) => {
    const other = listeners.slice(0, index).find((before) => overlap(before.endpoint, endpoint))
    return other === undefined
      ? []
      : [
          ConfigProblem.error(locate(path), {
            _tag: 'Conflict',
            message: `${showEndpoint(endpoint)} is the address of ${other.path.join('::')} too`,
          }),
        ]
  })
}

const listenersOf = (config: GatewayConfig): ReadonlyArray<Listener> => {
  const { metricsEndpoint } = config.telemetry
  return [
    ...config.receivers.flatMap(({ id, config: { http, grpc } }) => [
      ...listener(['receivers', id, 'protocols', 'http'], http?.endpoint),
      ...listener(['receivers', id, 'protocols', 'grpc'], grpc?.endpoint),
    ]),
    ...config.healthChecks.flatMap(({ id, endpoint }) => listener(['extensions', id], endpoint)),
    ...listener(['service', 'telemetry', 'metrics'], metricsEndpoint),
  ]
}

const listener = (
  path: ReadonlyArray<string>,
  endpoint: Endpoint | undefined,
): ReadonlyArray<Listener> => (endpoint === undefined ? [] : [{ path, endpoint }])

const ALL: ReadonlySet<string> = new Set(['0.0.0.0', '::'])

const hostOf = (host: string): string => (host === 'localhost' ? '127.0.0.1' : host)

/** Port 0 is any free port. */
const overlap = (first: Endpoint, second: Endpoint): boolean => {
  if (first._tag === 'Unix' || second._tag === 'Unix') {
    return first._tag === 'Unix' && second._tag === 'Unix' && first.path === second.path
  }
  return (
    first.port === second.port &&
    first.port !== 0 &&
    (hostOf(first.host) === hostOf(second.host) || ALL.has(first.host) || ALL.has(second.host))
  )
}

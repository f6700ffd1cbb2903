/** Refuses a call from its metadata, before its message is read: credentials, encoding, pressure. */
import { type Metadata, ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js'
import type { Accept } from '../Accept.ts'
import type { RequestAuthenticator } from '../access/authenticate.ts'
import { decompressors } from '../compression/decompressors.ts'
import * as Outcome from '../Outcome.ts'
import { refuseHead } from '../receive.ts'
import type { Calls } from './Calls.ts'
import { signalOfPath } from './services.ts'
import { acceptedEncodings, statusOf } from './statusOf.ts'

// constructors

export const checkHead =
  (
    calls: Calls,
    authenticator: () => RequestAuthenticator | undefined,
    accept: Accept,
  ): ServerInterceptor =>
  ({ path }, call) =>
    new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, receive) => {
            const known = calls.of(metadata)
            const refuse = (refused: Outcome.Refused): void => {
              known?.refuse(refused.reason)
              call.sendStatus(statusOf(refused))
            }
            const signal = signalOfPath(path)
            const refused =
              refusalOf(calls, authenticator(), metadata) ??
              (signal === undefined ? undefined : refuseHead(accept, signal))
            if (refused !== undefined) return refuse(refused)
            known?.onNoMemory(() => refuse(Outcome.noMemory))
            receive(metadata)
          },
        }),
    })

const messages = {
  missing: 'the call has no credentials',
  wrong: 'the credentials of the call are wrong',
} as const

const refusalOf = (
  calls: Calls,
  authenticator: RequestAuthenticator | undefined,
  metadata: Metadata,
): Outcome.Refused | undefined => {
  if (authenticator !== undefined) {
    const [value] = metadata.get(authenticator.header)
    const problem = authenticator.check(typeof value === 'string' ? value : undefined)
    if (problem !== undefined) return Outcome.refused('unauthenticated', messages[problem])
  }
  const compression = calls.of(metadata)?.compression ?? ''
  return compression === '' || decompressors.has(compression)
    ? undefined
    : Outcome.refused('encoding', `expected one of these encodings: ${acceptedEncodings}`)
}

/**
 * A receiver that listens, and why it could not.
 *
 * @example
 * ```ts
 * import { Listener } from '@sentry-exporter/gateway'
 *
 * console.log(Listener.showAddress({ _tag: 'Tcp', host: '::1', port: 4318 })) // [::1]:4318
 * console.log(Listener.showError({ _tag: 'AddressInUse', address: '127.0.0.1:4318' }))
 * // 127.0.0.1:4318 is in use by another process
 * ```
 */
import type * as E from '#fp-ts/Either'
import type { Endpoint } from '../config/ReceiverConfig.ts'

// model

export interface Listener {
  /** With the port that the system chose, if the configuration had 0. */
  readonly address: Endpoint
  /** Accepts no more connections, and ends those without a request under way. May be called twice. */
  readonly stop: () => void
  /** Stops, waits for the requests under way, and ends all connections after this many milliseconds. */
  readonly close: (deadlineMillis: number) => Promise<void>
}

/** A receiver whose settings can change while it listens. */
export interface ChangeableListener<C> extends Listener {
  /**
   * Reads the files of other settings, and changes nothing. The result puts these into use for requests that begin afterwards. The
   * address stays, and so do the settings that need a restart (`ConfigKeys`).
   */
  readonly prepare: (config: C) => Promise<E.Either<ListenError, () => void>>
}

export type ListenError =
  | { readonly _tag: 'AddressInUse'; readonly address: string }
  | { readonly _tag: 'AddressUnavailable'; readonly address: string; readonly code: string }
  | { readonly _tag: 'PermissionDenied'; readonly address: string }
  /** The folder of a unix socket does not exist. */
  | { readonly _tag: 'NoFolder'; readonly path: string }
  /** The path of a unix socket names something else, which is not removed. */
  | { readonly _tag: 'NotASocket'; readonly path: string }
  | { readonly _tag: 'TlsFileUnreadable'; readonly path: string; readonly code: string }
  /** The text of the library contains no key. */
  | { readonly _tag: 'TlsInvalid'; readonly reason: string }

// destructors

export const showAddress = (address: Endpoint): string => {
  if (address._tag === 'Unix') return address.path
  return address.host.includes(':')
    ? `[${address.host}]:${address.port}`
    : `${address.host}:${address.port}`
}

export const showError = (error: ListenError): string => {
  switch (error._tag) {
    case 'AddressInUse':
      return `${error.address} is in use by another process`
    case 'AddressUnavailable':
      return `cannot listen on ${error.address}: ${error.code}`
    case 'PermissionDenied':
      return `no permission to listen on ${error.address}`
    case 'NoFolder':
      return `cannot listen on ${error.path}: its folder does not exist`
    case 'NotASocket':
      return `${error.path} exists and is no socket: remove it or configure another path`
    case 'TlsFileUnreadable':
      return `the file ${error.path} of the TLS settings cannot be read: ${error.code}`
    case 'TlsInvalid':
      return `the TLS settings cannot be used: ${error.reason}`
  }
}

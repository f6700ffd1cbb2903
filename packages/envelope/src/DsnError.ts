/**
 * The reason why a text is not a DSN. Contains no part of the text, which may be a secret.
 *
 * @example
 * ```ts
 * import * as DsnError from '@sentry-exporter/envelope/DsnError'
 *
 * console.log(DsnError.show({ _tag: 'NoHost' })) // the DSN has no host; expected https://PUBLIC_KEY@HOST[:PORT][/PATH]/PROJECT_ID
 * ```
 */

// model

export type DsnError =
  | { readonly _tag: 'Empty' }
  | { readonly _tag: 'NoProtocol' }
  | { readonly _tag: 'UnknownProtocol' }
  | { readonly _tag: 'NoPublicKey' }
  | { readonly _tag: 'BadPublicKey' }
  | { readonly _tag: 'BadSecretKey' }
  | { readonly _tag: 'NoHost' }
  | { readonly _tag: 'BadHost' }
  | { readonly _tag: 'BadPort' }
  | { readonly _tag: 'BadPath' }
  | { readonly _tag: 'NoProjectId' }
  | { readonly _tag: 'BadProjectId' }

// encoding

const SHAPE = 'https://PUBLIC_KEY@HOST[:PORT][/PATH]/PROJECT_ID'

const MESSAGES: Readonly<Record<DsnError['_tag'], string>> = {
  Empty: 'the DSN is empty',
  NoProtocol: 'the DSN has no protocol',
  UnknownProtocol: "the DSN's protocol is neither http nor https",
  NoPublicKey: 'the DSN has no public key before an @',
  BadPublicKey: "the DSN's public key may hold only letters, digits, - and _",
  BadSecretKey: "the DSN's secret key may hold only letters, digits, - and _",
  NoHost: 'the DSN has no host',
  BadHost: "the DSN's host is not a host name, an IPv4 address or an IPv6 address in brackets",
  BadPort: "the DSN's port is not a number from 1 to 65535",
  BadPath: "the DSN's path holds a query, a fragment, a space or an empty part",
  NoProjectId: 'the DSN has no project id after its last slash',
  BadProjectId: "the DSN's project id is not a number",
}

/** The mistake, and the expected form. */
export const show = (error: DsnError): string => `${MESSAGES[error._tag]}; expected ${SHAPE}`

/**
 * The SDK that events name. `infer_ip: never` keeps the server from taking the address of the sender for the address of
 * the user (`relay-event-schema/src/protocol/client_sdk.rs` of getsentry/relay).
 */
import { frozen } from '../internal/frozen.ts'

// model

export interface Sdk {
  readonly name: string
  readonly version: string
  readonly settings: { readonly infer_ip: 'never' }
}

// constructors

/** This library. The version is the version of the package; a test compares them. */
export const sdk: Sdk = /* @__PURE__ */ frozen({
  name: 'sentry-exporter.javascript',
  version: '0.1.0',
  settings: { infer_ip: 'never' },
})

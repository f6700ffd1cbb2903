/**
 * The used part of the Fetch standard, declared here since this package is compiled without the types of any runtime. The
 * fetch of every runtime and cross-fetch are assignable to it.
 */

// model

/** Called as a function, never as a method: some runtimes refuse that. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>

export interface FetchInit {
  readonly method: 'POST'
  readonly headers: Record<string, string>
  readonly body: Uint8Array<ArrayBuffer>
  /** Following a redirect would send the credentials of the DSN to another address. */
  readonly redirect: 'manual'
  /** Only present if the request continues when the page is closed. */
  readonly keepalive?: true
  readonly signal: Signal
}

export interface FetchResponse {
  /** 0 if a browser hides a redirect. */
  readonly status: number
  readonly headers: { get(name: string): string | null }
  /** A web stream, or a Node stream with cross-fetch. */
  readonly body: unknown
}

/** The `AbortSignal` of the importing program. Without the types of a runtime it is `never`, which any fetch accepts. */
export type Signal = typeof globalThis extends {
  readonly AbortSignal: { readonly prototype: infer A }
}
  ? A
  : never

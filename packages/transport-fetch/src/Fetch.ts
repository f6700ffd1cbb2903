/**
 * The part of the web's fetch standard that is used, declared here since this package is compiled without the types of
 * any runtime. The fetch of every runtime fits, and so does cross-fetch.
 */

// model

/** Called with nothing but its arguments, never as a method: some runtimes refuse that. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>

export interface FetchInit {
  readonly method: 'POST'
  readonly headers: Record<string, string>
  readonly body: Uint8Array<ArrayBuffer>
  /** Whoever follows a redirect takes the credentials of the DSN to another place. */
  readonly redirect: 'manual'
  /** Set only where it is meant: the request outlives its page. */
  readonly keepalive?: true
  readonly signal: Signal
}

export interface FetchResponse {
  /** 0 where a browser hides a redirect. */
  readonly status: number
  readonly headers: { get(name: string): string | null }
  /** A stream of the web, or of Node under cross-fetch. */
  readonly body: unknown
}

/**
 * The `AbortSignal` of whoever compiles this. Where the types of a runtime do not tell it, `never`, which any fetch
 * takes.
 */
export type Signal = typeof globalThis extends {
  readonly AbortSignal: { readonly prototype: infer A }
}
  ? A
  : never

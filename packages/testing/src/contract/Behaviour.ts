/** The language of the two halves of the `Http` contract: paths, and answers on the control channel. */

// model

/** How the server treats a request. The first segment of a path names it. */
export const behaviours = [
  /** 200. */
  'answers',
  /** 429 with the headers of rate limits. */
  'limits',
  /** 307 to another path of this server. */
  'redirects',
  /** Reads the request, and ends the connection. */
  'breaks',
  /** Reads the request, and does nothing. */
  'stays-silent',
  /** 200, and a body that does not end. */
  'never-ends',
  /** 200, and a body without end, as fast as it is read. */
  'pours',
] as const

export type Behaviour = (typeof behaviours)[number]

/** The addresses of a server of the contract: origins such as `http://127.0.0.1:4000`. */
export interface ContractAddress {
  readonly control: string
  /** With a certificate that nobody trusts. Without it the cases of TLS are left out. */
  readonly secure?: string | undefined
}

/** The answer to `GET /open` on the control channel. */
export interface OpenedRun {
  /** A port of its own for each run: connections of another run, that a client has not ended, do not matter. */
  readonly origin: string
  /** An origin where nothing listens. */
  readonly refusing: string
}

/** The answer to `GET /requests?origin=ORIGIN` on the control channel. */
export interface RunRequests {
  /** In order of their arrival, without preflight requests. */
  readonly received: ReadonlyArray<ContractRequest>
  readonly preflights: number
}

/** A request as the server received it. */
export interface ContractRequest {
  readonly behaviour: Behaviour
  readonly method: string
  /** Without the segment of the behaviour. */
  readonly path: string
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Before compression, in base64. */
  readonly body: string
  /** The same number for requests of one connection. */
  readonly connection: number
  /** Whether the connection ended before the end of the answer. */
  readonly isAborted: boolean
}

/** The oldest run ends when there are more. */
export const MAX_RUNS = 64

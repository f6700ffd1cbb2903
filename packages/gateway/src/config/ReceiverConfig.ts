/** The decoded configuration of an OTLP receiver. Times are in milliseconds, sizes in bytes. */

// model

export interface OtlpReceiverConfig {
  readonly http: HttpReceiverConfig | undefined
  readonly grpc: GrpcReceiverConfig | undefined
}

/** Where a server listens. */
export type Endpoint =
  | { readonly _tag: 'Tcp'; readonly host: string; readonly port: number }
  | { readonly _tag: 'Unix'; readonly path: string }

/** PEM texts, or the files that hold them. Files are read again when they change. */
export interface TlsConfig {
  readonly cert: PemSource
  readonly key: PemSource
  /** Clients must show a certificate that this authority signed. */
  readonly clientCa: PemSource | undefined
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3'
  readonly maxVersion: 'TLSv1.2' | 'TLSv1.3' | undefined
}

export type PemSource =
  | { readonly _tag: 'File'; readonly path: string }
  | { readonly _tag: 'Text'; readonly pem: string }

/** Who may send. Secrets: never print this value. */
export type AuthConfig =
  | {
      readonly _tag: 'Bearer'
      readonly scheme: string
      readonly header: string
      readonly tokens: ReadonlyArray<string>
    }
  /** `user:password` pairs. */
  | { readonly _tag: 'Basic'; readonly credentials: ReadonlyArray<string> }

export interface CorsConfig {
  /** `*`, or origins with `*` as a wildcard. */
  readonly allowedOrigins: ReadonlyArray<string>
  readonly allowedHeaders: ReadonlyArray<string>
  readonly exposedHeaders: ReadonlyArray<string>
  readonly maxAgeSeconds: number | undefined
}

export interface HttpReceiverConfig {
  readonly endpoint: Endpoint
  /** An absolute path, `/v1/traces`. */
  readonly tracesPath: string
  readonly logsPath: string
  readonly metricsPath: string
  readonly maxRequestBodyBytes: number
  /** Encodings of content that are accepted, in the Collector's words; `''` is a body without compression. */
  readonly compressionAlgorithms: ReadonlyArray<string>
  readonly readTimeoutMillis: number
  readonly readHeaderTimeoutMillis: number
  readonly idleTimeoutMillis: number
  readonly maxConnections: number
  readonly keepAlive: boolean
  readonly responseHeaders: ReadonlyArray<readonly [string, string]>
  readonly cors: CorsConfig | undefined
  readonly tls: TlsConfig | undefined
  readonly auth: AuthConfig | undefined
}

export interface GrpcReceiverConfig {
  readonly endpoint: Endpoint
  readonly maxReceiveMessageBytes: number
  readonly maxConcurrentStreams: number | undefined
  readonly keepalive: GrpcKeepaliveConfig
  readonly tls: TlsConfig | undefined
  readonly auth: AuthConfig | undefined
}

/** Undefined is the default of gRPC. */
export interface GrpcKeepaliveConfig {
  readonly maxConnectionIdleMillis: number | undefined
  readonly maxConnectionAgeMillis: number | undefined
  readonly maxConnectionAgeGraceMillis: number | undefined
  readonly timeMillis: number | undefined
  readonly timeoutMillis: number | undefined
  readonly enforcementMinMillis: number | undefined
  readonly permitWithoutStream: boolean
}

/**
 * The dependency rule, declared once: a package imports only packages below it. The lint compares it with every manifest
 * and every import.
 */

// model

/** The imports that one package may have. */
export interface PackageRule {
  /** Packages of this workspace, by their name without the scope. */
  readonly workspace: ReadonlyArray<string>
  /** Packages of the registry. */
  readonly registry: ReadonlyArray<string>
  /** Whether it may use modules of Node (`node:fs`, ...). */
  readonly node: boolean
  /** The one folder in `src` of a package for all runtimes that may use modules of Node. */
  readonly nodeFolder?: string
}

// constructors

/** The npm scope of every package. To publish under another one, change it here and follow the lint. */
export const scope = '@sentry-exporter'

/** Packages without clock, randomness, I/O, `throw` and mutable modules. */
export const purePackages: ReadonlySet<string> = new Set(['stacktrace', 'core', 'envelope', 'otlp'])

const product: ReadonlyArray<string> = [
  'stacktrace',
  'core',
  'envelope',
  'otlp',
  'transport',
  'transport-fetch',
  'transport-node',
  'exporter',
  'opentelemetry',
  'gateway',
  'cli',
]

/** By the folder of the package. An import that is not listed is a violation. */
export const packageRules: ReadonlyMap<string, PackageRule> = new Map([
  ['stacktrace', { workspace: [], registry: ['fp-ts'], node: false }],
  ['core', { workspace: ['stacktrace'], registry: ['fp-ts'], node: false }],
  ['envelope', { workspace: [], registry: ['fp-ts', 'io-ts'], node: false }],
  ['otlp', { workspace: ['core'], registry: ['fp-ts', 'io-ts', 'pbf'], node: false }],
  ['transport', { workspace: ['envelope'], registry: ['fp-ts'], node: false }],
  ['transport-fetch', { workspace: ['transport'], registry: ['cross-fetch'], node: false }],
  ['transport-node', { workspace: ['transport'], registry: ['undici'], node: true }],
  [
    'exporter',
    {
      workspace: ['core', 'envelope', 'otlp', 'transport'],
      registry: ['fp-ts', 'io-ts'],
      node: false,
    },
  ],
  [
    'opentelemetry',
    {
      workspace: [
        'core',
        'exporter',
        'otlp',
        'stacktrace',
        'transport',
        'transport-fetch',
        'transport-node',
      ],
      registry: ['@opentelemetry/api'],
      node: false,
    },
  ],
  [
    'gateway',
    {
      workspace: ['core', 'envelope', 'exporter', 'otlp', 'transport', 'transport-node'],
      registry: [
        '@grpc/grpc-js',
        'fastest-levenshtein',
        'fp-ts',
        'io-ts',
        'pbf',
        'pino',
        'prom-client',
        'yaml',
        'zstddec',
      ],
      node: true,
    },
  ],
  [
    'cli',
    {
      workspace: product.filter((name) => name !== 'cli'),
      registry: ['fp-ts', 'string-width'],
      node: true,
    },
  ],
  [
    'testing',
    {
      workspace: ['core', 'envelope', 'transport'],
      registry: ['fast-check', 'fp-ts'],
      node: false,
      nodeFolder: 'node',
    },
  ],
  [
    'workspace',
    {
      workspace: [...product, 'testing'],
      registry: [
        '@opentelemetry/api',
        '@opentelemetry/context-async-hooks',
        '@opentelemetry/instrumentation-http',
        '@opentelemetry/sdk-node',
        '@opentelemetry/sdk-trace-base',
        'esbuild',
        'fast-check',
        'fp-ts',
        'playwright-core',
        'typescript',
        'uvu',
      ],
      node: true,
    },
  ],
])

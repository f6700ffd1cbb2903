/**
 * The arrow: which package may import which, written down once. A package imports only what is below it.
 * Read by the `house` check, which compares it with every manifest and every import.
 */

// model

/** What one package of the house may be made of. */
export interface PackageRule {
  /** Packages of this workspace it may import, by their name without the scope. */
  readonly workspace: ReadonlyArray<string>
  /** Packages from the registry it may import. */
  readonly registry: ReadonlyArray<string>
  /** Whether it may use modules of Node (`node:fs`, ...). */
  readonly node: boolean
}

// constructors

/** The npm scope of every package. To publish under another one, change it here and follow the complaints. */
export const scope = '@sentry-exporter'

const all: ReadonlyArray<string> = [
  'stacktrace',
  'core',
  'envelope',
  'otlp',
  'transport',
  'transport-fetch',
  'transport-node',
  'exporter',
  'cli',
]

/** The rooms of the house. What is not allowed here is refused. */
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
      registry: ['fastest-levenshtein', 'fp-ts', 'io-ts'],
      node: false,
    },
  ],
  ['cli', { workspace: all.filter((name) => name !== 'cli'), registry: ['fp-ts'], node: true }],
  [
    'testing',
    {
      workspace: ['core', 'envelope', 'transport'],
      registry: ['fast-check', 'fp-ts', 'uvu'],
      node: true,
    },
  ],
  [
    'workspace',
    {
      workspace: [...all, 'testing'],
      registry: ['esbuild', 'fast-check', 'fp-ts', 'playwright-core', 'typescript', 'uvu'],
      node: true,
    },
  ],
])

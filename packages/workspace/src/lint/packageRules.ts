/**
 * The arrow: which package may import which, written down once. A package imports only what is below it.
 * Read by the `house` check, which compares it with every manifest and every import.
 */

// model

/** What one package of the house may be made of. */
export interface Room {
  /** Packages of this workspace it may import, by their name without the scope. */
  readonly house: ReadonlyArray<string>
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
export const arrow: ReadonlyMap<string, Room> = new Map([
  ['stacktrace', { house: [], registry: ['fp-ts'], node: false }],
  ['core', { house: ['stacktrace'], registry: ['fp-ts'], node: false }],
  ['envelope', { house: [], registry: ['fp-ts', 'io-ts'], node: false }],
  ['otlp', { house: ['core'], registry: ['fp-ts', 'io-ts', 'pbf'], node: false }],
  ['transport', { house: ['envelope'], registry: ['fp-ts'], node: false }],
  ['transport-fetch', { house: ['transport'], registry: ['cross-fetch'], node: false }],
  ['transport-node', { house: ['transport'], registry: ['undici'], node: true }],
  [
    'exporter',
    { house: ['core', 'envelope', 'otlp', 'transport'], registry: ['fp-ts', 'io-ts'], node: false },
  ],
  ['cli', { house: all.filter((name) => name !== 'cli'), registry: ['fp-ts'], node: true }],
  [
    'testing',
    {
      house: ['core', 'envelope', 'transport'],
      registry: ['fast-check', 'fp-ts', 'uvu'],
      node: true,
    },
  ],
  [
    'workspace',
    {
      house: [...all, 'testing'],
      registry: ['esbuild', 'fast-check', 'fp-ts', 'playwright-core', 'typescript', 'uvu'],
      node: true,
    },
  ],
])

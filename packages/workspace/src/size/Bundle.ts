/** The bytes that an application at the edge downloads: the built packages, bundled and minified as by its tools. */
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { scope } from '../lint/packageRules.ts'

// model

/** An entry of a bundle. */
export interface BundlePart {
  readonly name: string
  /** The program that imports it. */
  readonly program: string
  /** The maximum of bytes, minified and compressed. Source: the design's budgets of speed and memory. */
  readonly budget: number
  /** The reason why the budget is exceeded, which the page shows, and the maximum that is checked instead. */
  readonly excess?: { readonly maxBytes: number; readonly because: string }
}

export const platforms = ['workerd', 'browser'] as const

export type Platform = (typeof platforms)[number]

export interface Bundle {
  readonly part: BundlePart
  readonly platform: Platform
  readonly text: string
  /** Every file that went in, relative to the root of the workspace. */
  readonly inputs: ReadonlyArray<string>
  /** Every module that the runtime must resolve. */
  readonly externals: ReadonlyArray<string>
}

// constructors

/** The parts that have a budget. All that each package offers is kept, so that a budget holds for every use. */
export const parts: ReadonlyArray<BundlePart> = [
  {
    name: 'envelope + transport-fetch',
    program: `export * from '${scope}/envelope'\nexport * from '${scope}/transport-fetch'`,
    budget: 6_600,
    excess: {
      maxBytes: 9_100,
      because:
        'The envelope with the transport exceeds its budget: options are decoded with ranges and the nearest known name (about 900 bytes), an attempt that is given up is aborted, and an `Http` that throws, never answers or answers anything harms nothing (500), credentials are removed from messages (300), the rest of a long answer and the space of an aborted request are accounted for (60), and the key of a trace header can be filled in later (150), texts are encoded into the envelope itself (110), and logs have containers, categories and retries of their own (250).',
    },
  },
  {
    name: 'exporter/edge with the parsers of JavaScript + transport-fetch',
    program: `export { open } from '${scope}/exporter/edge'\nexport { firefox, safari, v8 } from '${scope}/stacktrace/parsers'\nexport * from '${scope}/transport-fetch'`,
    budget: 53_000,
    excess: {
      maxBytes: 131_000,
      because:
        'The exporter with the parsers of JavaScript exceeds its budget. Since the budget was set it reads protobuf (about 5,100 bytes, `pbf` among them) and every form of OTLP in JSON with the place of each fault (5,600); it checks the answers of all hooks (4,400), redacts by the meaning of keys (2,900), knows what frameworks send by default (5,300) and the limits of the server in its own units (2,500), shifts old traces as a whole (2,400), keeps both halves of a shared span id (1,400), releases segments of large traces at a cost that does not depend on them (1,800), checks that no line of a stack is lost (1,650), skips rules whose keys a span lacks (400), reads and prints equal stacks once (700), reports losses as they happen (1,900), checks spans that are made by hand (1,300), joins an error with its causes (900), gathers late spans, flushes a part and knows open entries (950), has routes with wildcards and options of their own (1,600) and options that change while it works (700), and copies texts of a request into printed spans, beside the way that prints objects (9,600); it guesses keys, shares what equal resources give, and reads ids, times and the spans of hooks without general code (2,300). Log records become log items (5,700). Metrics are read in both encodings (5,000), and become metric items: differences of cumulative points, and values with weights of histograms (7,200).',
    },
  },
  {
    name: 'exporter + transport-fetch',
    program: `export * from '${scope}/exporter'\nexport * from '${scope}/transport-fetch'`,
    budget: 70_500,
    excess: {
      maxBytes: 155_000,
      because:
        'The exporter with all parsers exceeds its budget for the same reasons. It reads the stack traces of fourteen formats, which is about 21,000 bytes of it: a receiver of OTLP cannot know the languages beforehand. It also looks projects up by their names (1,300) and changes its configuration while it works (500). `exporter/edge` contains only the parsers that it is given.',
    },
  },
]

/** Needs built packages. Modules of Node are left outside, to be seen in `externals`. */
export const make = async (part: BundlePart, platform: Platform): Promise<Bundle> => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: part.program, resolveDir: HERE },
    absWorkingDir: HERE,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    conditions: CONDITIONS[platform],
    external: ['node:*'],
    logLevel: 'silent',
  })
  return {
    part,
    platform,
    text: outputFiles[0]?.text ?? '',
    inputs: Object.keys(metafile.inputs),
    externals: Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.map(({ path }) => path),
    ),
  }
}

/** The folder of this package, which may import all others. */
const HERE = fileURLToPath(new URL('../../', import.meta.url))

/** The conditions of the tools of each platform; esbuild adds `browser` to both by itself. */
const CONDITIONS: Readonly<Record<Platform, Array<string>>> = {
  workerd: ['workerd', 'worker'],
  browser: ['module'],
}

// folds

/** Bytes, minified. */
export const minified = ({ text }: Bundle): number => Buffer.byteLength(text)

/** Bytes, minified and compressed with gzip. */
export const compressed = ({ text }: Bundle): number => gzipSync(text, { level: 9 }).length

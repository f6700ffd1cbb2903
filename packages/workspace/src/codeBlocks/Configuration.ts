/**
 * A configuration of the gateway in a document: a block ```` ```yaml ```` with a key of the Collector at the start of a line. It must be
 * valid. A part without `receivers`, `exporters` and `service` is loaded on top of a whole configuration.
 *
 * A block ```` ```yaml error ```` must be invalid, and the block below it has the messages. A block ```` ```yaml collector ```` is for
 * the Collector itself: it must be YAML with the Collector's own rules, duplicate keys included.
 */
import { ConfigProblem, GatewayConfig } from '@sentry-exporter/gateway'
import * as E from '#fp-ts/Either'
import type * as Fence from './Fence.ts'

// model

export interface Configuration {
  readonly path: string
  readonly line: number
  readonly yaml: string
  readonly isPart: boolean
  readonly isForCollector: boolean
  /** The messages of an invalid one, a line each; `undefined` for a valid one. */
  readonly messages: string | undefined
}

/** The name of the block in messages. */
const FILE = 'gateway.yaml'

const atStart = (key: string): RegExp => new RegExp(`^${key}:`, 'm')

/** The keys that a whole configuration has. */
const REQUIRED = ['receivers', 'exporters', 'service'].map(atStart)

const KEYS = [...REQUIRED, ...['processors', 'extensions'].map(atStart)]

const DSN = 'https://key@sentry.example.com/42'

// decoding

/** The configurations among the blocks of a document. */
export const among = (fences: ReadonlyArray<Fence.Fence>): ReadonlyArray<Configuration> =>
  fences.flatMap(({ path, line, language, words, text: yaml }, index) => {
    if (language !== 'yaml' || !KEYS.some((key) => key.test(yaml))) return []
    return {
      path,
      line,
      yaml,
      isPart: !REQUIRED.every((key) => key.test(yaml)),
      isForCollector: words.includes('collector'),
      messages: words.includes('error') ? (fences[index + 1]?.text ?? '').trim() : undefined,
    }
  })

// running

/**
 * The difference between a configuration and what its document states about it; `undefined` if there is none. `whole` is the
 * configuration below a part. Every variable of the environment is set.
 */
export const mismatch = async (
  { yaml, isPart, isForCollector, messages }: Configuration,
  whole: string,
): Promise<string | undefined> => {
  const loaded = await GatewayConfig.load(
    { configs: [...(isPart ? [`yaml:${whole}`] : []), FILE], sets: [], dsn: undefined },
    {
      env: (name) => (/DSN/.test(name) ? DSN : 'value'),
      readFile: async (path) => (path === FILE ? E.right(yaml) : E.right('value')),
    },
  )
  const problems = E.isLeft(loaded)
    ? loaded.left.filter(({ finding }) => !isForCollector || finding._tag === 'BadYaml')
    : []
  const printed = problems.map(ConfigProblem.show).join('\n')
  if (messages === undefined) return problems.length > 0 ? `is not valid:\n${printed}` : undefined
  if (E.isRight(loaded)) return 'is valid, and is marked as an error'
  return printed === messages ? undefined : `gives\n${printed}\nbut states\n${messages}`
}

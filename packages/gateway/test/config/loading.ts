/** Loads configurations without files and without the environment of the process. */
import * as E from '#fp-ts/Either'
import * as ConfigProblem from '../../src/config/ConfigProblem.ts'
import * as GatewayConfig from '../../src/config/GatewayConfig.ts'

// model

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, string>>
  readonly sets?: ReadonlyArray<string>
  readonly dsn?: string
}

type Loaded = Awaited<ReturnType<typeof GatewayConfig.load>>

// constructors

export const capabilities = ({
  env = {},
  files = {},
}: Surroundings): GatewayConfig.ConfigCapabilities => ({
  env: (name) => (Object.hasOwn(env, name) ? env[name] : undefined),
  readFile: async (path) => {
    const text = files[path]
    return text === undefined ? E.left('there is no such file') : E.right(text)
  },
})

// running

const load = (configs: ReadonlyArray<string>, surroundings: Surroundings = {}): Promise<Loaded> =>
  GatewayConfig.load(
    { configs, sets: surroundings.sets ?? [], dsn: surroundings.dsn },
    capabilities(surroundings),
  )

/** The configuration; throws if it has errors. */
export const valid = async (
  configs: ReadonlyArray<string>,
  surroundings: Surroundings = {},
): Promise<GatewayConfig.LoadedConfig> => {
  const loaded = await load(configs, surroundings)
  if (E.isLeft(loaded)) throw new Error(loaded.left.map(ConfigProblem.show).join('\n'))
  return loaded.right
}

/** The errors and warnings of a configuration, or the notes of a valid one. */
export const messages = async (
  configs: ReadonlyArray<string>,
  surroundings: Surroundings = {},
): Promise<ReadonlyArray<string>> => {
  const loaded = await load(configs, surroundings)
  return (E.isLeft(loaded) ? loaded.left : loaded.right.notes).map(ConfigProblem.show)
}

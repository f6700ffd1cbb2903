/** The sources of a configuration, read in their order and merged: later ones win. */
import * as E from '#fp-ts/Either'
import type { ConfigCapabilities } from './ConfigCapabilities.ts'
import * as ConfigNode from './ConfigNode.ts'
import * as ConfigPath from './ConfigPath.ts'
import * as ConfigProblem from './ConfigProblem.ts'
import { defaultConfig } from './defaultConfig.ts'
import { startOf } from './Place.ts'
import { parseYaml } from './yaml/parseYaml.ts'

// model

/** The arguments of the command line that make a configuration. */
export interface ConfigSources {
  /** Of `--config`: paths, `file:PATH`, `env:NAME`, `yaml:TEXT`. */
  readonly configs: ReadonlyArray<string>
  /** Of `--set`: `exporters.sentry.environment=production`. Each wins over all `configs`. */
  readonly sets: ReadonlyArray<string>
  /** Of `--dsn`. `undefined`: the environment variable `SENTRY_DSN`, if it is set. */
  readonly dsn: string | undefined
}

/** One source as text. */
interface SourceText {
  /** For messages. */
  readonly source: string
  readonly text: string
}

type Read = E.Either<ConfigProblem.ConfigProblem, SourceText>

// running

/** One tree of all sources. Without `configs` it is that of `defaultConfig`, which needs a DSN. */
export const readSources =
  (capabilities: ConfigCapabilities) =>
  async ({
    configs,
    sets,
    dsn,
  }: ConfigSources): Promise<E.Either<ConfigProblem.ConfigProblems, ConfigNode.ConfigNode>> => {
    if (configs.length === 0 && dsn === undefined) return E.left([noConfiguration])
    const texts: Array<Read> =
      configs.length === 0 ? [E.right({ source: 'default', text: defaultConfig })] : []
    for (const config of configs) texts.push(await read(capabilities, config))
    return mergeAll([...texts, ...sets.map(ofSetting)])
  }

const noConfiguration: ConfigProblem.ConfigProblem = ConfigProblem.error(
  { place: undefined, path: ConfigPath.root },
  { _tag: 'NoConfiguration' },
)

const unreadable = (source: string, reason: string): Read =>
  E.left(
    ConfigProblem.error(
      { place: undefined, path: ConfigPath.root },
      { _tag: 'Unreadable', source, reason },
    ),
  )

/** A drive letter of Windows, `C:`, is part of a path. */
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]+):([\s\S]*)$/

const read = async (capabilities: ConfigCapabilities, config: string): Promise<Read> => {
  const [, scheme, rest = ''] = SCHEME.exec(config) ?? []
  switch (scheme) {
    case undefined:
      return readFile(capabilities, config)
    case 'file':
      return readFile(capabilities, rest)
    case 'env': {
      const text = capabilities.env(rest)
      return text === undefined
        ? unreadable(config, 'the environment variable is not set')
        : E.right({ source: config, text })
    }
    case 'yaml':
      return E.right({ source: 'yaml', text: rest })
    default:
      return unreadable(
        `${scheme}:...`,
        'this kind of source is not supported; expected a path, file:PATH, env:NAME or yaml:TEXT',
      )
  }
}

const readFile = async (capabilities: ConfigCapabilities, path: string): Promise<Read> => {
  const text = await capabilities.readFile(path)
  return E.isRight(text) ? E.right({ source: path, text: text.right }) : unreadable(path, text.left)
}

/** `a.b=c` as YAML, where `::` separates the keys of nested maps. The value is YAML too. */
const ofSetting = (setting: string): Read => {
  const at = setting.indexOf('=')
  const key = setting.slice(0, Math.max(at, 0)).trim()
  if (key === '')
    return unreadable('--set', 'expected KEY=VALUE, as exporters.sentry.environment=production')
  return E.right({
    source: `--set ${key}`,
    text: `${key.replaceAll('.', '::')}: ${setting.slice(at + 1).trim()}`,
  })
}

const mergeAll = (
  texts: ReadonlyArray<Read>,
): E.Either<ConfigProblem.ConfigProblems, ConfigNode.ConfigNode> => {
  const parsed = texts.map((text) => (E.isLeft(text) ? E.left([text.left]) : parseMap(text.right)))
  const problems = parsed.flatMap((one) => (E.isLeft(one) ? one.left : []))
  if (problems.length > 0) return E.left(problems)
  const nodes = parsed.flatMap((one) => (E.isRight(one) ? [one.right] : []))
  return E.right(nodes.reduce(ConfigNode.merge, ConfigNode.emptyMap('default')))
}

/** An empty source is an empty map. */
const parseMap = ({
  source,
  text,
}: SourceText): E.Either<ConfigProblem.ConfigProblems, ConfigNode.ConfigNode> => {
  const parsed = parseYaml(source, text)
  if (E.isLeft(parsed) || parsed.right._tag === 'Map') return parsed
  if (ConfigNode.isNull(parsed.right)) return E.right(ConfigNode.emptyMap(source))
  return E.left([
    ConfigProblem.error(
      { place: startOf(source), path: ConfigPath.root },
      {
        _tag: 'BadValue',
        expected: 'a map with the keys receivers, exporters and service',
        found: parsed.right._tag === 'List' ? 'a list' : 'a single value',
      },
    ),
  ])
}

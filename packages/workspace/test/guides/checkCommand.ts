/** The check of each program that the guides call: as much as can be known here, where most of them are not installed. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import * as E from '#fp-ts/Either'
import * as CommandLine from '../../src/codeBlocks/CommandLine.ts'
import type { ShellCommand } from '../../src/codeBlocks/ShellCommand.ts'
import { root } from '../../src/lint/Workspace.ts'

/** A message about a command; `undefined` if nothing is wrong. */
type Check = (words: ReadonlyArray<string>) => string | undefined | Promise<string | undefined>

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const DEPLOY = 'docs/guides/deploy'

const KUBERNETES = read(`${DEPLOY}/kubernetes.yaml`)

/** The ports of the gateway, and the paths at them. */
const PAGES: ReadonlyMap<string, RegExp> = new Map([
  ['4317', /^\/?$/],
  ['4318', /^\/?$|^\/v1\/(?:traces|logs)$/],
  ['8888', /^\/metrics$/],
  ['13133', /^\/(?:healthz|readyz)?$/],
])

const checkUrl = (text: string): string | undefined => {
  const { hostname, port, pathname } = new URL(text)
  if (hostname !== '127.0.0.1') return undefined
  return PAGES.get(port)?.test(pathname) === true
    ? undefined
    : `${text}: the gateway has no such page`
}

const missing = (path: string): string | undefined =>
  existsSync(join(root, path)) ? undefined : `${path}: no such file`

/** Options with their values, and the other words in their order. */
const optionsOf = (
  words: ReadonlyArray<string>,
): { readonly options: ReadonlyMap<string, string>; readonly rest: ReadonlyArray<string> } => {
  const options = new Map<string, string>()
  const rest: Array<string> = []
  const queue = [...words]
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const [, name, value] = /^--?([\w-]+)(?:=(.*))?$/s.exec(word) ?? []
    if (name === undefined) rest.push(word)
    else options.set(name, value ?? (FLAGS.has(name) ? '' : (queue.shift() ?? '')))
  }
  return { options, rest }
}

/** Options without a value. */
const FLAGS: ReadonlySet<string> = new Set(['rm', 'now', 'global', 'D', 'save', 'yes'])

const sentryExporter: Check = (words) =>
  CommandLine.problemOf({ path: '', line: 0, words: words.slice(1) })

const npm: Check = ([, verb, ...words]) => {
  const manifests = ['cli', 'opentelemetry', 'exporter', 'workspace'].map((name) =>
    JSON.parse(read(`packages/${name}/package.json`)),
  )
  const known = manifests.flatMap(({ name, devDependencies }) => [
    name,
    ...Object.keys(devDependencies ?? {}),
  ])
  const unknown = optionsOf(words).rest.filter((name) => !known.includes(name))
  if (verb !== 'install') return `npm ${verb}: not checked`
  return unknown.length === 0 ? undefined : `unknown packages: ${unknown}`
}

const docker: Check = async ([, verb, ...words]) => {
  const image = words.findIndex((word) => word.startsWith('registry.example.com/'))
  if (!KUBERNETES.includes(`image: ${words[image]}`))
    return `not the image of the manifest: ${words[image]}`
  const { options } = optionsOf(words)
  if (verb === 'build') return missing(options.get('file') ?? '')
  if (verb !== 'run') return `docker ${verb}: not checked`
  return sentryExporter(['', ...words.slice(image + 1)])
}

const kubectl: Check = ([, ...words]) => {
  const { options, rest } = optionsOf(words)
  const namespace = options.get('namespace')
  if (namespace !== undefined && !read(`${DEPLOY}/collector.yaml`).includes(`.${namespace}.svc.`)) {
    return `not the namespace of the Collector: ${namespace}`
  }
  switch (rest.slice(0, 3).join(' ')) {
    case 'create namespace observability':
      return undefined
    case 'create secret generic': {
      const [key] = (options.get('from-literal') ?? '').split('=')
      const reference = `name: ${rest[3]}\n                  key: ${key}\n`
      return KUBERNETES.includes(reference)
        ? undefined
        : `the manifest has no secret ${rest[3]} ${key}`
    }
    case 'apply':
      return missing(options.get('filename') ?? '')
    default:
      return `kubectl ${rest.join(' ')}: not checked`
  }
}

/** The unit, and the files that it reads. */
const install: Check = ([, ...words]) => {
  const { rest } = optionsOf(words)
  const [from = '', to = ''] = rest
  const unit = read(`${DEPLOY}/sentry-exporter.service`)
  if (!unit.includes(to)) return `the unit does not name ${to}`
  return from === '/dev/stdin' ? undefined : missing(from)
}

const ofUnit: Check = (words) => {
  const units = words.slice(1).filter((word) => word.startsWith('sentry-exporter'))
  return units
    .map((name) => missing(`${DEPLOY}/${name}.service`))
    .find((found) => found !== undefined)
}

/** A variable of the gateway. */
const echo: Check = ([, text = '']) =>
  text === 'SENTRY_DSN=$SENTRY_DSN' ? undefined : `echo ${text}: not checked`

const curl: Check = (words) =>
  words
    .filter((word) => /^https?:/.test(word))
    .map(checkUrl)
    .find((found) => found !== undefined)

/** Programs of other languages. The campaign `producers` runs them with the variables of the guide. */
const ofOthers: Check = () => undefined

const CHECKS: Readonly<Record<string, Check>> = {
  'sentry-exporter': sentryExporter,
  curl,
  docker,
  echo,
  install,
  journalctl: ofUnit,
  kubectl,
  npm,
  systemctl: ofUnit,
  deno: ofOthers,
  java: ofOthers,
  node: ofOthers,
  'opentelemetry-bootstrap': ofOthers,
  'opentelemetry-instrument': ofOthers,
  pip: ofOthers,
}

/** Names of variables in OpenTelemetry's specification, "SDK environment variables" and "OTLP exporter", and of two SDKs. */
const OTEL =
  /^OTEL_(?:SERVICE_NAME|RESOURCE_ATTRIBUTES|(?:TRACES|METRICS|LOGS)_EXPORTER|EXPORTER_OTLP_(?:(?:TRACES|METRICS|LOGS)_)?(?:ENDPOINT|PROTOCOL|COMPRESSION|HEADERS)|DENO|PHP_AUTOLOAD_ENABLED)$/

const checkVariable = ([name, value]: readonly [string, string]): string | undefined => {
  if (name === 'SENTRY_DSN') return E.isRight(Dsn.parse(value)) ? undefined : `${name}: no DSN`
  if (name === 'now') return undefined
  if (!OTEL.test(name)) return `${name}: an unknown variable`
  return /^https?:/.test(value) ? checkUrl(value) : undefined
}

/** A message about a command; `undefined` if nothing is wrong. */
export const checkCommand = async ({
  variables,
  words,
}: ShellCommand): Promise<string | undefined> => {
  const found = variables.map(checkVariable).find((problem) => problem !== undefined)
  const [program] = words
  if (found !== undefined || program === undefined) return found
  const check = Object.hasOwn(CHECKS, program) ? CHECKS[program] : undefined
  return check === undefined ? `${program}: nothing checks this program` : check(words)
}

/**
 * The platform of an event: by the language of the SDK that recorded it, else by the runtime. Transactions and errors of a resource
 * have the same. Source: the list of valid platforms in `relay-event-normalization/src/event.rs` of getsentry/relay;
 * `telemetry.sdk.language` and `process.runtime.name` of OpenTelemetry.
 */
import { frozen } from '../internal/frozen.ts'
import * as Attributes from '../model/Attributes.ts'
import type { Resource } from '../model/Resource.ts'
import * as FirstLetters from './FirstLetters.ts'

// constructors

/** Sentry's name for an unknown platform. */
export const UNKNOWN = 'other'

/** The values of OpenTelemetry's registry, and others in use: `deno-rust` is of Deno. */
const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['bun', 'node'],
  ['c', 'native'],
  ['c#', 'csharp'],
  ['clojure', 'java'],
  ['cpp', 'native'],
  ['c++', 'native'],
  ['csharp', 'csharp'],
  ['cloudflare-workers', 'javascript'],
  ['deno', 'javascript'],
  ['deno-rust', 'javascript'],
  ['dotnet', 'csharp'],
  ['elixir', 'elixir'],
  ['erlang', 'elixir'],
  ['go', 'go'],
  ['golang', 'go'],
  ['groovy', 'groovy'],
  ['haskell', 'haskell'],
  ['java', 'java'],
  ['javascript', 'javascript'],
  ['js', 'javascript'],
  ['kotlin', 'java'],
  ['node', 'node'],
  ['node.js', 'node'],
  ['nodejs', 'node'],
  ['objc', 'objc'],
  ['perl', 'perl'],
  ['php', 'php'],
  ['python', 'python'],
  ['ruby', 'ruby'],
  ['rust', 'native'],
  ['scala', 'java'],
  ['swift', 'cocoa'],
  ['typescript', 'javascript'],
  ['webjs', 'javascript'],
  ['workerd', 'javascript'],
  ['workers', 'javascript'],
])

/** The beginnings of `process.runtime.name`, in lower case. */
const RUNTIMES: ReadonlyArray<readonly [name: RegExp, platform: string]> = [
  [/^(?:nodejs|node|bun)\b/, 'node'],
  [/^(?:deno|browser|workerd|cloudflare|edge)/, 'javascript'],
  [/^(?:cpython|pypy|python|graalpy)/, 'python'],
  [/openjdk|hotspot|java|graalvm|openj9|android runtime/, 'java'],
  [/^(?:go|gc|gccgo)$/, 'go'],
  [/^(?:ruby|jruby|truffleruby|mri)/, 'ruby'],
  [/^(?:php|cli|cli-server|fpm-fcgi|apache2handler|frankenphp|swoole)$/, 'php'],
  [/^(?:\.net|dotnet|mono)/, 'csharp'],
  [/^(?:beam|erlang|elixir)/, 'elixir'],
  [/^(?:rustc|rust)/, 'native'],
]

/** The keys that decide. */
export const KEYS: ReadonlyArray<string> = /* @__PURE__ */ frozen([
  'telemetry.sdk.language',
  'process.runtime.name',
  'browser.platform',
  'cloud.platform',
])

/** Whether a language is one that this exporter knows. */
const languageOf = (text: string): string | undefined => LANGUAGES.get(text.trim().toLowerCase())

/** `other` if neither the language nor the runtime is known, or they are not one of Sentry's platforms. */
export const of = ({ attributes }: Pick<Resource, 'attributes'>): string => {
  const language = languageOf(Attributes.text(attributes, 'telemetry.sdk.language') ?? '')
  if (language !== undefined) return language
  const runtime = Attributes.text(attributes, 'process.runtime.name')?.trim().toLowerCase() ?? ''
  const found = RUNTIMES.find(([name]) => name.test(runtime))?.[1]
  if (found !== undefined) return found
  return attributes['browser.platform'] !== undefined ||
    attributes['cloud.platform'] === 'cloudflare.workers'
    ? 'javascript'
    : UNKNOWN
}

const LETTERS = FirstLetters.ofKeys(KEYS)

/** By the attributes of a span, where its resource gives no platform: Cloudflare names the language there. */
export const ofSpan = (
  attributes: Attributes.Attributes,
  letters: FirstLetters.FirstLetters = FirstLetters.every,
): string | undefined => {
  // hot: for a resource without a platform, once for each of its spans.
  if (!FirstLetters.mayHave(letters, LETTERS) || !KEYS.some((key) => attributes[key] !== undefined))
    return undefined
  const platform = of({ attributes })
  return platform === UNKNOWN ? undefined : platform
}

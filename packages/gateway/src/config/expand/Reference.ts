/**
 * References in texts, by the rules of the Collector 0.144: `${env:NAME}`, `${env:NAME:-default}`, `${NAME}`, `${file:PATH}`,
 * `${yaml:TEXT}`. The innermost one comes first. `$${` is no reference; `$NAME` is a text.
 *
 * Source: `confmap/expand.go` and `docs/rfcs/env-vars.md` of open-telemetry/opentelemetry-collector.
 */
import * as E from '#fp-ts/Either'

// model

/** A reference in a text, from `start` up to `end`, exclusive. */
export interface FoundReference {
  readonly start: number
  readonly end: number
}

export type ConfigReference =
  | { readonly _tag: 'Env'; readonly name: string; readonly fallback: string | undefined }
  | { readonly _tag: 'File'; readonly path: string }
  | { readonly _tag: 'Yaml'; readonly text: string }

// decoding

/** The first reference that contains no other one. */
export const find = (text: string): FoundReference | undefined => {
  let from = 0
  for (;;) {
    const end = text.indexOf('}', from)
    if (end < 0) return undefined
    const start = text.lastIndexOf('${', end)
    if (start >= from && !isEscaped(text, start)) return { start, end: end + 1 }
    from = end + 1
  }
}

/** `$$` is a dollar sign: an odd number of dollar signs before `${` takes its first character. */
const isEscaped = (text: string, start: number): boolean => {
  let count = 0
  while (text[start - 1 - count] === '$') count++
  return count % 2 === 1
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

const NAME_WITH_DEFAULT = /^([A-Za-z_][A-Za-z0-9_]*):-/

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]+):([\s\S]*)$/

/** Reads what is between `${` and `}`; or the reason why it is no reference. */
export const parse = (inner: string): E.Either<string, ConfigReference> => {
  if (!inner.includes(':')) return env(inner, undefined)
  const short = NAME_WITH_DEFAULT.exec(inner)
  if (short !== null) {
    return E.left(`a default needs the prefix env: write \${env:${short[1]}:-...}`)
  }
  const [, scheme = '', value = ''] = SCHEME.exec(inner) ?? []
  if (value.includes('$')) return E.left('a reference may not contain another dollar sign')
  switch (scheme) {
    case 'env': {
      const at = value.indexOf(':-')
      return at < 0 ? env(value, undefined) : env(value.slice(0, at), value.slice(at + 2))
    }
    case 'file':
      return value === ''
        ? E.left('the path of the file is missing')
        : E.right({ _tag: 'File', path: value })
    case 'yaml':
      return E.right({ _tag: 'Yaml', text: value })
    default:
      return E.left(
        scheme === ''
          ? `not a reference; expected ${EXPECTED}`
          : `the kind of source "${scheme}" is not supported; expected ${EXPECTED}`,
      )
  }
}

const EXPECTED = `\${env:NAME}, \${env:NAME:-default}, \${file:PATH} or \${yaml:TEXT}`

const env = (name: string, fallback: string | undefined): E.Either<string, ConfigReference> =>
  NAME.test(name)
    ? E.right({ _tag: 'Env', name, fallback })
    : E.left(
        'the name of an environment variable has only letters, digits and _, and starts with no digit',
      )

// transformations

/** After all references were expanded, `$$` is one dollar sign. */
export const withoutEscapes = (text: string): string => text.replaceAll('$$', () => '$')

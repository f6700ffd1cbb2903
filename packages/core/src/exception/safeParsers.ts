/**
 * Parsers of stack traces, each of which may be one of a user. One that throws, or gives no list of exceptions, recognises
 * nothing: the text is kept in `extra` as that of any stack that was not parsed.
 */
import type { ParsedException } from '@sentry-exporter/stacktrace/ParsedException'
import type { Parser, Source } from '@sentry-exporter/stacktrace/Parser'
import * as HookFailure from '../filter/HookFailure.ts'

/** `onFailure` gets each failure. */
export const safeParsers = (
  parsers: ReadonlyArray<Parser>,
  onFailure: (failure: HookFailure.HookFailure) => void,
): ReadonlyArray<Parser> => parsers.map((parser) => safeParser(parser, onFailure))

const safeParser = (
  parser: Parser,
  onFailure: (failure: HookFailure.HookFailure) => void,
): Parser => {
  const attempt = <A>(run: () => A, otherwise: A): A => {
    try {
      return run()
    } catch (error) {
      onFailure(HookFailure.threw('parsers', error))
      return otherwise
    }
  }
  const { rewrite, separator } = parser
  return {
    platform: parser.platform,
    languages: parser.languages,
    separator: separator instanceof RegExp ? separator : undefined,
    rewrite:
      rewrite &&
      ((text) => {
        const rewritten: unknown = attempt(() => rewrite(text), undefined)
        return typeof rewritten === 'string' ? rewritten : undefined
      }),
    recognises: (text) => attempt(() => parser.recognises(text) === true, false),
    parse: (source) => {
      const parsed: unknown = attempt(() => parser.parse(source), withoutFrames(source))
      if (isParsed(parsed)) return parsed
      onFailure(HookFailure.returned('parsers', parsed, NO_LIST))
      return withoutFrames(source)
    },
  }
}

const NO_LIST = { path: '', found: 'another value', expected: 'a list of parsed exceptions' }

const isParsed = (parsed: unknown): parsed is ReadonlyArray<ParsedException> =>
  Array.isArray(parsed) &&
  parsed.length > 0 &&
  parsed.every(
    (one) =>
      typeof one?.type === 'string' && typeof one.value === 'string' && Array.isArray(one.frames),
  )

const withoutFrames = ({ type, message }: Source): ReadonlyArray<ParsedException> => [
  { type: type ?? '', value: message ?? '', frames: [] },
]

/**
 * The severity of a log record whose logger sent a word and no number.
 * Source: OpenTelemetry, "Logs data model", Appendix B; the names of levels in log4j, java.util.logging, syslog, zap, glog, Serilog.
 */

// constructors

/** The beginnings of the words of loggers, and whole words of one letter, by the first number of their level. */
const WORDS: ReadonlyArray<readonly [RegExp, number]> = [
  [/^(?:fatal|crit|panic|dpanic|alert|emerg|terminal|off$|[fc]$)/, 21],
  [/^(?:err|sever|fail|exception|e$)/, 17],
  [/^(?:warn|w$)/, 13],
  [/^(?:info|notice|log$|[in]$)/, 9],
  [/^(?:debug|fine$|config$|d$)/, 5],
  [/^(?:trace|verbose|fine[rs]|[tv]$)/, 1],
]

/** In characters. */
const MAX_WORD = 64

/** `Error`, `[CRITICAL]`, `E`, `SEVERITY_NUMBER_FATAL`, in any case; 0 for a text without such a word, and for no text. */
export const numberOf = (value: unknown): number => {
  if (typeof value !== 'string') return 0
  const word = value
    .slice(0, MAX_WORD)
    .toLowerCase()
    .replace(/^severity_number_|[^a-z]/g, '')
  return WORDS.find(([pattern]) => pattern.test(word))?.[1] ?? 0
}

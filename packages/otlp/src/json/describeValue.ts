/** Describes input that is not OTLP: by the format, if its fields are unmistakable, else by its first keys. */
import * as Cursor from './Cursor.ts'
import * as Scalar from './Scalar.ts'

/** Keys that a message shows. */
const MAX_KEYS = 5

/** Keys of Zipkin's spans that those of OTLP do not have. */
const ZIPKIN = ['localEndpoint', 'remoteEndpoint', 'timestamp', 'duration', 'annotations']

/** `a trace in the JSON of Jaeger`, `an object with the keys "name", "version"`, `an array`, `"x"`. */
export const describeValue = (value: unknown): string => {
  if (Array.isArray(value)) return describeArray(value)
  if (!Scalar.isFields(value)) return Cursor.show(value)
  const data = value['data']
  if (isJaegerTrace(value) || (Array.isArray(data) && isJaegerTrace(data[0]))) {
    return 'a trace in the JSON of Jaeger'
  }
  if ('partialSuccess' in value || 'partial_success' in value) return 'a response of OTLP'
  if ('resourceProfiles' in value || 'resource_profiles' in value) {
    return 'a request of OTLP profiles, which are not supported'
  }
  const keys = Object.keys(value)
  if (keys.length === 0) return 'an empty object'
  const shown = keys.slice(0, MAX_KEYS).map(Cursor.show).join(', ')
  const more = keys.length > MAX_KEYS ? `, and ${keys.length - MAX_KEYS} more` : ''
  return `an object with the key${keys.length === 1 ? '' : 's'} ${shown}${more}`
}

const describeArray = (values: ReadonlyArray<unknown>): string => {
  const [first] = values
  if (first === undefined) return 'an empty array'
  if (Scalar.isFields(first) && 'traceId' in first && 'id' in first) {
    if (ZIPKIN.some((key) => key in first)) return 'spans in the JSON of Zipkin'
  }
  return `an array that starts with ${describeValue(first)}`
}

const isJaegerTrace = (value: unknown): boolean =>
  Scalar.isFields(value) &&
  ('traceID' in value || 'processes' in value) &&
  Array.isArray(value['spans'])

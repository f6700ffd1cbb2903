/** The frames of the errors in envelopes, without those of libraries. */

// model

/** The part of an error event that is read here. */
interface SentError {
  readonly exception: { readonly values: ReadonlyArray<SentException> }
}

interface SentException {
  readonly stacktrace?: { readonly frames: ReadonlyArray<SentFrame> }
}

interface SentFrame {
  readonly function?: string
  readonly in_app?: boolean
}

// decoding

/** The names of their functions, the outermost first. Each body is an envelope with one item. */
export const inAppFrames = (bodies: ReadonlyArray<Uint8Array>): ReadonlyArray<string> =>
  bodies.flatMap((body) => {
    const [, item = '{}', payload = '{}'] = new TextDecoder().decode(body).split('\n')
    return JSON.parse(item).type === 'event' ? functionsOf(JSON.parse(payload)) : []
  })

const functionsOf = ({ exception }: SentError): ReadonlyArray<string> =>
  exception.values
    .flatMap(({ stacktrace }) => stacktrace?.frames ?? [])
    .filter((frame) => frame.in_app !== false)
    .map((frame) => frame.function ?? '?')

/** The reference data of the bench as bodies in protobuf, each time with other trace ids: every request has new traces. */
import { gzipSync } from 'node:zlib'
import { generate } from '../../bench/generate.ts'
import * as oracle from '../../otlp/oracle.ts'

// model

export interface TraceTemplate {
  readonly bytes: Buffer
  /** Where the first eight bytes of the id of a trace are, by trace. */
  readonly idPlaces: ReadonlyArray<ReadonlyArray<number>>
  readonly spans: number
}

const ID_BYTES = 16

/** Fast, as the Collector and the SDKs have it at their defaults of small bodies. */
const GZIP = { level: 1 }

// constructors

/** One template for each request of the reference data. Spans end at `nowMillis` or before. */
export const make = (nowMillis: number): ReadonlyArray<TraceTemplate> => {
  const { requests } = generate()
  const texts = requests.map((request) => JSON.stringify(request))
  const latest = Math.max(...texts.flatMap(timesIn))
  return texts.map((text) => ofRequest(moved(text, nowMillis - latest)))
}

const TIME = /"(startTimeUnixNano|endTimeUnixNano|timeUnixNano)":"(\d+)(\d{6})"/g

const timesIn = (text: string): ReadonlyArray<number> =>
  [...text.matchAll(TIME)].map(([, , millis]) => Number(millis))

const moved = (text: string, byMillis: number): string =>
  text.replace(
    TIME,
    (_whole, key, millis, rest) => `"${key}":"${Number(millis) + byMillis}${rest}"`,
  )

const ofRequest = (text: string): TraceTemplate => {
  const bytes = Buffer.from(oracle.encode(oracle.traces, JSON.parse(text)))
  const ids = [
    ...new Set([...text.matchAll(/"traceId":"([0-9a-f]{32})"/g)].map(([, id]) => id ?? '')),
  ]
  return {
    bytes,
    idPlaces: ids.map((id) => placesOf(bytes, Buffer.from(id, 'hex'))),
    spans: [...text.matchAll(/"spanId":/g)].length,
  }
}

const placesOf = (bytes: Buffer, id: Buffer): ReadonlyArray<number> => {
  const places: Array<number> = []
  for (let at = bytes.indexOf(id); at >= 0; at = bytes.indexOf(id, at + ID_BYTES)) places.push(at)
  return places
}

// encoding

/** A body compressed with gzip. `number` makes the ids of its traces, and must be another each time. */
export const body = ({ bytes, idPlaces }: TraceTemplate, number: number): Buffer => {
  idPlaces.forEach((places, trace) => {
    for (const at of places)
      bytes.writeBigUInt64BE(BigInt(number * idPlaces.length + trace + 1), at)
  })
  return gzipSync(bytes, GZIP)
}

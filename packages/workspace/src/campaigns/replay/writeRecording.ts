/** A recording for `sentry-exporter send`: the reference data of the bench again and again, each time with other trace ids. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { generate } from '../../bench/generate.ts'

const TRACE_ID = /"traceId":"[0-9a-f]{8}/g

const SPAN_ID = /"spanId":/g

/** Fast, since the content repeats itself. */
const GZIP = { level: 1 }

// running

/** Writes whole repetitions, a request on each line, compressed with gzip, until there are so many spans. Gives their number. */
export const writeRecording = async (path: string, minSpans: number): Promise<number> => {
  const lines = generate().requests.map((request) => JSON.stringify(request))
  const spansOfAll = lines.reduce((sum, line) => sum + (line.match(SPAN_ID)?.length ?? 0), 0)
  const repetitions = Math.ceil(minSpans / spansOfAll)
  const all = function* (): Generator<string> {
    for (let n = 0; n < repetitions; n++) {
      const start = `"traceId":"${n.toString(16).padStart(8, '0')}`
      for (const line of lines) yield `${line.replace(TRACE_ID, start)}\n`
    }
  }
  await pipeline(Readable.from(all()), createGzip(GZIP), createWriteStream(path))
  return repetitions * spansOfAll
}

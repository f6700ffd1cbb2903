/** Recordings of two sizes through `sentry-exporter send` into a sink: every span arrives, and memory does not grow with the size. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Campaign } from '../Campaign.ts'
import { openCountingSink, type SinkCounts } from '../load/countingSink.ts'
import { writeRecording } from './writeRecording.ts'

// model

interface ReplayRun {
  readonly spans: number
  /** Of the compressed file. */
  readonly fileMegabytes: number
  readonly seconds: number
  readonly residentMegabytes: number
  readonly sent: SinkCounts
}

const SMALL = 200_000

const LARGE = 1_000_000

/** The peak of the large one against that of the small one, which has reached the bound of waiting spans as well. */
const MAX_GROWTH = 1.2

// running

export const replay: Campaign = {
  name: 'replay',
  description: `recordings of ${SMALL} and ${LARGE} spans through send into a sink`,
  run: async () => {
    const [small, large] = [await replayRun(SMALL), await replayRun(LARGE)]
    const growth = large.residentMegabytes / small.residentMegabytes
    if (growth > MAX_GROWTH) throw new Error(`the peak of the memory grew ${growth} times`)
    return { small, large }
  },
}

const replayRun = async (minSpans: number): Promise<ReplayRun> => {
  const folder = mkdtempSync(join(tmpdir(), 'sentry-exporter-replay-'))
  const sink = await openCountingSink()
  try {
    const path = join(folder, 'recording.json.gz')
    const spans = await writeRecording(path, minSpans)
    const start = performance.now()
    const { code, residentMegabytes } = await inProcess(sink.port, path)
    const seconds = Math.round((performance.now() - start) / 100) / 10
    const sent = { ...sink.counts }
    if (code !== 0) throw new Error(`send ended with ${code}`)
    if (sent.spans !== spans) throw new Error(`${sent.spans} spans arrived of ${spans}`)
    const fileMegabytes = Math.round(statSync(path).size / 1e6)
    return { spans, fileMegabytes, seconds, residentMegabytes, sent }
  } finally {
    sink.close()
    rmSync(folder, { recursive: true })
  }
}

const inProcess = async (
  port: number,
  path: string,
): Promise<{ readonly code: number; readonly residentMegabytes: number }> => {
  const program = fileURLToPath(new URL('../../bin/replayRun.js', import.meta.url))
  const words = ['--quiet', '--dsn', `http://key@127.0.0.1:${port}/1`, path]
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...words], {
    encoding: 'utf8',
    timeout: 3_600_000,
  })
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
}

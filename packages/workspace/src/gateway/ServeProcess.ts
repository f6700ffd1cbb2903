/** `sentry-exporter serve` in a process of its own, on ports that the system chooses. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../lint/Workspace.ts'
import * as Prometheus from './Prometheus.ts'

// model

export interface ServeProcess {
  readonly pid: number
  /** The ports by what listens: `otlp http`, `otlp grpc`, `health check`, `metrics`. */
  readonly ports: ReadonlyMap<string, number>
  readonly metrics: () => Promise<Prometheus.MetricSums>
  readonly metricsText: () => Promise<string>
  /** Its log, up to now. */
  readonly log: () => string
  /** Sends SIGHUP. */
  readonly reload: () => void
  /** Sends SIGTERM if it still runs. Gives the exit code and what it printed. */
  readonly end: () => Promise<{ readonly code: number | null; readonly stdout: string }>
}

const LISTENING = /"what":"([^"]+)","address":"[^"]*:(\d+)"/

const START_MILLIS = 60_000

// running

/** `what` are the parts that must listen before this resolves. `flags` are for Node. */
export const startServe = (
  yaml: string,
  what: ReadonlyArray<string>,
  flags: ReadonlyArray<string> = [],
): Promise<ServeProcess> => startServeFrom(`yaml:${yaml}`, what, flags)

/** The same with any source of `--config`. */
export const startServeFrom = async (
  source: string,
  what: ReadonlyArray<string>,
  flags: ReadonlyArray<string> = [],
): Promise<ServeProcess> => {
  const program = join(root, 'packages', 'cli', 'bin', 'sentry-exporter.js')
  const child = spawn(process.execPath, [...flags, program, 'serve', '--config', source], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: Array<string> = []
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  const ports = await listening(child, what, lines)
  const metricsText = async (): Promise<string> =>
    (await fetch(`http://127.0.0.1:${ports.get('metrics')}/metrics`)).text()
  return {
    pid: child.pid ?? 0,
    ports,
    log: () => lines.join('\n'),
    metrics: async () => Prometheus.parse(await metricsText()),
    metricsText,
    reload: () => {
      child.kill('SIGHUP')
    },
    end: async () => {
      if (child.exitCode === null) {
        const exit = once(child, 'exit')
        child.kill('SIGTERM')
        await exit
      }
      return { code: child.exitCode, stdout }
    },
  }
}

const listening = (
  child: ChildProcess,
  what: ReadonlyArray<string>,
  lines: Array<string>,
): Promise<ReadonlyMap<string, number>> =>
  new Promise((resolve, reject) => {
    const ports = new Map<string, number>()
    const fail = (reason: string): void => {
      child.kill('SIGKILL')
      reject(new Error(`serve ${reason}: ${lines.join('\n')}`))
    }
    const timer = setTimeout(() => fail('does not start'), START_MILLIS)
    const ended = (): void => fail('ended')
    child.once('exit', ended)
    if (child.stderr === null) return
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line)
      const [, name, port] = LISTENING.exec(line) ?? []
      if (name !== undefined) ports.set(name, Number(port))
      if (!what.every((one) => ports.has(one))) return
      clearTimeout(timer)
      child.removeListener('exit', ended)
      resolve(ports)
    })
  })

/** One application under load: the application and the sink have processes of their own, the requests come from this one. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { SinkCounts } from '../load/countingSink.ts'
import {
  type ApplicationEnd,
  type ApplicationUse,
  type LoadedExporter,
  REPORT_PATH,
} from './application.ts'
import { SPANS_OF_REPORT, SPANS_OF_REQUEST } from './requestSpans.ts'

// model

export interface SdkLoadPlan {
  readonly spansPerSecond: number
  readonly warmUpSeconds: number
  readonly seconds: number
}

export interface LoadedRun extends ApplicationUse {
  readonly exporter: LoadedExporter
  readonly spansPerSecond: number
  /** The longest delays of the time before, in which the code is compiled. */
  readonly warmUp: ApplicationUse
  readonly end: ApplicationEnd
  readonly sent: SinkCounts
}

/** Requests leave so often. */
const TICK_MILLIS = 10

/** Some spans end after the last answer. */
const LATE_MILLIS = 200

const TICKS = 1_000 / TICK_MILLIS

// running

export const loadedRun = async (
  exporter: LoadedExporter,
  plan: SdkLoadPlan,
): Promise<LoadedRun> => {
  const sink = started('countingSink', [])
  const application = started('sdkLoadApplication', [
    exporter,
    `http://key@127.0.0.1:${await answer(sink)}/1`,
  ])
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  try {
    const port = Number(await answer(application))
    await ask(application, 'take')
    await sendFor(agent, port, { ...plan, seconds: plan.warmUpSeconds })
    const warmUp = await ask<ApplicationUse>(application, 'take')
    await sendFor(agent, port, plan)
    const use = await ask<ApplicationUse>(application, 'take')
    await sleep(LATE_MILLIS)
    const end = await ask<ApplicationEnd>(application, 'shutdown')
    const sent = await ask<SinkCounts>(sink, 'take')
    const spansPerSecond = Math.round(use.spans / plan.seconds)
    return { exporter, spansPerSecond, ...use, warmUp, end, sent }
  } finally {
    agent.destroy()
    for (const child of [application, sink]) if (child.connected) child.disconnect()
  }
}

const sleep = (millis: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, millis))

const started = (program: string, args: ReadonlyArray<string>): ChildProcess =>
  fork(fileURLToPath(new URL(`../../bin/${program}.js`, import.meta.url)), [...args], {
    env: { ...process.env, OTEL_LOGS_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' },
  })

const answer = async (child: ChildProcess): Promise<unknown> => {
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`${child.spawnargs[1]} ended with ${code}`)
    }),
  ])
  return message
}

// The programs in `bin` answer with these types.
const ask = async <A>(child: ChildProcess, question: string): Promise<A> => {
  const answered = answer(child)
  child.send(question)
  return (await answered) as A
}

/** A request is sent at its time, whether or not earlier ones are answered. One report a second is among them. */
const sendFor = async (
  agent: Agent,
  port: number,
  { spansPerSecond, seconds }: Pick<SdkLoadPlan, 'spansPerSecond' | 'seconds'>,
): Promise<void> => {
  const perTick = (spansPerSecond - SPANS_OF_REPORT) / SPANS_OF_REQUEST / TICKS
  const answers: Array<Promise<void>> = []
  const start = performance.now()
  for (let tick = 0; tick < seconds * TICKS; tick++) {
    const due = Math.floor((tick + 1) * perTick) - Math.floor(tick * perTick)
    for (let i = 0; i < due; i++) answers.push(request(agent, port, `/orders/${tick}`))
    if (tick % TICKS === 0) answers.push(request(agent, port, REPORT_PATH))
    const earlyMillis = start + (tick + 1) * TICK_MILLIS - performance.now()
    if (earlyMillis > 0) await sleep(earlyMillis)
  }
  await Promise.all(answers)
}

const request = (agent: Agent, port: number, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const sending = get({ agent, host: '127.0.0.1', port, path }, (response) => {
      response.resume().on('end', resolve)
    })
    sending.on('error', reject)
  })

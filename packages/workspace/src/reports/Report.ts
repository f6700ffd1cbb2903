/** Requests of public bug reports, and the events that an exporter makes of them. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ConfigInput } from '@sentry-exporter/exporter/Config'
import * as Exporter from '@sentry-exporter/exporter/Exporter'
import type { Outcome } from '@sentry-exporter/exporter/Outcome'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as InMemorySentry from '@sentry-exporter/testing/InMemorySentry'
import type { Http } from '@sentry-exporter/transport/Http'

// model

/** A payload of an envelope, as Sentry reads it. */
export type ReportEvent = Readonly<Record<string, unknown>>

export interface DeliveredReport {
  /** In the order in which they were sent. */
  readonly transactions: ReadonlyArray<ReportEvent>
  readonly errors: ReadonlyArray<ReportEvent>
  /** All bodies as text, one behind the other: to look for values that must not be there. */
  readonly sent: string
  /** A line for each item that an in-memory Sentry did not keep as it was sent. */
  readonly problems: ReadonlyArray<string>
  readonly outcome: Outcome
}

/** The time at which the reports are delivered: a minute after their spans. */
const NOW_MILLIS = 1_795_800_060_000

// constructors

/** The text of a report in `fixtures/reports`, by its name without `.json`. */
export const body = (name: string): string =>
  readFileSync(
    fileURLToPath(new URL(`../../fixtures/reports/${name}.json`, import.meta.url)),
    'utf8',
  )

// running

/** Gives a report to a new exporter and shuts it down. Requests of logs go to `exportLogs`. */
export const deliver = (
  name: string,
  config: Omit<ConfigInput, 'dsn'> = {},
): Promise<DeliveredReport> => deliverBody(body(name), config)

/** The same for any text. */
export const deliverBody = async (
  text: string,
  config: Omit<ConfigInput, 'dsn'> = {},
): Promise<DeliveredReport> => {
  const clock = FakeClock.make(NOW_MILLIS)
  const sentry = InMemorySentry.make()
  const toSentry = sentry.http(clock)
  const bodies: Array<string> = []
  const http: Http = (request) => {
    bodies.push(new TextDecoder().decode(request.body))
    return toSentry(request)
  }
  const exporter = Exporter.open(
    { ...config, sendClientReports: false, dsn: sentry.dsn },
    http,
    clock,
  )
  const isLogs = text.includes('"resourceLogs"') && !text.includes('"resourceSpans"')
  await (isLogs ? exporter.exportLogs(text) : exporter.exportOtlp(text))
  const outcome = await exporter.shutdown(10_000)
  return {
    transactions: bodies.flatMap(payloads('transaction')),
    errors: bodies.flatMap(payloads('event')),
    sent: bodies.join(''),
    problems: InMemorySentry.problems(sentry.received),
    outcome,
  }
}

/** The payloads of one type in an envelope whose items have no line breaks in their payloads. */
const payloads =
  (type: string) =>
  (envelope: string): ReadonlyArray<ReportEvent> => {
    const [, ...lines] = envelope.split('\n').filter((line) => line !== '')
    return lines.flatMap((line, index) =>
      index % 2 === 1 && JSON.parse(lines[index - 1] ?? '{}').type === type
        ? [JSON.parse(line)]
        : [],
    )
  }

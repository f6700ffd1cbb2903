import * as Losses from '@sentry-exporter/core/Losses'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as arbitraryRequest from '@sentry-exporter/workspace/arbitraryRequest'
import * as oracle from '@sentry-exporter/workspace/oracle'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as Config from '../src/Config.ts'
import * as Pipeline from '../src/Pipeline.ts'

const NOW_MILLIS = 1_700_000_000_000

const config = (input: object = {}): Config.Config => {
  const decoded = Config.decode({ dsn: 'https://key@host/1', ...input })
  if (E.isLeft(decoded)) throw new Error('a bad configuration in a test')
  return decoded.right
}

interface Attribute {
  readonly value: unknown
  readonly type: string
}

interface Log {
  readonly timestamp: number
  readonly trace_id: string
  readonly span_id?: string
  readonly level: string
  readonly body: string
  readonly attributes: Readonly<Record<string, Attribute>>
}

/** Whether the server keeps an attribute: the type that it states is that of its value. */
const isKept = ({ value, type }: Attribute): boolean => {
  switch (type) {
    case 'integer':
      return Number.isInteger(value)
    case 'double':
      return Number.isFinite(value)
    case 'array':
      return (
        Array.isArray(value) &&
        new Set(value.filter((one) => one !== null).map((one) => typeof one)).size <= 1 &&
        value.every((one) => one === null || typeof one !== 'object')
      )
    default:
      return typeof value === type
  }
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']

/** Whether the server keeps a log whole. */
const isWhole = (log: Log): boolean =>
  log.timestamp > 0 &&
  /^(?!0{32})[\da-f]{32}$/.test(log.trace_id) &&
  (log.span_id === undefined || /^(?!0{16})[\da-f]{16}$/.test(log.span_id)) &&
  LEVELS.includes(log.level) &&
  typeof log.body === 'string' &&
  Object.values(log.attributes).every(isKept)

/** The logs of the sealed envelopes, after the checks that the server makes of a container. */
const logsOf = (envelopes: ReadonlyArray<{ readonly bytes: Uint8Array }>): ReadonlyArray<Log> =>
  envelopes.flatMap(({ bytes }) => {
    const read = Envelope.decode(new Uint8Array(bytes))
    if (E.isLeft(read)) throw new Error('no envelope')
    return read.right.items.flatMap(({ header, payload }) => {
      if (header.type !== 'log') return []
      const text = Utf8.decode(payload)
      const { version, items, ...others } = JSON.parse(text)
      assert.equal([version, others, header['item_count']], [2, {}, items.length])
      assert.ok(items.length >= 1 && items.length <= 100)
      assert.ok(JSON.stringify(items).isWellFormed())
      assert.not.match(text.replaceAll('\\\\', ''), /\\ud[89a-f]/)
      return items
    })
  })

const hostile = suite('hostile logs')

for (const input of [
  {},
  { mapping: 'collector' },
  { sendDefaultPii: true, scrub: false },
  { beforeSendLog: (item: unknown) => item },
]) {
  hostile(`with ${Object.keys(input).join()}: Sentry keeps each log of a request whole`, () => {
    const run = Pipeline.assembleBytes(Pipeline.optionsOf(config(input)))
    fc.assert(
      fc.property(arbitraryRequest.logs, (request) => {
        const bytes = oracle.encode(oracle.logs, request)
        const made = run(bytes, 'protobuf', NOW_MILLIS)
        if (E.isLeft(made)) throw new Error('the request was not read')
        const { input: read, assembled } = made.right
        const logs = logsOf(assembled.envelopes)
        assert.ok(logs.every(isWhole))
        assert.is(logs.length, read.logs.records.length)
        const { trimmed: _trimmed, field: _field, error_copy: _copy, ...others } = assembled.losses
        assert.is(Losses.show(others), 'nothing lost')
        // JSON of the same request gives the same envelopes.
        const json = run(
          new TextEncoder().encode(JSON.stringify(oracle.decode(oracle.logs, bytes))),
          'json',
          NOW_MILLIS,
        )
        assert.equal(E.isRight(json) && logsOf(json.right.assembled.envelopes).length, logs.length)
      }),
      { numRuns: 150 },
    )
  })
}

hostile(
  'all surrogates, control characters and separators of a body arrive or are replaced',
  () => {
    const run = Pipeline.assembleBytes(Pipeline.optionsOf(config()))
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const request = {
          resourceLogs: [
            {
              resource: { attributes: [{ key: `r${text}`, value: { stringValue: text } }] },
              scopeLogs: [
                {
                  scope: { name: text },
                  logRecords: [
                    {
                      body: { stringValue: text },
                      attributes: [{ key: `a${text}`, value: { stringValue: text } }],
                    },
                  ],
                },
              ],
            },
          ],
        }
        const made = run(new TextEncoder().encode(JSON.stringify(request)), 'json', NOW_MILLIS)
        if (E.isLeft(made)) throw new Error('the request was not read')
        const [log] = logsOf(made.right.assembled.envelopes)
        const sent = text.toWellFormed()
        assert.is(log?.body, sent)
        assert.is(log?.attributes[`a${sent}`]?.value, sent)
        assert.is(log?.attributes[`resource.r${sent}`]?.value, sent)
      }),
      { numRuns: 300 },
    )
  },
)

hostile.run()

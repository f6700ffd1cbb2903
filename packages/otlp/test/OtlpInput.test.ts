import * as Losses from '@sentry-exporter/core/Losses'
import * as Recorded from '@sentry-exporter/workspace/Recorded'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as DecodeError from '../src/DecodeError.ts'
import * as _ from '../src/OtlpInput.ts'

const TRACE = '5b8efff798038103d269b633813fc60c'

const span = (n = 1, more: object = {}): object => ({
  traceId: TRACE,
  spanId: String(n).padStart(16, '0'),
  name: `span ${n}`,
  startTimeUnixNano: '1544712660000000000',
  endTimeUnixNano: '1544712661000000000',
  ...more,
})

const traces = (...spans: ReadonlyArray<object>): object => ({
  resourceSpans: [{ scopeSpans: [{ spans }] }],
})

const logs = (...logRecords: ReadonlyArray<object>): object => ({
  resourceLogs: [{ scopeLogs: [{ logRecords }] }],
})

const RECORD = { timeUnixNano: '1544712660000000000', severityNumber: 17 }

const METRIC = { name: 'a', gauge: { dataPoints: [{ asInt: 1 }] } }

const METRICS = {
  resourceMetrics: [{ scopeMetrics: [{ metrics: [METRIC, { ...METRIC, name: 'b' }] }] }],
}

const json = (value: object): string => JSON.stringify(value)

const good = (text: string): _.OtlpInput => {
  const read = _.parse(text)
  if (E.isLeft(read)) throw new Error(DecodeError.show(read.left))
  return read.right
}

/** Spans, log records, metrics and unread pieces. */
const counts = ({ batch, logs: { records }, metrics, unread }: _.OtlpInput): unknown => [
  batch.spans.length,
  records.length,
  metrics.metrics.length,
  unread.length,
]

const parse = suite('OtlpInput.parse')

// a form, its text, and the spans, log records, metrics and unread pieces in it
const FORMS: ReadonlyArray<readonly [string, string, ReadonlyArray<number>]> = [
  ['a request of traces', json(traces(span(1), span(2))), [2, 0, 0, 0]],
  ['a request of logs', json(logs(RECORD)), [0, 1, 0, 0]],
  ['a request of metrics', json(METRICS), [0, 0, 2, 0]],
  ['an empty request', '{}', [0, 0, 0, 0]],
  ['a request without resources', '{"resourceSpans":[]}', [0, 0, 0, 0]],
  ['a request with null', '{"resourceSpans":null}', [0, 0, 0, 0]],
  ['several signals', json({ ...traces(span()), ...logs(RECORD), ...METRICS }), [1, 1, 2, 0]],
  ['a byte order mark', `\ufeff${json(traces(span()))}`, [1, 0, 0, 0]],
  [
    'a line each',
    [traces(span()), logs(RECORD), METRICS].map((one) => json(one)).join('\n'),
    [1, 1, 2, 0],
  ],
  [
    'joined files, each with a byte order mark',
    `\ufeff${json(traces(span()))}\n\ufeff${json(traces(span(2)))}\n`,
    [2, 0, 0, 0],
  ],
  [
    'lines of Windows',
    `\ufeff${json(traces(span()))}\r\n\r\n${json(logs(RECORD))}\r\n`,
    [1, 1, 0, 0],
  ],
  [
    'a cut last line',
    `${json(traces(span()))}\n${json(traces(span())).slice(0, 90)}`,
    [1, 0, 0, 1],
  ],
  [
    'a cut first line',
    `${json(traces(span())).slice(50)}\n${json(traces(span()))}\n`,
    [1, 0, 0, 1],
  ],
  ['a line of another kind', `${json(traces(span()))}\n{"level":"info"}\n`, [1, 0, 0, 1]],
  ['one behind the other', `${json(traces(span()))}${json(traces(span(2)))}`, [2, 0, 0, 0]],
  [
    'two on a line',
    `${json(METRICS)}\n${json(traces(span()))} ${json(logs(RECORD))}\n`,
    [1, 1, 2, 0],
  ],
  [
    'spread over lines, one behind the other',
    `${JSON.stringify(traces(span(1, { status: {} })), null, 2)}\n${JSON.stringify(logs(RECORD), null, 2)},\n`,
    [1, 1, 0, 0],
  ],
  [
    'a sequence (RFC 7464)',
    `\u001e${json(traces(span()))}\n\u001e${json(METRICS)}\n`,
    [1, 0, 2, 0],
  ],
  ['a list of requests', json([traces(span()), logs(RECORD)]), [1, 1, 0, 0]],
  ['a list with something else', json([traces(span()), 7, { a: 1 }]), [1, 0, 0, 2]],
  ['ResourceSpans', json({ resource: {}, scopeSpans: [{ spans: [span()] }] }), [1, 0, 0, 0]],
  ['a list of ResourceSpans', json([{ scopeSpans: [{ spans: [span()] }] }]), [1, 0, 0, 0]],
  ['ResourceLogs', json({ resource: {}, scopeLogs: [{ logRecords: [RECORD] }] }), [0, 1, 0, 0]],
  ['ResourceMetrics', json({ scopeMetrics: [{ metrics: [METRIC] }] }), [0, 0, 1, 0]],
  ['ScopeMetrics', json({ scope: {}, metrics: [METRIC] }), [0, 0, 1, 0]],
  ['metrics', json({ metrics: [METRIC, {}] }), [0, 0, 1, 0]],
  [
    'metrics of original names',
    json({ metrics: [{ name: 'a', exponential_histogram: {} }, METRIC] }),
    [0, 0, 1, 0],
  ],
  ['ScopeSpans', json({ scope: { name: 'a' }, spans: [span()] }), [1, 0, 0, 0]],
  [
    'ScopeSpans without times',
    json({ scope: {}, spans: [{ traceId: TRACE, spanId: '1'.repeat(16) }] }),
    [1, 0, 0, 0],
  ],
  ['ScopeLogs', json({ scope: {}, logRecords: [RECORD] }), [0, 1, 0, 0]],
  ['one span', json(span()), [1, 0, 0, 0]],
  ['spans, a line each', [span(1), span(2)].map((one) => json(one)).join('\n'), [2, 0, 0, 0]],
  ['Tempo: batches', json({ batches: [{ scopeSpans: [{ spans: [span()] }] }] }), [1, 0, 0, 0]],
  [
    'Tempo: batches of old names',
    json({ batches: [{ instrumentationLibrarySpans: [{ spans: [span()] }] }] }),
    [1, 0, 0, 0],
  ],
  ['Tempo: trace', json({ trace: traces(span()), metrics: {} }), [1, 0, 0, 0]],
  ['Jaeger’s API: result', json({ result: traces(span()) }), [1, 0, 0, 0]],
  [
    'Jaeger’s API, a line each',
    [span(1), span(2)].map((one) => json({ result: traces(one) })).join('\n'),
    [2, 0, 0, 0],
  ],
  [
    'original names',
    json({ resource_spans: [{ scope_spans: [{ spans: [span()] }] }] }),
    [1, 0, 0, 0],
  ],
]

for (const [form, text, expected] of FORMS) {
  parse(`reads ${form}`, () => {
    assert.equal(counts(good(text)), expected)
  })
}

// text that is not OTLP, and the error
const REQUEST =
  'expected a request of OTLP, with resourceSpans, resourceLogs or resourceMetrics, got'

const FOREIGN: ReadonlyArray<readonly [string, string]> = [
  ['', `${REQUEST} an empty text`],
  [' \n', `${REQUEST} an empty text`],
  ['null', `${REQUEST} null`],
  ['7', `${REQUEST} 7`],
  ['[]', `${REQUEST} an empty array`],
  ['[1,2]', `${REQUEST} an array that starts with 1`],
  ['{"name":"shop","version":"1"}', `${REQUEST} an object with the keys "name", "version"`],
  [
    '{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1}',
    `${REQUEST} an object with the keys "a", "b", "c", "d", "e", and 2 more`,
  ],
  ['{"a":1}', `${REQUEST} an object with the key "a"`],
  ['{"partialSuccess":{}}', `${REQUEST} a response of OTLP`],
  ['{"resourceProfiles":[]}', `${REQUEST} a request of OTLP profiles, which are not supported`],
  [
    '{"data":[{"traceID":"a","spans":[],"processes":{}}]}',
    `${REQUEST} a trace in the JSON of Jaeger`,
  ],
  [
    '[{"traceId":"a","id":"b","timestamp":1,"localEndpoint":{}}]',
    `${REQUEST} spans in the JSON of Zipkin`,
  ],
  ['{"metrics":[{"name":"a"}]}', `${REQUEST} an object with the key "metrics"`],
  ['{"resourceMetrics":7}', 'resourceMetrics: expected an array, got 7'],
  ['{"batches":[{"id":1}]}', `${REQUEST} an object with the key "batches"`],
  ['{"spans":[{"spanID":"a"}]}', `${REQUEST} an object with the key "spans"`],
  ['{"result":{"status":"ok"}}', `${REQUEST} an object with the key "result"`],
  ['<!DOCTYPE html><html></html>', `${REQUEST} HTML`],
  ['<?xml version="1.0"?>', `${REQUEST} XML`],
  [
    '{"level":"info"}\n{"level":"warn"}\n',
    `${REQUEST} several values, the first: an object with the key "level"`,
  ],
  ['{"resourceSpans":"x"}', 'resourceSpans: expected an array, got "x"'],
  ['{"resourceLogs":7}', 'resourceLogs: expected an array, got 7'],
]

for (const [text, message] of FOREIGN) {
  parse(`is an error: ${JSON.stringify(text).slice(0, 70)}`, () => {
    const read = _.parse(text)
    assert.is(E.isLeft(read) && DecodeError.show(read.left), message)
  })
}

parse('is an error: one request that is cut off, on one line or on several', () => {
  const text = json(traces(span(1, { attributes: [{ key: 'a', value: {} }] })))
  for (const cut of [text.slice(0, -9), JSON.stringify(JSON.parse(text), null, 2).slice(0, -9)]) {
    const read = _.parse(cut)
    assert.is(E.isLeft(read) && read.left._tag, 'NotJson')
  }
})

parse('names the line of everything that could not be read', () => {
  const input = good(
    [
      json(traces(span(), span(2, { spanId: 'x' }), span(3, { name: 7 }))),
      '{"resourceSpans":',
      json(logs({ body: 7 })),
      '{"resourceSpans":"x"}',
      '{"a":1}',
    ].join('\n'),
  )
  const places = _.problems(input)
  assert.match(places[0] ?? '', /^line 2: not JSON: /)
  assert.equal(places.slice(1), [
    'line 4: resourceSpans: expected an array, got "x"',
    'line 5: expected a request of OTLP, with resourceSpans, resourceLogs or resourceMetrics, got an object with the key "a"',
    'line 1: resourceSpans[0].scopeSpans[0].spans[1].spanId: expected 16 hex characters, not all zero, got "x"',
    'line 1: resourceSpans[0].scopeSpans[0].spans[2].name: expected a string, got 7',
    'line 3: resourceLogs[0].scopeLogs[0].logRecords[0].body: expected an object, got 7',
  ])
  assert.equal(_.losses(input), { invalid: 1, invalid_part: 2, invalid_request: 3 })
})

parse('reads the other signals of a request with one that cannot be read', () => {
  const input = good(json({ ...traces(span()), resourceLogs: 'x' }))
  assert.equal(counts(input), [1, 0, 0, 1])
  assert.equal(_.problems(input), ['resourceLogs: expected an array, got "x"'])
  const withMetrics = good(json({ ...METRICS, resourceSpans: 'x' }))
  assert.equal(counts(withMetrics), [0, 0, 2, 1])
})

parse('counts the points, the metrics and the parts of metrics that cannot be read', () => {
  assert.equal(_.losses(good(json(METRICS))), {})
  const input = good(
    json({
      resourceMetrics: [
        7,
        { scopeMetrics: [{ metrics: 'x' }, { metrics: [METRIC, {}] }] },
        {
          scopeMetrics: [
            {
              metrics: [
                { name: 8, gauge: { dataPoints: [{ asInt: 'x' }, { asInt: '1', flags: 'y' }] } },
              ],
            },
          ],
        },
      ],
    }),
  )
  assert.equal(counts(input), [0, 0, 2, 0])
  assert.equal(_.losses(input), { invalid_metric: 4, invalid_part: 2 })
  assert.equal(_.problems(_.withPlace('line 3', input)), [
    'line 3: resourceMetrics[0]: expected an object, got 7',
    'line 3: resourceMetrics[1].scopeMetrics[0].metrics: expected an array, got "x"',
    'line 3: resourceMetrics[1].scopeMetrics[1].metrics[1]: expected a metric with one of gauge, sum, histogram, exponentialHistogram and summary, got an empty object',
    'line 3: resourceMetrics[2].scopeMetrics[0].metrics[0].gauge.dataPoints[0].asInt: expected a 64-bit integer, got "x"',
    'line 3: resourceMetrics[2].scopeMetrics[0].metrics[0].gauge.dataPoints[1].flags: expected an unsigned 32-bit integer, got "y"',
    'line 3: resourceMetrics[2].scopeMetrics[0].metrics[0].name: expected a string, got 8',
  ])
})

parse('looks at each character of text that is not JSON a bounded number of times', () => {
  // A pattern that starts anew at each quote would take minutes.
  for (const unit of ['\\"', '{', '"', '[{"a":', '}{']) {
    const read = _.parse(`{"a" ${unit.repeat(300_000)}`)
    assert.ok(E.isLeft(read))
  }
})

parse('stops after 10,000 lines that are not JSON, and counts the rest as one', () => {
  const input = good(`${json(traces(span()))}\n${'{\n'.repeat(50_000)}`)
  assert.equal(counts(input), [1, 0, 0, 10_002])
  assert.is(
    _.problems(input).at(-1),
    'the lines after line 10002: not JSON: not read, after 10000 values that are not JSON',
  )
})

for (const recorded of Recorded.all) {
  parse(`${recorded.name}: lines give what the requests give`, () => {
    const bodies = Recorded.bodies(recorded)
    const inOneFile = good(bodies.map((body) => json(JSON.parse(body))).join('\n'))
    assert.equal(
      inOneFile.batch.spans,
      bodies.flatMap((body) => good(body).batch.spans),
    )
    assert.equal(_.losses(inOneFile), Losses.empty)
  })
}

parse('never throws, and reads or explains any JSON', () => {
  fc.assert(
    fc.property(fc.json(), fc.string(), (text, other) => {
      for (const one of [text, other, text + other, `${text}\n${other}`]) {
        const read = _.parse(one)
        if (E.isLeft(read)) assert.not.equal(DecodeError.show(read.left), '')
      }
    }),
    { numRuns: 500 },
  )
})

parse.run()

const parseLines = suite('OtlpInput.parseLines')

parseLines('names the lines of the file in all places', () => {
  const text = [json(traces(span(1))), '{"resourceSp', json(traces(span(2, { traceId: 'x' })))]
  const read = _.parseLines(text.join('\n'), 41)
  assert.equal(counts(read), [1, 0, 0, 1])
  assert.equal(read.unread[0]?.place, 'line 42')
  assert.match(read.batch.rejected[0]?.path ?? '', /^line 43: resourceSpans\[0\]/)
})

parseLines('reads a value of several lines, several of them, and one that is no request', () => {
  const spread = JSON.stringify(traces(span(1)), null, 1)
  assert.equal(counts(_.parseLines(spread, 7)), [1, 0, 0, 0])
  assert.equal(counts(_.parseLines(`${spread}\n${spread}`, 7)), [2, 0, 0, 0])
  const foreign = _.parseLines('{"a":1}', 7)
  assert.equal(counts(foreign), [0, 0, 0, 1])
  assert.is(foreign.unread[0]?.place, 'line 7')
  assert.equal(_.parseLines('[{"a":1}]', 7).unread.length, 1)
})

parseLines.run()

const fold = suite('OtlpInput.concatAll')

fold('is the sum in order, and an error is an input that lost everything', () => {
  const lost = _.ofError(DecodeError.notJson('bad'))
  const all = _.concatAll([
    good(json(traces(span(1)))),
    lost,
    good(json({ ...traces(span(2)), ...METRICS })),
  ])
  assert.equal(
    all.batch.spans.map(({ name }) => name),
    ['span 1', 'span 2'],
  )
  assert.equal(_.losses(all), { invalid_request: 1 })
  assert.equal(
    all.metrics.metrics.map(({ name }) => name),
    ['a', 'b'],
  )
  assert.equal(_.problems(all), ['not JSON: bad'])
  assert.equal(_.losses(_.concatAll([])), {})
})

fold.run()

import { assemble } from '@sentry-exporter/core/assemble'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Mapping from '@sentry-exporter/core/Mapping'
import * as Micros from '@sentry-exporter/core/Micros'
import { defaultErrorRules } from '@sentry-exporter/core/pipeline'
import * as Resource from '@sentry-exporter/core/Resource'
import type { Span } from '@sentry-exporter/core/Span'
import * as Item from '@sentry-exporter/envelope/Item'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'
import { span, spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as EventEnvelope from '../src/EventEnvelope.ts'
import * as Pipeline from '../src/Pipeline.ts'

const RESOURCES: ReadonlyArray<readonly [string, Resource.Resource]> = [
  ['without attributes', Resource.of({})],
  ['without a version', Resource.of({ 'service.name': 'shop' })],
  [
    'of many contexts',
    Resource.of({
      'service.name': 'shop',
      'service.version': '1',
      'host.name': 'h\ud800"\\',
      'host.arch': 'arm64',
      'os.type': 'linux',
      'process.runtime.name': 'nodejs',
      'deployment.environment.name': 'staging',
      'telemetry.sdk.language': 'nodejs',
      'cloud.region': 'ü',
    }),
  ],
]

const event = {
  name: 'cache miss',
  timeMicros: Micros.of(2),
  attributes: { a: 1 },
  droppedAttributes: 0,
}

const ROOTS: ReadonlyArray<readonly [string, Partial<Span>]> = [
  ['a plain root', {}],
  [
    'a root with a request',
    {
      kind: 'SERVER',
      attributes: {
        'http.request.method': 'GET',
        'url.full': 'https://shop.example.com/a?b=c',
        'http.response.status_code': 200,
        'sentry.replay_id': 'a'.repeat(32),
        'user.id': '7',
      },
    },
  ],
  ['a root with breadcrumbs', { events: [event] }],
  ['a late child', { parentSpanId: spanId(9), flags: 0x101 }],
]

const printed = suite('TransactionPrinter')

for (const [name, mapping] of [
  ['sentry', Mapping.sentry],
  ['collector', Mapping.collector],
] as const) {
  for (const [of, resource] of RESOURCES) {
    for (const [root, fields] of ROOTS) {
      printed(`${name}: ${root}, a resource ${of}: the bytes of its JSON`, () => {
        // Twice, since what is shared is printed once.
        const spans = [1, 2].flatMap((n) => [
          span({ resource, spanId: spanId(n), ...fields }),
          span({ resource, spanId: spanId(n + 2), parentSpanId: spanId(n), flags: 0x101 }),
        ])
        const { transactions } = assemble({ mapping })(spans)
        const { envelopes } = Pipeline.assemble({
          mapping,
          limits: Limits.gateway,
          errors: defaultErrorRules,
          encode: EventEnvelope.unaddressed,
        })([spans])
        assert.ok(transactions.length > 0)
        assert.equal(
          envelopes.map(({ items }) => items.map((item) => Utf8.decode(Item.joined(item).payload))),
          transactions.map((transaction) => [WellFormed.stringify(transaction)]),
        )
      })
    }
  }
}

printed.run()

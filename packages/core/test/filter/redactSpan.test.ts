import { resource, span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { redactor } from '../../src/filter/redact.ts'
import { redactSpan } from '../../src/filter/redactSpan.ts'
import * as Sensitive from '../../src/filter/Sensitive.ts'
import * as Url from '../../src/internal/text/Url.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import type { Attributes } from '../../src/model/Attributes.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { Span } from '../../src/model/Span.ts'
import { assemble } from '../../src/pipeline/assemble.ts'

const closed = redactSpan(redactor(Sensitive.defaults))
const open = redactSpan(redactor({ ...Sensitive.defaults, sendDefaultPii: true }))
const bare = redactSpan(redactor({ sendDefaultPii: true, scrub: false, scrubKeys: [] }))

const clean = suite('cleanSpan')

/** Attributes, the kind of the span, and the attributes that are sent without and with `sendDefaultPii`. */
const ROWS: ReadonlyArray<readonly [Attributes, Span['kind'], Attributes, Attributes | undefined]> =
  [
    [{ 'client.address': '10.0.0.1', 'http.client_ip': '10.0.0.1' }, 'SERVER', {}, undefined],
    [{ 'source.address': '10.0.0.1' }, 'SERVER', {}, undefined],
    [{ 'network.peer.address': '10.0.0.1' }, 'SERVER', {}, undefined],
    [{ 'net.sock.peer.addr': '10.0.0.1', 'net.peer.ip': '10.0.0.1' }, 'SERVER', {}, undefined],
    [
      { 'net.peer.name': 'pg', 'network.peer.address': '10.0.0.1' },
      'CLIENT',
      { 'net.peer.name': 'pg', 'network.peer.address': '10.0.0.1' },
      undefined,
    ],
    [{ 'user.id': '7', 'user.email': 'a@b', 'enduser.id': '7' }, 'SERVER', {}, undefined],
    [{ 'user_agent.original': 'x' }, 'SERVER', { 'user_agent.original': 'x' }, undefined],
    [{ 'sentry.user.id': '7' }, 'SERVER', {}, undefined],
    [{ 'http.request.header.accept': ['x'] }, 'SERVER', {}, undefined],
    [{ 'http.response.header.x': ['x'] }, 'SERVER', {}, undefined],
    [{ 'rpc.grpc.request.metadata.x': ['x'] }, 'SERVER', {}, undefined],
    [
      { 'http.request.header.cookie': 'a=b' },
      'SERVER',
      {},
      { 'http.request.header.cookie': '[Filtered]' },
    ],
    [{ 'http.request.body': 'x' }, 'SERVER', {}, undefined],
    [{ 'http.request.body.size': 7 }, 'SERVER', { 'http.request.body.size': 7 }, undefined],
    [
      { 'url.query': 'a=1&token=2', 'url.fragment': 'f' },
      'SERVER',
      {},
      { 'url.query': 'a=1&token=[Filtered]', 'url.fragment': 'f' },
    ],
    [
      { 'url.full': 'https://me:hush@h/a?api_key=1&b=2#c' },
      'CLIENT',
      { 'url.full': 'https://h/a' },
      { 'url.full': 'https://h/a?api_key=[Filtered]&b=2#c' },
    ],
    [{ 'http.target': '/a?b=1' }, 'SERVER', { 'http.target': '/a' }, undefined],
    [{ 'http.url': 'http://h/a?b=1' }, 'CLIENT', { 'http.url': 'http://h/a' }, undefined],
    [{ url: 'http://h/a?b=1' }, 'CLIENT', { url: 'http://h/a' }, undefined],
    [{ 'db.query.parameter.0': 'x', 'db.params': { a: 1 } }, 'CLIENT', {}, undefined],
    [{ 'db.query.text': 'SELECT 1' }, 'CLIENT', { 'db.query.text': 'SELECT 1' }, undefined],
    [{ 'gen_ai.input.messages': 'x', 'gen_ai.output.messages': 'x' }, 'CLIENT', {}, undefined],
    [
      { 'gen_ai.system_instructions': 'x', 'gen_ai.prompt.0.content': 'x' },
      'CLIENT',
      {},
      undefined,
    ],
    [
      { 'gen_ai.tool.call.arguments': 'x', 'gen_ai.tool.call.result': 'x' },
      'CLIENT',
      {},
      undefined,
    ],
    [{ 'gen_ai.tool.name': 'x' }, 'CLIENT', { 'gen_ai.tool.name': 'x' }, undefined],
    [{ 'ai.prompt.messages': 'x', 'ai.response.text': 'x' }, 'INTERNAL', {}, undefined],
    [
      { 'gen_ai.usage.input_tokens': 7, 'ai.usage.promptTokens': 7 },
      'CLIENT',
      { 'gen_ai.usage.input_tokens': 7, 'ai.usage.promptTokens': 7 },
      undefined,
    ],
    [{ 'process.command_line': 'x', 'process.command_args': ['x'] }, 'INTERNAL', {}, undefined],
    [
      { password: 'x', 'app.token': ['x'], pin: 7, token: 7, jwt: false },
      'INTERNAL',
      { password: '[Filtered]', 'app.token': '[Filtered]', pin: 7, token: 7, jwt: false },
      { password: '[Filtered]', 'app.token': '[Filtered]', pin: 7, token: 7, jwt: false },
    ],
    [
      { body: { user: 'x', list: [{ secret: 'x', a: 1 }] } },
      'INTERNAL',
      { body: { list: [{ secret: '[Filtered]', a: 1 }] } },
      { body: { user: 'x', list: [{ secret: '[Filtered]', a: 1 }] } },
    ],
  ]

for (const [attributes, kind, without, with_] of ROWS) {
  clean(`${JSON.stringify(attributes)} of kind ${kind}`, () => {
    const one = span({ attributes, kind })
    assert.equal(closed(one).attributes, without)
    assert.equal(open(one).attributes, with_ ?? attributes)
    if (with_ === undefined) assert.is(open(one), one)
    assert.equal(bare(one).attributes['password'], attributes['password'])
  })
}

clean('a span in which nothing is to be done stays the same object', () => {
  const one = span({ attributes: { a: 1, 'http.route': '/a', list: ['x'], map: { a: 1 } } })
  assert.is(closed(one), one)
})

clean('a resource stays one object for all of its spans', () => {
  const shared = resource('shop', { 'process.command_line': 'node --password=x' })
  const [first, second] = [span({ resource: shared }), span({ resource: shared })].map(closed)
  assert.is(first?.resource, second?.resource)
  assert.not.ok('process.command_line' in (first?.resource.attributes ?? {}))
})

clean('the text of a conversation is not in its events, nor secrets in events and links', () => {
  const event = { timeMicros: Micros.of(1), droppedAttributes: 0 }
  const { events, links } = closed(
    span({
      events: [
        { ...event, name: 'gen_ai.user.message', attributes: { content: 'hello', role: 'user' } },
        { ...event, name: 'login', attributes: { password: 'x', 'user.id': '7', ok: true } },
      ],
      links: [
        {
          traceId: traceId(2),
          spanId: spanId(2),
          traceState: '',
          attributes: { token: 'x' },
          flags: 1,
          droppedAttributes: 0,
        },
      ],
    }),
  )
  assert.equal(events[0]?.attributes, { role: 'user' })
  assert.equal(events[1]?.attributes, { password: '[Filtered]', ok: true })
  assert.equal(links[0]?.attributes, { token: '[Filtered]' })
})

clean('redacted values are nowhere in the output, with either mapping', () => {
  const attributes = Object.fromEntries(
    [
      'client.address',
      'user.id',
      'http.request.header.x',
      'gen_ai.input.messages',
      'db.query.parameter.a',
      'process.command_line',
      'password',
    ].map((key) => [key, 'hush']),
  )
  const one = span({
    kind: 'SERVER',
    attributes: { ...attributes, 'http.method': 'GET', 'http.url': 'http://me:hush@h/a?hush#hush' },
    resource: resource('shop', attributes),
    scope: { name: 'lib', version: '1', attributes: {} },
    events: [{ name: 'e', timeMicros: Micros.of(1), attributes, droppedAttributes: 0 }],
  })
  for (const mapping of [Mapping.sentry, Mapping.collector]) {
    assert.not.match(JSON.stringify(assemble({ mapping })([one])), 'hush')
  }
})

clean('a sender who makes up keys does not fill the memory', () => {
  const once = redactSpan(redactor(Sensitive.defaults))
  for (let i = 0; i < 20_000; i++) once(span({ attributes: { [`key ${i}`]: 'x', password: 'y' } }))
  assert.is(once(span({ attributes: { password: 'y' } })).attributes['password'], '[Filtered]')
})

clean.run()

const sanitize = suite('Url')

const URLS: ReadonlyArray<readonly [string, string]> = [
  ['https://u:p@h:443/a?b#c', 'https://h/a'],
  ['http://h:80', 'http://h'],
  ['http://h:8080/', 'http://h:8080/'],
  ['http://h/a@b', 'http://h/a@b'],
  ['//u:p@h/a', '//h/a'],
  ['u:p@h/a', 'h/a'],
  ['/a/b@c?d', '/a/b@c'],
  ['', ''],
  ['?', ''],
]

for (const [url, bare] of URLS) {
  sanitize(`sanitize(${JSON.stringify(url)}) is ${JSON.stringify(bare)}`, () => {
    assert.is(Url.sanitize(url), bare)
  })
}

sanitize('stays fast however long a name or an address is', () => {
  for (const long of [
    '/'.repeat(300_000),
    '?'.repeat(300_000),
    '@/?'.repeat(100_000),
    '://'.repeat(100_000),
  ]) {
    Url.cleanName(long)
    Url.sanitize(long)
    Url.filter(() => true, 'x')(long)
  }
})

sanitize.run()

/** Attributes of recorded traffic, in the shapes of OTLP JSON. Fixed: every change of them changes the hashes. */

// model

export type Value =
  | string
  | number
  | boolean
  | null
  | ReadonlyArray<Value>
  | { readonly [key: string]: Value }

export type Pairs = ReadonlyArray<readonly [string, Value]>

// constructors

/** Attributes that any span may get. */
export const EXTRAS: readonly [Pairs, ...ReadonlyArray<Pairs>] = [
  [['password', 'hush']],
  [
    ['x-api-key', 'abc'],
    ['card', '4111111111111111'],
    ['tenant_id', 't-9'],
  ],
  [
    ['process.command_line', 'node app.js --secret=1'],
    ['process.pid', 2 ** 31],
  ],
  [['large', 'x'.repeat(30_000)]],
  [['text', 'a\n"b"\\ \u0000 \u{1f600} \ud800']],
  [
    ['', 'nameless'],
    ['k'.repeat(300), 1],
  ],
  [
    ['list', [1, 'two', null, [true, 0.5]]],
    ['map', { a: { b: ['c'] }, __proto__: 1 }],
  ],
  [['deep', Array.from({ length: 40 }).reduce<Value>((inner) => [inner], 'end')]],
  [
    ['http.request.method', 'get'],
    ['http.route', 404],
  ],
  [
    ['sentry.replay_id', 'abc'],
    ['environment', 'none'],
    ['release', 'a/b\n'],
  ],
  [
    ['otel.status_code', 'ERROR'],
    ['otel.kind', 'x'],
    ['otel.scope.name', 'y'],
  ],
  [
    ['negative', -5],
    ['float', 1e-9],
    ['whole', 3],
  ],
  Array.from({ length: 120 }, (_, n) => [`key ${n}`, n] as const),
]

export const RESOURCES: readonly [Pairs, ...ReadonlyArray<Pairs>] = [
  [
    ['service.name', 'shop'],
    ['service.version', '1.4.2'],
    ['deployment.environment.name', 'staging'],
    ['telemetry.sdk.language', 'nodejs'],
    ['host.name', 'vm-1'],
    ['os.type', 'linux'],
    ['process.command_args', ['node', '--token=abc', 'app.js']],
  ],
  [
    ['service.name', 'orders'],
    ['service.namespace', 'eu'],
    ['service.version', '7'],
    ['deployment.environment', 'production'],
    ['telemetry.sdk.language', 'python'],
    ['k8s.pod.name', 'orders-1'],
    ['cloud.provider', 'aws'],
    ['cloud.region', 'eu-west-1'],
    ['sentry.dist', 'd1'],
  ],
  [
    ['service.name', 'stock'],
    ['telemetry.sdk.language', 'java'],
    ['sentry.release', 'stock@2'],
    ['sentry.environment', 'a b/c'],
    ['process.runtime.name', 'OpenJDK'],
    ['process.runtime.version', '21'],
  ],
  [
    ['telemetry.sdk.language', 'go'],
    ['host.arch', 'arm64'],
    ['device.id', 'x'.repeat(500)],
  ],
]

/** Type, message and stack of exceptions. */
export const EXCEPTIONS: readonly [Pairs, ...ReadonlyArray<Pairs>] = [
  [
    ['exception.type', 'TypeError'],
    ['exception.message', 'x is not a function'],
    [
      'exception.stacktrace',
      'TypeError: x is not a function\n    at load (/srv/shop/app.js:10:5)\n    at async node:internal/main:2:1\n    at /srv/shop/node_modules/a/b.js:1:1',
    ],
  ],
  [
    ['exception.type', 'ValueError'],
    ['exception.message', 'bad\nvalue'],
    [
      'exception.stacktrace',
      'Traceback (most recent call last):\n  File "/app/a.py", line 3, in run\n    go()\n  File "/usr/lib/python3/site-packages/b.py", line 9, in go\n    raise ValueError()\nValueError: bad\nvalue\n',
    ],
  ],
  [
    ['exception.type', 'java.lang.IllegalStateException'],
    ['exception.message', 'closed'],
    [
      'exception.stacktrace',
      'java.lang.IllegalStateException: closed\n\tat shop.Stock.get(Stock.java:7)\n\tat java.base/java.lang.Thread.run(Thread.java:1)\nCaused by: java.io.IOException: gone\n\tat shop.Net.read(Net.java:3)\n\t... 1 more',
    ],
    ['exception.escaped', true],
  ],
  [
    ['exception.type', '*errors.errorString'],
    ['exception.message', 'no rows'],
    [
      'exception.stacktrace',
      'goroutine 1 [running]:\nmain.run(0x1)\n\t/app/main.go:12 +0x1f\nmain.main()\n\t/app/main.go:5 +0x1\n',
    ],
  ],
  [
    ['exception.type', 'AbortError'],
    ['exception.message', 'stopped'],
  ],
  [
    ['exception.message', 'only a message'],
    ['exception.escaped', 'true'],
    ['note', 'n'],
  ],
  [
    ['exception.type', 'Odd'],
    ['exception.stacktrace', 'no stack of any language\nat all'],
  ],
]

// encoding

/** A list of attributes in OTLP JSON. */
export const encode = (pairs: Pairs): ReadonlyArray<unknown> =>
  pairs.map(([key, value]) => ({ key, value: encodeValue(value) }))

const encodeValue = (value: Value): unknown => {
  if (value === null) return {}
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  }
  if (isList(value)) return { arrayValue: { values: value.map(encodeValue) } }
  return { kvlistValue: { values: encode(Object.entries(value)) } }
}

// A type guard of the language's own does not distinguish a read-only list from a record.
const isList = (value: Value): value is ReadonlyArray<Value> => Array.isArray(value)

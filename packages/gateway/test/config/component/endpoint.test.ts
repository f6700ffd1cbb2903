import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../../src/config/component/endpoint.ts'
import type { Endpoint } from '../../../src/config/ReceiverConfig.ts'

const tcp = (host: string, port: number): Endpoint => ({ _tag: 'Tcp', host, port })

const CASES: ReadonlyArray<readonly [string, Endpoint | undefined]> = [
  ['127.0.0.1:4318', tcp('127.0.0.1', 4318)],
  ['localhost:0', tcp('localhost', 0)],
  [':4317', tcp('0.0.0.0', 4317)],
  ['0.0.0.0:4317', tcp('0.0.0.0', 4317)],
  ['[::1]:4317', tcp('::1', 4317)],
  ['[::]:4317', tcp('::', 4317)],
  ['otel-gateway.svc:65535', tcp('otel-gateway.svc', 65_535)],
  ['unix:///run/otlp.sock', { _tag: 'Unix', path: '/run/otlp.sock' }],
  ['unix:/run/otlp.sock', { _tag: 'Unix', path: '/run/otlp.sock' }],
  ['4318', undefined],
  ['127.0.0.1', undefined],
  ['127.0.0.1:', undefined],
  ['127.0.0.1:65536', undefined],
  ['127.0.0.1:x', undefined],
  ['::1:4317', undefined],
  ['http://127.0.0.1:4318', undefined],
  ['127.0.0.1:4318/v1', undefined],
  ['a b:1', undefined],
  ['', undefined],
]

const endpoint = suite('parseEndpoint')

endpoint('reads addresses of the Collector', () => {
  for (const [text, address] of CASES) assert.equal(_.parseEndpoint(text), address, text)
})

endpoint('reads again the address that showEndpoint prints', () => {
  for (const [, address] of CASES) {
    if (address !== undefined) assert.equal(_.parseEndpoint(_.showEndpoint(address)), address)
  }
})

endpoint.run()

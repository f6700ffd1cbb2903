import * as Resource from '@sentry-exporter/core/Resource'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/Routing.ts'

const dsn = (text: string): Dsn.Dsn => {
  const parsed = Dsn.parse(text)
  if (parsed._tag === 'Left') throw new Error('a bad DSN in a test')
  return parsed.right
}

const MAIN = dsn('https://main@sentry.example.com/1')
const BILLING = dsn('https://billing@sentry.example.com/2')
const ELSEWHERE = dsn('https://other@elsewhere.example.com/3')

const routes = [
  { match: [['service.name', 'billing'] as const, ['live', true] as const], dsn: BILLING },
  { match: [['service.name', 'billing'] as const], dsn: ELSEWHERE },
]

const dsnFor = suite('Routing.dsnFor')

dsnFor('gives the DSN of the first route whose attributes all match', () => {
  const of = (attributes: Resource.Resource['attributes']): Dsn.Dsn | undefined =>
    _.dsnFor(routes)(Resource.of(attributes))
  assert.is(of({ 'service.name': 'billing', live: true }), BILLING)
  assert.is(of({ 'service.name': 'billing', live: 'true' }), ELSEWHERE)
  assert.is(of({ 'service.name': 'shop', live: true }), undefined)
})

dsnFor.run()

const dsnsOf = suite('Routing.dsnsOf')

dsnsOf('begins with the main DSN', () => {
  assert.equal(_.dsnsOf(MAIN, routes), [MAIN, BILLING, ELSEWHERE])
})

dsnsOf.run()

const headOf = suite('Routing.headOf')

headOf('is the main DSN for every project of its server', () => {
  assert.is(_.headOf(MAIN, BILLING), MAIN)
  assert.is(_.headOf(MAIN, ELSEWHERE), ELSEWHERE)
})

headOf.run()

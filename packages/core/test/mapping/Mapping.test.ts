import { resource, span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Resource from '../../src/model/Resource.ts'

const force = suite('Mapping.forceEnvironment')

force('wins over every resource, where a default only fills in', () => {
  const named = Resource.of({ 'deployment.environment.name': 'staging' })
  assert.is(Mapping.forceEnvironment('prod')(Mapping.sentry).environment(named), 'prod')
  assert.is(Mapping.defaultEnvironment('prod')(Mapping.sentry).environment(named), 'staging')
  assert.is(Mapping.defaultEnvironment('prod')(Mapping.sentry).environment(Resource.of({})), 'prod')
})

force.run()

const withRelease = suite('Mapping.withRelease')

withRelease('makes the release from the template', () => {
  const mapping = Mapping.withRelease('{service.name}-1')(Mapping.sentry)
  assert.is(mapping.release(resource('shop')), 'shop-1')
})

withRelease.run()

const with4xxOk = suite('Mapping.with4xxOk')

with4xxOk('makes responses of 400 to 499 ok, with the default mapping only', () => {
  const notFound = span({ attributes: { 'http.status_code': 404 } })
  assert.is(Mapping.sentry.status(notFound), 'not_found')
  assert.is(Mapping.with4xxOk(Mapping.sentry).status(notFound), 'ok')
  assert.is(Mapping.with4xxOk(Mapping.collector), Mapping.collector)
})

with4xxOk.run()

import { resource } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Release from '../../src/mapping/Release.ts'
import * as Resource from '../../src/model/Resource.ts'

const release = suite('Release.of')

release('joins the name and the version of the service', () => {
  assert.is(Release.of(resource('shop', { 'service.version': '1.4.2' })), 'shop@1.4.2')
  assert.is(Release.of(Resource.of({ 'service.version': '1.4.2' })), '1.4.2')
})

release('is undefined without a version', () => {
  assert.is(Release.of(Resource.of({ 'service.name': 'shop' })), undefined)
})

release('takes an explicit release, and repairs characters that the server would refuse', () => {
  assert.is(Release.of(resource('shop', { 'sentry.release': 'own' })), 'own')
  assert.is(Release.repair('a/b\\c\td\u0000'), 'a-b-c-d-')
  assert.is(Release.repair('..'), undefined)
  assert.is(Release.repair('x'.repeat(300))?.length, 200)
  assert.is(Release.repair('ä'.repeat(150)), 'ä'.repeat(100))
  assert.is(Release.repair(' 1.0\n'), '1.0')
  for (const refused of ['latest', 'Latest', '.', '', ' \n']) {
    assert.is(Release.repair(refused), undefined)
  }
})

release('follows a template, and is undefined where an attribute is missing', () => {
  const of = Release.fromTemplate('{service.namespace}/{service.name}@{service.version}')
  assert.is(of(resource('shop', { 'service.namespace': 'web' })), 'web/shop@1.0.0')
  assert.is(of(resource('shop')), undefined)
  assert.is(of(resource('shop', { 'service.namespace': '' })), undefined)
  assert.is(of(resource('shop', { 'sentry.release': 'own' })), 'own')
  assert.is(Release.fromTemplate('shop@7')(Resource.of({})), 'shop@7')
})

release('is made of trimmed parts; a blank one is missing', () => {
  const shop = (version: string): string | undefined =>
    Release.of(resource('shop', { 'service.version': version }))
  assert.is(shop(' 1.0\n'), 'shop@1.0')
  assert.is(shop('\ufeff1.0'), 'shop@1.0')
  for (const blank of ['', '   ', '\t\n', '\u00a0']) assert.is(shop(blank), undefined)
  assert.is(Release.of(resource('shop', { 'sentry.release': ' ' })), 'shop@1.0.0')
})

release.run()

import * as Resource from '@sentry-exporter/core/Resource'
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/ProjectSlug.ts'

const of = suite('ProjectSlug.of')

for (const [text, slug] of [
  ['Orders Service', 'orders-service'],
  ['../x', 'x'],
  ['OrdersService', 'ordersservice'],
  ['orders.api/v2?x=1#y', 'orders-api-v2-x-1-y'],
  ['  --a__b--  ', 'a__b'],
  ['Café', 'cafe'],
  ['42', 'project-42'],
  ['Settings', 'settings'],
  ['unknown_service:node', 'unknown_service-node'],
  [`${'x'.repeat(49)} y`, 'x'.repeat(49)],
  ['日本', undefined],
  ['', undefined],
] as const) {
  of(`makes ${slug} of ${JSON.stringify(text)}`, () => {
    assert.is(_.of(text), slug)
  })
}

of('makes a slug of any text, and keeps it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      const slug = _.of(text)
      if (slug === undefined) return
      assert.ok(_.is(slug))
      assert.is(_.of(slug), slug)
    }),
  )
})

of.run()

const projectOf = suite('ProjectSlug.projectOf')

const name = (value: string | number | undefined): _.NamedProject | undefined =>
  _.projectOf({
    attribute: 'service.name',
    slugs: [
      ['api-*', 'api'],
      ['api-legacy', 'legacy'],
      ['a\\*', 'star'],
    ],
  })(Resource.of(value === undefined ? {} : { 'service.name': value }))

projectOf('prefers an exact value, then one with wildcards, then the value itself', () => {
  assert.equal(name('api-legacy'), { slug: 'legacy', name: 'api-legacy' })
  assert.is(name('api-eu')?.slug, 'api')
  assert.is(name('a*')?.slug, 'star')
  assert.is(name('shop_1')?.slug, 'shop_1')
  assert.equal(name('billing'), { slug: 'billing', name: 'billing (project)' })
  assert.equal(name(' Orders Service '), { slug: 'orders-service', name: 'Orders Service' })
})

projectOf('is undefined without a text of which a slug can be made', () => {
  assert.equal([undefined, 7, '', '  ', '日本'].map(name), Array(5).fill(undefined))
})

projectOf.run()

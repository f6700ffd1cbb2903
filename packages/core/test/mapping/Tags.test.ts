import { resource } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Tags from '../../src/mapping/Tags.ts'

const tags = suite('Tags.of')

tags('takes only attributes on the list', () => {
  const tagged = Tags.of(
    resource('shop', {
      'service.namespace': 'web',
      'k8s.pod.name': 'shop-1',
      'cloud.region': 'eu-west-1',
      'process.command_line': 'node --secret=1',
      'host.name': 'vm',
      'k8s.pod.uid': 'x',
    }),
  )
  assert.equal(tagged, {
    'service.name': 'shop',
    'service.namespace': 'web',
    'k8s.pod.name': 'shop-1',
    'cloud.region': 'eu-west-1',
  })
})

tags('cuts long values and makes them one line, so that the server keeps them', () => {
  const tagged = Tags.of(resource(`a\nb${'x'.repeat(300)}`))
  assert.is(tagged['service.name']?.length, 200)
  assert.ok(tagged['service.name']?.startsWith('a bx'))
})

tags.run()

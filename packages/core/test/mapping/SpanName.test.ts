import { span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/mapping/SpanName.ts'

const of = suite('SpanName.of')

of('is the name on one line, without queries and credentials', () => {
  assert.is(_.of(span({ name: 'work' })), 'work')
  assert.is(_.of(span({ name: 'GET\nhttp://me:x@h/a?b=1' })), 'GET http://h/a')
})

of('is the operation of a span without a name, else a fixed text', () => {
  assert.is(_.of(span({ name: ' ', attributes: { 'rpc.service': 'a' } })), 'rpc')
  assert.is(_.of(span({ name: '' })), '<unlabeled transaction>')
})

of.run()

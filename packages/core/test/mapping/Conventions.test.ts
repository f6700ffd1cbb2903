import { span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/mapping/Conventions.ts'
import type { AttributeValue } from '../../src/model/Attributes.ts'

const facts = suite('Conventions')

const attribute = (key: string, value: AttributeValue) => span({ attributes: { [key]: value } })

facts('read both generations, the stable one first', () => {
  for (const fact of [_.dbSystem, _.dbQueryText, _.dbOperation, _.messagingOperation]) {
    const [stable = '', older = ''] = fact.reads ?? []
    assert.is(fact(attribute(older, 'old')), 'old')
    assert.is(fact(span({ attributes: { [older]: 'old', [stable]: 'new' } })), 'new')
    assert.is(fact(span()), undefined)
  }
})

facts('give a method outside of the conventions as it was sent', () => {
  const attributes = {
    'http.request.method': '_OTHER',
    'http.request.method_original': 'BREW',
  }
  assert.is(_.httpMethod(span({ attributes })), 'BREW')
  assert.is(_.httpMethod(attribute('http.method', '_OTHER')), '_OTHER')
})

facts('give addresses without query and credentials', () => {
  assert.is(_.urlFull(attribute('http.url', 'https://me:x@h:443/a?b')), 'https://h/a')
  assert.is(_.urlPath(attribute('http.target', '/a?b')), '/a')
})

facts('give status codes as numbers, gRPC codes also by name', () => {
  assert.is(_.httpStatus(attribute('http.status_code', '404')), 404)
  assert.is(_.httpStatus(attribute('http.status_code', 'many')), undefined)
  assert.is(_.rpcStatus(attribute('rpc.grpc.status_code', 5)), 5)
  assert.is(_.rpcStatus(attribute('rpc.response.status_code', 'NOT_FOUND')), 'NOT_FOUND')
})

facts('give the GraphQL operations of one text or a list', () => {
  assert.equal(_.graphqlOperations(attribute('sentry.graphql.operation', 'query A')), ['query A'])
  assert.equal(_.graphqlOperations(attribute('sentry.graphql.operation', ['a', 7])), ['a'])
  assert.equal(_.graphqlOperations(span()), [])
})

facts.run()

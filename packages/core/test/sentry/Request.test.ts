import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/sentry/Request.ts'

const ofData = suite('Request.ofData')

const server = { 'otel.kind': 'SERVER', 'http.request.method': 'GET' }

ofData('is undefined for data of any other span', () => {
  assert.is(_.ofData({ 'http.request.method': 'GET', 'otel.kind': 'CLIENT' }), undefined)
  assert.is(_.ofData({ 'otel.kind': 'SERVER' }), undefined)
})

ofData('takes the URL as recorded, or assembles it', () => {
  assert.is(_.ofData({ ...server, 'url.full': 'https://h.example/a' })?.url, 'https://h.example/a')
  const parts = { 'url.scheme': 'https', 'server.address': 'shop.example', 'url.path': '/a' }
  assert.is(_.ofData({ ...server, ...parts })?.url, 'https://shop.example/a')
  assert.is(
    _.ofData({ ...server, ...parts, 'server.port': 8443 })?.url,
    'https://shop.example:8443/a',
  )
  assert.is(_.ofData({ ...server, ...parts, 'server.port': 443 })?.url, 'https://shop.example/a')
})

ofData('leaves out a URL that strict readers refuse', () => {
  for (const url of ['/a', 'ftp://h/a', 'http://999.1.1.1/', 'http://h:99999/']) {
    assert.is(_.ofData({ ...server, 'url.full': url })?.url, undefined)
  }
})

ofData('has the recorded headers, with cookies apart', () => {
  const made = _.ofData({
    ...server,
    'http.request.header.Accept_Language': ['de', 'en'],
    'http.request.header.cookie': 'a=b',
    'user_agent.original': 'x/1',
    'url.query': 'a=1',
  })
  assert.equal(made?.headers, { 'user-agent': 'x/1', 'accept-language': 'de, en' })
  assert.is(made?.cookies, 'a=b')
  assert.is(made?.query_string, 'a=1')
})

ofData.run()

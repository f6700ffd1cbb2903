import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as _ from '../../src/monitor/Page.ts'

const LOCAL = { _tag: 'Tcp', host: '127.0.0.1', port: 0 } as const

const serve = suite('Page.serve')

serve('answers GET and HEAD, and refuses everything else', async () => {
  const pages: _.Pages = new Map<string, () => _.PageAnswer | Promise<_.PageAnswer>>([
    ['/a', () => ({ status: 200, contentType: 'text/plain', body: 'yes' })],
    ['/broken', () => Promise.reject(new Error('secret'))],
  ])
  const served = await _.serve({ endpoint: LOCAL, pages })
  if (E.isLeft(served) || served.right.address._tag === 'Unix') return assert.unreachable()
  const { address, close } = served.right
  const ask = (path: string, method = 'GET'): Promise<Response> =>
    fetch(`http://127.0.0.1:${address.port}${path}`, { method })
  const found = await ask('/a?b=1')
  assert.equal([found.status, await found.text()], [200, 'yes'])
  const head = await ask('/a', 'HEAD')
  assert.equal([head.status, await head.text()], [200, ''])
  const posted = await ask('/a', 'POST')
  assert.equal([posted.status, posted.headers.get('allow')], [405, 'GET, HEAD'])
  assert.is((await ask('/b')).status, 404)
  const broken = await ask('/broken')
  assert.is(broken.status, 500)
  assert.not.match(await broken.text(), 'secret')
  const second = await _.serve({ endpoint: address, pages: new Map() })
  assert.ok(E.isLeft(second) && second.left._tag === 'AddressInUse')
  await close()
})

serve.run()

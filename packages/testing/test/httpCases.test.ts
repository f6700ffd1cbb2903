import { nodeHttp } from '@sentry-exporter/transport-node'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/httpCases.ts'
import * as ContractServer from '../src/node/ContractServer.ts'
import { answering, make } from '../src/recordingHttp.ts'

const ADDRESS = { control: 'http://127.0.0.1:9' }

const httpCases = suite('httpCases')

httpCases('use one server at the same time, and are kept by nodeHttp', async () => {
  const server = await ContractServer.open()
  try {
    const results = await Promise.all(_.httpCases(nodeHttp, server.address).map(_.judge))
    assert.equal(
      results.filter(({ _tag }) => _tag !== 'Passed'),
      [],
    )
    assert.ok(results.length > 15)
  } finally {
    await server.close()
  }
})

httpCases('name those that a platform cannot pass; with TLS there are more', () => {
  const unable = { headers: 'it sends none', 'tls-errors': 'it hides them' }
  const named = (address: _.ContractAddress) =>
    _.httpCases(nodeHttp, address, unable).flatMap(({ title, doesNotApply }) =>
      doesNotApply === undefined ? [] : [[title, doesNotApply]],
    )
  assert.equal(named(ADDRESS), [['sends the given headers', 'it sends none']])
  assert.equal(named({ ...ADDRESS, secure: 'https://127.0.0.1:9' }), [
    ['sends the given headers', 'it sends none'],
    ['reports an untrusted certificate as such', 'it hides them'],
  ])
})

httpCases.run()

const judge = suite('judge')

const passes = async (): Promise<void> => undefined
const fails = async (): Promise<void> => {
  throw new Error('odd')
}

judge('runs a case that does not apply too: it has to fail', async () => {
  const failed = { _tag: 'Failed', message: 'Error: odd' }
  assert.equal(await _.judge({ title: 'a', run: passes }), { _tag: 'Passed' })
  assert.equal(await _.judge({ title: 'a', run: fails }), failed)
  assert.equal(await _.judge({ title: 'a', run: fails, doesNotApply: 'why' }), {
    _tag: 'DoesNotApply',
    reason: 'why',
  })
  assert.equal(await _.judge({ title: 'a', run: passes, doesNotApply: 'why' }), {
    _tag: 'Failed',
    message: 'passed, although it should not apply: why',
  })
})

judge('reports a server that is not there as a failure', async () => {
  const [first] = _.httpCases(() => make(() => answering(200)).http, ADDRESS)
  assert.is(first && (await _.judge(first))._tag, 'Failed')
})

judge.run()

import { nodeHttp } from '@sentry-exporter/transport-node'
import { selfSigned } from '@sentry-exporter/workspace/selfSigned'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { httpContract, type MakeHttp } from '../../src/node/httpContract.ts'
import { answering, make } from '../../src/recordingHttp.ts'

const contract = suite('httpContract')

/** The titles of the cases that an implementation passes. */
const passed = async (http: MakeHttp): Promise<ReadonlyArray<string>> => {
  const cases = httpContract(http, { certificate: selfSigned() })
  const titles = cases.map(({ title, run }) =>
    run().then(
      () => [title],
      () => [],
    ),
  )
  return (await Promise.all(titles)).flat()
}

contract('is kept by nodeHttp', async () => {
  const all = httpContract(nodeHttp, { certificate: selfSigned() })
  assert.equal(
    await passed(nodeHttp),
    all.map(({ title }) => title),
  )
})

contract('is broken, in each of its cases, by an Http that sends nothing', async () => {
  assert.equal(await passed(() => make(() => answering(200)).http), [])
})

contract.run()

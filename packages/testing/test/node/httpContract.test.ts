import { nodeHttp } from '@sentry-exporter/transport-node'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { httpContract, type MakeHttp } from '../../src/node/httpContract.ts'
import { answering, make } from '../../src/recordingHttp.ts'

const contract = suite('httpContract')

/** The titles of the cases that an implementation fails. */
const failures = async (http: MakeHttp): Promise<ReadonlyArray<string>> => {
  const failed: Array<string> = []
  for (const { title, run } of httpContract(http)) await run().catch(() => failed.push(title))
  return failed
}

contract('is kept by nodeHttp', async () => {
  assert.equal(await failures(nodeHttp), [])
})

contract('is broken by an Http that sends nothing', async () => {
  assert.equal(await failures(() => make(() => answering(200)).http), [
    'posts the exact bytes with the given headers to the exact path',
    'sends a large body whole, compressed or not',
    'takes a bad status as an answer, with its headers in any case',
    'follows no redirect: credentials go only where the DSN points',
    'reports a connection that breaks before the answer',
    'gives up on a server that never answers',
    'ends a request whose signal aborts, and frees its connection for the next one',
    'reports a refused connection',
  ])
})

contract.run()

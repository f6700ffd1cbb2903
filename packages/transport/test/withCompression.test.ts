import { gunzipSync, gzipSync } from 'node:zlib'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { withCompression as _ } from '../src/withCompression.ts'

const gzip = async (body: Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
  Uint8Array.from(gzipSync(body))

const send = async (
  body: Uint8Array<ArrayBuffer>,
  options: Parameters<typeof _>[0],
): Promise<recordingHttp.RecordingHttp['requests'][number] | undefined> => {
  const { http, requests } = recordingHttp.make(() => recordingHttp.answering(200))
  await _(options)(http)({ url: 'http://host/', headers: { 'x-test': 'yes' }, body })()
  assert.is(requests.length, 1)
  return requests[0]
}

const withCompression = suite('withCompression')

withCompression('law: the body arrives unchanged, compressed above a size if it shrinks', () =>
  fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(300), async (bytes, fromBytes) => {
      const body = Uint8Array.from(bytes)
      const sent = await send(body, { fromBytes, gzip })
      const isCompressed = sent?.headers['content-encoding'] === 'gzip'
      const shrinks = gzipSync(body).length < body.length
      assert.is(isCompressed, body.length >= fromBytes && shrinks)
      const arrived = sent?.body ?? new Uint8Array()
      assert.equal(isCompressed ? Uint8Array.from(gunzipSync(arrived)) : arrived, body)
      assert.is(sent?.headers['x-test'], 'yes')
    }),
    { numRuns: 200 },
  ),
)

withCompression('sends a body that cannot be compressed as it is', async () => {
  const sent = await send(new Uint8Array(100), {
    fromBytes: 0,
    gzip: () => Promise.reject(new Error('no')),
  })
  assert.is(sent?.body.length, 100)
  assert.is(sent?.headers['content-encoding'], undefined)
})

withCompression.run()

import { runReceiverFuzz } from '@sentry-exporter/workspace/runReceiverFuzz'
import * as Target from '@sentry-exporter/workspace/Target'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const hostile = suite('receivers: hostile senders')

hostile('are ended or answered, while a valid sender is served', async () => {
  const target = await Target.open({ readTimeoutMillis: 3_000 })
  const report = await runReceiverFuzz(target, {
    seed: 17,
    requests: 500,
    calls: 200,
    bombBytes: 64 * 1024 * 1024,
    idleConnections: 50,
    slowConnections: 10,
    halfClosedConnections: 20,
    wrongTokens: 20,
  })
  assert.is(report.served > 0, true)
  assert.is((report.statuses['200'] ?? 0) > 25, true)
  await target.close()
})

hostile.run()

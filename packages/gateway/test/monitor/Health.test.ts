import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/monitor/Health.ts'
import type { PageAnswer } from '../../src/monitor/Page.ts'

const UP: _.HealthState = { isEnding: false, stalled: [], startMillis: 0, nowMillis: 1_500 }

const CHECK = { path: '/', healthyBody: undefined, unhealthyBody: undefined }

const ask = async (
  path: string,
  state: Partial<_.HealthState>,
  check: Parameters<typeof _.pages>[0] = CHECK,
): Promise<PageAnswer | undefined> => _.pages(check, () => ({ ...UP, ...state })).get(path)?.()

const pages = suite('Health.pages')

const STATES: ReadonlyArray<
  readonly [title: string, Partial<_.HealthState>, alive: number, ready: number]
> = [
  ['it runs', {}, 200, 200],
  ['a queue is full and Sentry does not answer', { stalled: ['sentry'] }, 200, 503],
  ['it ends', { isEnding: true }, 503, 503],
]

for (const [title, state, alive, ready] of STATES) {
  pages(`shows that ${title}`, async () => {
    const statuses = ['/', '/healthz', '/readyz'].map(
      async (path) => (await ask(path, state))?.status,
    )
    assert.equal(await Promise.all(statuses), [alive, alive, ready])
  })
}

pages('has the fields of the Collector', async () => {
  const body = JSON.parse((await ask('/', {}))?.body ?? '')
  assert.equal(body, {
    status: 'Server available',
    upSince: '1970-01-01T00:00:00.000Z',
    uptime: '1.500s',
  })
})

pages('has the path and the bodies of the configuration', async () => {
  const check = { path: '/health', healthyBody: 'fine', unhealthyBody: 'bad' }
  assert.is((await ask('/health', {}, check))?.body, 'fine')
  assert.is((await ask('/health', { isEnding: true }, check))?.body, 'bad')
  assert.is(await ask('/', {}, check), undefined)
})

pages.run()

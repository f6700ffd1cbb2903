import * as Batch from '@sentry-exporter/core/Batch'
import * as Config from '@sentry-exporter/exporter/Config'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as Browser from '@sentry-exporter/workspace/Browser'
import * as Recorded from '@sentry-exporter/workspace/Recorded'
import * as Spotlight from '@sentry-exporter/workspace/Spotlight'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as Sink from '../src/Sink.ts'

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error('bad input in a test')
  return either.right
}

const recorded = (): Batch.Batch =>
  Batch.concatAll(
    Recorded.all
      .filter(({ name }) => name === 'shop-new-json')
      .flatMap(Recorded.bodies)
      .map((body) => right(ExportTraceRequest.parse(body))),
  )

const post = async (sink: Sink.Sink, body: string | Uint8Array): Promise<void> => {
  const { status } = await fetch(`${sink.url}api/1/envelope/`, {
    method: 'POST',
    headers: { 'x-sentry-auth': `sentry_key=${new URL(sink.dsn).username}` },
    body: Uint8Array.from(Buffer.from(body)),
  })
  assert.is(status, 200)
}

/** A browser on a sink that got these spans a minute after they ended. */
const withViewer = async (
  batch: Batch.Batch,
  size: { readonly width: number; readonly height: number },
  run: (look: Browser.Look, sink: Sink.Sink) => Promise<void>,
): Promise<void> => {
  const sink = await Sink.open({
    port: 0,
    onEnvelope: () => undefined,
    page: () => 'no viewer',
    viewer: Sink.installedViewer(),
  })
  try {
    assert.ok(sink.hasViewer)
    const { assembled } = Pipeline.ofBatch(right(Config.decode({ dsn: sink.dsn })))(batch)
    for (const { bytes } of assembled.envelopes) await post(sink, bytes)
    const last = batch.spans.reduce((latest, { endMicros: end }) => Math.max(latest, end), 0)
    const nowMillis = Math.round(last / 1000) + 60_000
    await Browser.look({ ...size, url: sink.url, nowMillis }, (look) => run(look, sink))
  } finally {
    await sink.close()
  }
}

const viewer = suite('the viewer in a browser')
const inBrowser = Browser.isAvailable ? viewer : viewer.skip

inBrowser('shows a trace of two services as one waterfall, and the error that belongs to it', () =>
  withViewer(recorded(), { width: 1400, height: 860 }, async ({ page, strangers }) => {
    await Spotlight.openTrace(page, /POST\s*\/api\/orders.*internal_error/s)
    await Spotlight.unfold(page)
    assert.is(await Spotlight.roots(page).count(), 1)
    assert.is(await Spotlight.spans(page).count(), await Spotlight.spanCount(page))
    const lines = (await Spotlight.spans(page).allInnerTexts()).join('\n')
    assert.match(lines, 'POST /api/orders')
    assert.match(lines, 'INSERT INTO orders')
    await Spotlight.openErrorsOfTrace(page)
    const errors = (await Spotlight.errors(page).allInnerTexts()).join('\n')
    assert.match(errors, 'could not store the order')
    await Spotlight.scrollToTrace(page)
    const png = await Browser.picture(page, 'viewer')
    assert.ok(png.length > 40_000 && png.length < 300_000, `a picture of ${png.length} bytes`)
    assert.equal(strangers, [], 'nothing is asked of any other server')
  }),
)

inBrowser('shows a trace of thousands of spans as one tree', () =>
  withViewer(recorded(), { width: 1400, height: 860 }, async ({ page }) => {
    await Spotlight.openTrace(page, /GET\s*\/api\/report/)
    await Spotlight.unfold(page)
    assert.is(await Spotlight.roots(page).count(), 1)
    const shown = await Spotlight.spanCount(page)
    assert.ok(shown >= 2414, `${shown} spans are shown`)
    assert.is(await Spotlight.spans(page).count(), shown)
    assert.match((await Spotlight.roots(page).allInnerTexts()).join(), 'GET /reports/n-plus-one')
    await Browser.picture(page, 'report-trace')
  }),
)

inBrowser('shows an error that arrives while a page is open, and its frames', () =>
  withViewer(Batch.empty, { width: 1200, height: 700 }, async ({ page }, sink) => {
    await page.locator('a[href$="/errors"]').click()
    const frame = (filename: string, lineno: number): unknown => ({
      function: 'reserve',
      filename,
      lineno,
      in_app: true,
    })
    const frames = [frame('router.js', 5), frame('stock.js', 41)]
    const event = {
      event_id: '9ec79c33ec9942ab8353589fcb2e04dc',
      timestamp: 1,
      platform: 'node',
      exception: { values: [{ type: 'OutOfStock', value: 'no tea', stacktrace: { frames } }] },
    }
    await post(sink, `{}\n{"type":"event"}\n${JSON.stringify(event)}\n`)
    await Spotlight.openError(page, /no tea/)
    const shown = await Spotlight.frames(page).allInnerTexts()
    assert.is(shown.length, 2)
    assert.match(shown[0] ?? '', 'stock.js in reserve at line 41')
  }),
)

inBrowser('shows the frames of a recorded error, and each recorded error once', () =>
  withViewer(recorded(), { width: 1400, height: 860 }, async ({ page }) => {
    await page.locator('a[href$="/errors"]').first().click()
    // They arrive one after the other.
    await Spotlight.errors(page).nth(4).waitFor()
    assert.is(await Spotlight.errors(page).count(), 5)
    await Spotlight.openError(page, /order 999 not found/)
    const shown = await Spotlight.frames(page).allInnerTexts()
    assert.is(shown.length, 2)
    assert.match(shown.join('\n'), /orders\.cjs.*line 11/s)
    await Browser.picture(page, 'error')
  }),
)

viewer.run()

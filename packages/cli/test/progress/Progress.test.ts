import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/progress/Progress.ts'

/** Shows a state at each of these times, and gives everything that was printed. */
const shownAt = async (
  times: ReadonlyArray<number>,
  columns: number | undefined,
): Promise<ReadonlyArray<string>> => {
  const clock = FakeClock.make()
  const printed: Array<string> = []
  const progress = _.make({
    clock,
    terminalColumns: () => columns,
    stderr: (text) => printed.push(text),
  })
  let now = 0
  for (const time of times) {
    await clock.advance(time - now)
    now = time
    progress.show(_.reading('read', { done: time, total: 20_000 }))
  }
  progress.print('a message\n')
  progress.clear()
  return printed
}

const progress = suite('Progress')

progress(
  'draws one line again on a terminal, at most ten times a second, and not for short work',
  async () => {
    const printed = await shownAt([100, 400, 600, 650, 690, 710], 40)
    assert.equal(printed, [
      '\r\u001b[Kread   3 %  0.0 of 0.0 MB  0:16 left',
      '\r\u001b[Kread   3 %  0.0 of 0.0 MB  0:17 left',
      '\r\u001b[K',
      'a message\n',
    ])
  },
)

progress('prints a line every five seconds elsewhere', async () => {
  const printed = await shownAt([0, 1_000, 4_900, 5_100, 9_000, 10_200], undefined)
  assert.equal(printed, [
    'read: 25 %, 0.0 of 0.0 MB, 0:15 left\n',
    'read: 51 %, 0.0 of 0.0 MB, 0:10 left\n',
    'a message\n',
  ])
})

progress('shows nothing of work that is short, and of a quiet one', async () => {
  assert.equal(await shownAt([0, 100, 300], 40), ['a message\n'])
  const printed: Array<string> = []
  const quiet = _.quiet({ stderr: (text) => printed.push(text) })
  quiet.show(_.assembling(5))
  quiet.print('a message\n')
  quiet.clear()
  assert.equal(printed, ['a message\n'])
})

progress.run()

/** A rolling restart of two `serve` processes behind a splitter by trace id. */
import type { Campaign } from '../Campaign.ts'
import { startProcess } from './Replica.ts'
import { rollingRestartRun } from './rollingRestartRun.ts'

const PLAN = { start: startProcess, senders: 16, pauseMillis: 5_000 }

export const rollingRestart: Campaign = {
  name: 'rolling-restart',
  description: 'two replicas behind a splitter by trace id are restarted while spans arrive',
  run: async () => {
    const sinkAnswers = await rollingRestartRun({
      ...PLAN,
      shutdownMillis: 25_000,
      isSinkDown: false,
    })
    if (sinkAnswers.counted > 0) throw new Error(`${sinkAnswers.counted} were lost`)
    const sinkIsDown = await rollingRestartRun({ ...PLAN, shutdownMillis: 2_000, isSinkDown: true })
    if (sinkIsDown.counted === 0) throw new Error('nothing was counted as lost')
    return { sinkAnswers, sinkIsDownDuringOneRestart: sinkIsDown }
  },
}

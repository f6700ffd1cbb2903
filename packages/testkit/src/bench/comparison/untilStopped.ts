/** Runs work that cleans up after itself when this process is asked to end. */
import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * The work ends soon after its signal is aborted, and has cleaned up by then. If it was a signal of the system that ended it,
 * the exit code is 128 + its number (130 after Ctrl-C), and nothing is thrown.
 */
export const untilStopped = async (work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
  const controller = new AbortController()
  const stops = SIGNALS.map((name) => {
    const stop = (): void => {
      process.exitCode = 128 + constants.signals[name]
      controller.abort(new Error(`stopped by ${name}`))
    }
    // Stays while the work cleans up, so that a second signal does not end the process before.
    process.on(name, stop)
    return { name, stop }
  })
  // A reader that closes the pipe (`| head`) would otherwise end the process before the work has cleaned up.
  const closed = (error: Error): void => controller.abort(error)
  process.stdout.on('error', closed)
  process.stderr.on('error', closed)
  try {
    await work(controller.signal)
  } catch (error) {
    if (!controller.signal.aborted) throw error
    process.exitCode ||= 1
  } finally {
    for (const { name, stop } of stops) process.off(name, stop)
  }
}

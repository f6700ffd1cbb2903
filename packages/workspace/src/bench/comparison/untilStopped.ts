/** Runs work that cleans up after itself when this process is asked to end. */
import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * The work ends soon after its signal is aborted, and has cleaned up by then. If a signal of the system ended it, the exit code is
 * 128 + its number (130 after Ctrl-C). If the work fails, its message is reported and the exit code is 1.
 */
export const untilStopped = async (
  work: (signal: AbortSignal) => Promise<void>,
  report: (message: string) => void,
): Promise<void> => {
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
    process.exitCode ||= 1
    // Also when stopped, if the work could not clean up.
    if (error !== controller.signal.reason)
      report(error instanceof Error ? error.message : String(error))
  } finally {
    for (const { name, stop } of stops) process.off(name, stop)
  }
}

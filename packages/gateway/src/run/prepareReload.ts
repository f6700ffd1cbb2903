/** The part of a reload that can fail: certificates are read and exporters started, beside those in use, which it does not change. */
import { withoutCredentials } from '@sentry-exporter/envelope/withoutCredentials'
import type * as Http from '@sentry-exporter/transport/Http'
import * as E from '#fp-ts/Either'
import type { ExporterEntry, GatewayConfig } from '../config/GatewayModel.ts'
import type { ConfiguredExporter, RunningExporter } from '../pipeline/RunningExporter.ts'
import { showError } from '../receiver/Listener.ts'
import type { ConfigChanges } from '../reload/ConfigChange.ts'
import { isSame } from '../reload/isSame.ts'
import type { GatewayState } from './GatewayState.ts'
import type { OpenPart } from './openParts.ts'
import { configuredOf, httpOf, startExporter } from './startExporters.ts'

// model

export interface PreparedReload {
  /** Those of the new configuration, in its order: kept and new ones. */
  readonly exporters: ReadonlyArray<RunningExporter>
  /** Puts the settings of receivers and of kept exporters into use. Synchronous, and cannot fail. */
  readonly commit: () => void
  /** Frees everything, in place of `commit`. */
  readonly discard: () => Promise<void>
}

export interface ReloadPlan {
  readonly config: GatewayConfig
  readonly changes: ConfigChanges
}

/** An exporter that the new configuration keeps, with what changes of it. */
interface KeptExporter {
  readonly running: RunningExporter
  readonly configured: ConfiguredExporter | undefined
  readonly http: Http.Http | undefined
}

/** The parts that were made for a reload so far. */
interface Started {
  readonly added: Array<RunningExporter>
  readonly kept: Array<KeptExporter>
}

// running

/** The errors are lines without secrets. Nothing of the gateway has changed then. */
export const prepare = async (
  state: GatewayState,
  parts: ReadonlyArray<OpenPart>,
  { config, changes }: ReloadPlan,
): Promise<E.Either<ReadonlyArray<string>, PreparedReload>> => {
  const renewed = await Promise.all(parts.map((part) => part.prepare(config)))
  const problems = renewed.flatMap((one) =>
    E.isLeft(one) ? [`${one.left.what}: ${showError(one.left.error)}`] : [],
  )
  if (problems.length > 0) return E.left(problems)
  const started: Started = { added: [], kept: [] }
  const failures = config.exporters.flatMap((entry) =>
    attempt(entry.id, () => startOne(state, entry, { changes, started })),
  )
  if (failures.length > 0) {
    await discard(started)
    return E.left(failures)
  }
  const running = [...started.added, ...started.kept.map((one) => one.running)]
  return E.right({
    exporters: config.exporters.flatMap(({ id }) => running.filter((one) => one.id === id)),
    commit: () => {
      for (const one of renewed) if (E.isRight(one)) one.right()
      for (const one of started.kept) change(one)
    },
    discard: () => discard(started),
  })
}

const startOne = (
  state: GatewayState,
  entry: ExporterEntry,
  { changes, started }: { readonly changes: ConfigChanges; readonly started: Started },
): void => {
  const running = state.active.exporters.find(({ id }) => id === entry.id)
  if (running === undefined) {
    started.added.push(startExporter(entry, state))
    return
  }
  const isChanged = changes.changed.includes(entry.id)
  const former = state.active.config.exporters.find(({ id }) => id === entry.id)
  started.kept.push({
    running,
    configured: isChanged
      ? configuredOf(entry, state, former && { entry: former, directory: running.directory() })
      : undefined,
    // Connections to Sentry stay where their settings are the same.
    http: isSame(former?.http, entry.http) ? undefined : httpOf(entry, state),
  })
}

/** The `Http` first: the configuration may need one that verifies no certificate. */
const change = ({ running, configured, http }: KeptExporter): void => {
  if (http !== undefined) running.replaceHttp(http)
  if (configured !== undefined) running.reconfigure(configured)
}

const discard = async ({ added, kept }: Started): Promise<void> => {
  await Promise.all([
    ...added.map(({ exporter }) => exporter.shutdown(0)),
    ...kept.map(({ http }) => http?.close?.()),
    ...kept.map(({ running, configured }) =>
      configured?.directory === running.directory() ? undefined : configured?.directory?.stop(),
    ),
  ])
}

/** The problem of a function that throws. */
const attempt = (id: string, run: () => void): ReadonlyArray<string> => {
  try {
    run()
    return []
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'it could not be started'
    return [`${id}: ${withoutCredentials(reason)}`]
  }
}

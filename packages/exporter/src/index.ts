/** OTLP in, Sentry out: configuration, the pure pipeline, and an exporter with promises. */
import * as ExporterModule from './Exporter.ts'
import * as OutcomeModule from './Outcome.ts'

export type * as Backlog from './Backlog.ts'
export * as Check from './Check.ts'
export * as Config from './Config.ts'
export * as ConfigError from './ConfigError.ts'
export * as Counts from './Counts.ts'
export * as DeliveryByDsn from './DeliveryByDsn.ts'
export * as EnvelopePlan from './EnvelopePlan.ts'
export * as EventEnvelope from './EventEnvelope.ts'
export * as InputBody from './InputBody.ts'
export * as ItemEnvelope from './ItemEnvelope.ts'
export * as Pipeline from './Pipeline.ts'
export type * as ProjectDirectory from './ProjectDirectory.ts'
export * as ProjectLookup from './ProjectLookup.ts'
export * as ProjectSlug from './ProjectSlug.ts'
export * as Reconfigurable from './Reconfigurable.ts'
export * as Routing from './Routing.ts'
export * as WaitingItems from './WaitingItems.ts'

/** The functions, and the type of what `Exporter.open` returns: `const exporter: Exporter = Exporter.open(...)`. */
export const Exporter: typeof ExporterModule = ExporterModule
export type Exporter = ExporterModule.Exporter
export declare namespace Exporter {
  /** The same type by its name in the module. */
  export type Exporter = ExporterModule.Exporter
}

/** The functions, and the type of an outcome. */
export const Outcome: typeof OutcomeModule = OutcomeModule
export type Outcome = OutcomeModule.Outcome
export declare namespace Outcome {
  /** The same type by its name in the module. */
  export type Outcome = OutcomeModule.Outcome
}

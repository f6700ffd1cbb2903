/** Components of the Collector that this program does not have: a closed list that it accepts, and those that it refuses. */
import type { ComponentKind } from './ConfigProblem.ts'

// constructors

/** Accepted, because another part of this program takes their place: by kind and type. */
export const replaced: Readonly<Record<ComponentKind, Readonly<Record<string, string>>>> = {
  receiver: { nop: 'it receives nothing' },
  processor: {
    batch:
      'the exporter makes envelopes by itself: of a transaction, of an error, of many logs or metrics',
    memory_limiter: 'max_pending_bytes and max_queue_bytes of the exporter bound the memory',
    groupbytrace: 'the exporter assembles traces: settle_millis, max_wait_millis',
    cumulativetodelta: 'the exporter makes increases of cumulative points',
  },
  exporter: {
    debug: 'set service::telemetry::logs::level to debug, or send to `sentry-exporter sink`',
    logging: 'set service::telemetry::logs::level to debug, or send to `sentry-exporter sink`',
    nop: 'it sends nothing',
  },
  connector: {},
  extension: {
    pprof: 'use `node --cpu-prof` and `node --heap-prof`',
    zpages: 'the metrics of service::telemetry::metrics have the figures',
  },
}

const KEEP = 'keep the Collector in front of this program for it'

const REFUSED: Readonly<Record<ComponentKind, Readonly<Record<string, string>>>> = {
  receiver: {},
  processor: {
    filter: `ignore_errors, standalone_spans and deny_metrics of the exporter drop errors, spans and metrics; otherwise ${KEEP}`,
    redaction: `scrub_keys of the exporter and the processor attributes redact values; otherwise ${KEEP}`,
    transform: `the processors attributes and resource change attributes; otherwise ${KEEP}`,
    span: `the names of spans are not changed; ${KEEP}`,
    k8sattributes: KEEP,
    k8s_attributes: KEEP,
    resourcedetection: `the processor resource sets attributes; otherwise ${KEEP}`,
    probabilistic_sampler: `use sample_rate of the exporter, or ${KEEP}`,
    tail_sampling: KEEP,
    interval: `use metric_interval_millis of the exporter, or ${KEEP}`,
    metricstransform: `the processors attributes and resource change attributes; otherwise ${KEEP}`,
  },
  exporter: {},
  connector: { routing: `use routes of the exporter, or ${KEEP}` },
  extension: {},
}

const OTHERS: Readonly<Record<ComponentKind, string>> = {
  receiver:
    'receive with otlp, keep the Collector in front, or leave it out on purpose with service::ignore_components',
  processor: `the processors here are attributes and resource; ${KEEP}`,
  exporter:
    'send to it from a Collector, or leave it out on purpose with service::ignore_components',
  connector: KEEP,
  extension: 'remove it, or leave it out on purpose with service::ignore_components',
}

// folds

/** `constructor` is no component. */
const own = (texts: Readonly<Record<string, string>>, type: string): string | undefined =>
  Object.hasOwn(texts, type) ? texts[type] : undefined

/** The reason why a component is accepted without effect; undefined if it is not accepted. */
export const replacementOf = (kind: ComponentKind, type: string): string | undefined =>
  own(replaced[kind], type)

/**
 * The way to go on without a component of this type. `nearest` is a type that this program has: a component of the Collector is
 * no mistyped one of another type, `k8sattributes` no `attributes`.
 */
export const adviceFor = (
  kind: ComponentKind,
  type: string,
  nearest: string | undefined = undefined,
): string =>
  own(REFUSED[kind], type) ?? (nearest === undefined ? OTHERS[kind] : `did you mean ${nearest}?`)

/** When a change of a key of an exporter has effect. */
import type { ExporterEntry } from '../config/GatewayModel.ts'
import * as KeyRule from './KeyRule.ts'

// model

type Keys = Omit<ExporterEntry, 'id'>

const { applies, newData, noKey, record, secret, spelled } = KeyRule

// constructors

/** A span is described when it arrives: mapping, environment, release, privacy and sampling are those of that time. */
const options: KeyRule.KeyRules<ExporterEntry['options']> = {
  ...spelled('new data', 'environment', 'defaultEnvironment', 'mapping', 'release', 'status4xx'),
  ...spelled('new data', 'upstreamSampleRate'),
  ...spelled('applies', 'insecureSkipVerify', 'oldTraces', 'transactions', 'routes', 'unmatched'),
  ...spelled('applies', 'logs', 'metrics'),
  limits: record('', {
    ...spelled('applies', 'settleMillis', 'maxWaitMillis', 'lateSettleMillis', 'orphanWaitMillis'),
    ...spelled('applies', 'maxOrphanWaitMillis', 'errorWaitMillis', 'maxErrorsPerMinute'),
    ...spelled('applies', 'lateWindowMillis', 'maxTraces', 'maxPendingBytes', 'maxSpansPerTrace'),
    ...spelled('applies', 'maxRememberedSpans', 'maxSpans', 'maxSpanBytes', 'maxHeadBytes'),
    ...spelled('applies', 'maxContextBytes'),
  }),
  rules: record('', {
    ...spelled('applies', 'errors', 'ignoreErrors'),
    ...spelled('new data', 'errorsFromStatus'),
    fingerprint: noKey,
    parsers: noKey,
  }),
  hooks: record('', {
    ...spelled('new data', 'sampleRate'),
    span: newData('standalone_spans'),
    transaction: noKey,
    error: noKey,
    log: noKey,
    metric: noKey,
    privacy: record('', spelled('new data', 'sendDefaultPii', 'scrub', 'scrubKeys')),
  }),
  metricRules: record('', {
    allow: applies('allow_metrics'),
    deny: applies('deny_metrics'),
    intervalMillis: applies('metric_interval_millis'),
    maxSeries: applies('max_metric_series'),
    maxBuckets: applies('max_histogram_buckets'),
  }),
  delivery: record('', {
    ...spelled('applies', 'timeoutMillis', 'concurrency', 'overflow', 'sendClientReports'),
    maxItems: applies('max_queue_items'),
    maxBytes: applies('max_queue_bytes'),
    retry: record('', {
      maxAttempts: applies('max_attempts'),
      maxElapsedMillis: applies('retry_for_millis'),
      mayDuplicate: applies('may_duplicate_items'),
      firstWaitMillis: applies('retry_on_failure::initial_interval'),
      longestWaitMillis: applies('retry_on_failure::max_interval'),
    }),
  }),
  reporting: noKey,
}

/** Of the connection to Sentry: attempts that start afterwards have it. Times and verification are options, too. */
const http: KeyRule.KeyRules<ExporterEntry['http']> = {
  timeoutMillis: applies('timeout_millis'),
  insecureSkipVerify: applies('insecure_skip_verify'),
  gzipFromBytes: applies('http::compression'),
  connections: applies('http::max_conns_per_host'),
  ca: applies('http::tls::ca_file'),
  proxy: secret(applies('http::proxy_url')),
  warn: noKey,
}

export const exporterKeys: KeyRule.KeyRules<Keys> = {
  address: applies('dsn'),
  options: record('', options),
  http: record('', http),
}

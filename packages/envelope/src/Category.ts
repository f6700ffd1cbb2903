/**
 * The categories of data that Sentry counts and limits separately, as far as this client sends them.
 * Source: `relay-base-schema/src/data_category.rs` of getsentry/relay.
 */

// model

export type Category =
  | 'error'
  | 'transaction'
  | 'span'
  | 'log_item'
  | 'log_byte'
  | 'trace_metric'
  | 'trace_metric_byte'
  | 'internal'

/**
 * What Sentry counts and limits apart. Source: `relay-base-schema/src/data_category.rs` of getsentry/relay.
 * Of its categories only those that this client sends.
 */

// model

export type Category = 'error' | 'transaction' | 'span' | 'internal'

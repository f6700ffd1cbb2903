/** The problems of a configuration, the same as those of the options of transports. */
export * from '@sentry-exporter/transport/ConfigError'

import type { GatewayConfig } from '@sentry-exporter/gateway'

/** One line: `valid: traces: otlp -> resource -> sentry; logs: otlp -> sentry`. */
export const describeConfig = ({ pipelines }: GatewayConfig.GatewayConfig): string =>
  `valid: ${pipelines
    .map(({ id, receivers, processors, exporters }) =>
      [
        `${id}: ${receivers.join(', ')}`,
        ...processors.map((processor) => processor.id),
        exporters.join(', '),
      ].join(' -> '),
    )
    .join('; ')}`

/** The configuration without `--config`: OTLP over HTTP and gRPC in, one project of Sentry out. `--set` changes parts of it. */

/** Its exporter has the DSN of `--dsn`, or of the environment variable `SENTRY_DSN`. */
export const defaultConfig: string = `
receivers:
  otlp:
    protocols:
      http:
        endpoint: 127.0.0.1:4318
      grpc:
        endpoint: 127.0.0.1:4317
exporters:
  sentry:
extensions:
  health_check:
    endpoint: 127.0.0.1:13133
service:
  extensions: [health_check]
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [sentry]
    logs:
      receivers: [otlp]
      exporters: [sentry]
    metrics:
      receivers: [otlp]
      exporters: [sentry]
  telemetry:
    logs:
      level: info
    metrics:
      level: normal
      readers:
        - pull:
            exporter:
              prometheus:
                host: 127.0.0.1
                port: 8888
`

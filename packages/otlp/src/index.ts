/** Decodes OTLP requests into spans, log records and metrics. Errors name the place in the request. */
export * as DecodeError from './DecodeError.ts'
export * as ExportLogsRequest from './ExportLogsRequest.ts'
export * as ExportMetricsRequest from './ExportMetricsRequest.ts'
export * as ExportTraceRequest from './ExportTraceRequest.ts'
export * as OtlpBytes from './OtlpBytes.ts'
export * as OtlpInput from './OtlpInput.ts'

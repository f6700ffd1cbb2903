/** OTLP requests, decoded into spans and log records with errors that name the place. */
export * as DecodeError from './DecodeError.ts'
export * as ExportLogsRequest from './ExportLogsRequest.ts'
export * as ExportTraceRequest from './ExportTraceRequest.ts'

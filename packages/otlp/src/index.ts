/** OTLP trace requests, decoded into spans with errors that name the place. */
export * as DecodeError from './DecodeError.ts'
export * as ExportTraceRequest from './ExportTraceRequest.ts'

export * as Report from './runner/Report.ts'

#!/usr/bin/env node
import { existsSync } from 'node:fs'

const program = new URL('../dist/bin.js', import.meta.url)

if (existsSync(program)) await import(program.href)
else {
  console.error('sentry-exporter is not built yet: run the build first (pnpm run build)')
  process.exitCode = 2
}

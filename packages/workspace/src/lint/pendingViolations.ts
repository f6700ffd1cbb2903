/**
 * Places that may still break a rule: files, or folders that end in `/`. It is empty unless a new rule was added before the
 * places that it concerns were changed. `pnpm run lint:workspace --all` ignores it.
 */
import type { RuleName } from './Violation.ts'

export const pendingViolations: Readonly<Partial<Record<RuleName, ReadonlyArray<string>>>> = {
  'entry-points': ['packages/core/', 'packages/exporter/', 'packages/transport/'],
  example: [
    'packages/testing/src/spans.ts',
    'packages/cli/',
    'packages/core/',
    'packages/envelope/',
    'packages/exporter/',
    'packages/otlp/',
    'packages/stacktrace/',
    'packages/transport-fetch/',
    'packages/transport-node/',
    'packages/transport/',
  ],
  'function-size': [
    'packages/cli/',
    'packages/core/',
    'packages/stacktrace/',
    'packages/transport-fetch/',
  ],
  layers: ['packages/core/'],
  'mirrored-test': [
    'packages/testing/src/spans.ts',
    'packages/cli/',
    'packages/core/',
    'packages/envelope/',
    'packages/exporter/',
    'packages/otlp/',
    'packages/stacktrace/',
    'packages/transport-fetch/',
    'packages/transport-node/',
    'packages/transport/',
  ],
  'module-state': ['packages/core/'],
  'type-names': [
    'packages/cli/',
    'packages/core/',
    'packages/envelope/',
    'packages/exporter/',
    'packages/otlp/',
    'packages/stacktrace/',
    'packages/transport/',
  ],
  wording: [
    '.changeset/',
    'docs/',
    'packages/testing/src/spans.ts',
    'packages/cli/',
    'packages/core/',
    'packages/envelope/',
    'packages/exporter/',
    'packages/otlp/',
    'packages/stacktrace/',
    'packages/transport-fetch/',
    'packages/transport-node/',
    'packages/transport/',
  ],
}

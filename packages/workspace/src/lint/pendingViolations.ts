/**
 * Places that may still break a rule: files, or folders that end in `/`. It is empty unless a new rule was added before the
 * places that it concerns were changed. `pnpm run lint:workspace --all` ignores it.
 */
import type { RuleName } from './Violation.ts'

export const pendingViolations: Readonly<Partial<Record<RuleName, ReadonlyArray<string>>>> = {
  'entry-points': ['packages/core/', 'packages/exporter/', 'packages/transport/'],
  example: [
    'packages/cli/',
    'packages/core/',
    'packages/envelope/',
    'packages/exporter/',
    'packages/otlp/',
    'packages/stacktrace/',
    'packages/testing/',
    'packages/transport-fetch/',
    'packages/transport-node/',
    'packages/transport/',
  ],
  'function-size': [
    'packages/cli/',
    'packages/core/',
    'packages/stacktrace/',
    'packages/transport-fetch/',
    'packages/workspace/',
  ],
  layers: ['packages/core/'],
  'mirrored-test': [
    'packages/cli/',
    'packages/core/',
    'packages/envelope/',
    'packages/exporter/',
    'packages/otlp/',
    'packages/stacktrace/',
    'packages/testing/',
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
    'packages/testing/',
    'packages/transport/',
    'packages/workspace/',
  ],
  wording: [
    '.changeset/',
    'docs/',
    'examples/',
    'packages/cli/',
    'packages/core/',
    'packages/envelope/',
    'packages/exporter/',
    'packages/otlp/',
    'packages/stacktrace/',
    'packages/testing/',
    'packages/transport-fetch/',
    'packages/transport-node/',
    'packages/transport/',
    'packages/workspace/',
  ],
}

/**
 * Places that may still break a rule: files, or folders that end in `/`. It is empty unless a new rule was added before the
 * places that it concerns were changed. `pnpm run lint:workspace --all` ignores it.
 */
import type { RuleName } from './Violation.ts'

export const pendingViolations: Readonly<Partial<Record<RuleName, ReadonlyArray<string>>>> = {}

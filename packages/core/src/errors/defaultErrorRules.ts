/**
 * The defaults of `ErrorRules`, with the parsers of all languages. Only this module of the package imports all parsers: a
 * bundle without it contains only the parsers that its code lists.
 */

import { parsers } from '@sentry-exporter/stacktrace/parsers'
import { frozen } from '../internal/frozen.ts'
import * as ErrorRules from './ErrorRules.ts'

export const defaultErrorRules: ErrorRules.ErrorRules = /* @__PURE__ */ frozen(
  ErrorRules.make({ parsers }),
)

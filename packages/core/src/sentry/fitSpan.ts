/**
 * Trims a span that is too large for half a transaction: first its data, then its tags, its links and measurements, and its
 * description.
 */
import { byteLength } from '../internal/text/byteLength.ts'
import { cutText, shrink, shrinkTags } from '../size/shrink.ts'
import type { SentrySpan } from './SentrySpan.ts'

/** The key that marks trimmed data. */
export const TRIMMED = 'sentry_exporter.trimmed'

/** A span of at most this many bytes of JSON, marked as trimmed. */
export const fitSpan = (span: SentrySpan, maxBytes: number): SentrySpan => {
  const mark = (data: SentrySpan['data']): SentrySpan['data'] => ({ ...data, [TRIMMED]: true })
  const surplus = (one: SentrySpan): number => byteLength(JSON.stringify(one)) - maxBytes
  let fitted: SentrySpan = { ...span, data: mark(span.data) }
  if (surplus(fitted) > 0) fitted = { ...fitted, data: mark(shrink(span.data, surplus(fitted))) }
  if (surplus(fitted) > 0 && fitted.tags !== undefined) {
    fitted = { ...fitted, tags: shrinkTags(fitted.tags, surplus(fitted)) }
  }
  if (surplus(fitted) > 0) {
    const { links: _links, measurements: _measurements, ...rest } = fitted
    fitted = rest
  }
  if (surplus(fitted) > 0) {
    fitted = { ...fitted, description: cutText(fitted.description, surplus(fitted)) ?? '' }
  }
  return fitted
}

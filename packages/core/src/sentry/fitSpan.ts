/**
 * Trims a span that is too large for half a transaction. Links are cut before they cost data; of the rest, the largest parts
 * are cut first.
 */
import { cutAllTo, levelOf } from '../size/cutToLevel.ts'
import { bytesOf } from '../size/fitContext.ts'
import * as Trimmed from '../size/Trimmed.ts'
import * as SentryLink from './SentryLink.ts'
import type { SentrySpan } from './SentrySpan.ts'

type Unlinked = Omit<SentrySpan, 'links'>

/** If data must be cut in any case, about a hundred links stay. */
const FEW_LINKS_BYTES = 8 * 1024

/** Bytes of `"links":[],`. */
const AROUND_LINKS = 11

/** A span of at most this many bytes of JSON, marked as trimmed. */
export const fitSpan = (span: SentrySpan, maxBytes: number): SentrySpan => {
  const { links = [], ...others } = span
  const room = maxBytes - Trimmed.MARK_BYTES - AROUND_LINKS
  const minLinkBytes = Math.min(FEW_LINKS_BYTES, Math.floor(room / 4))
  const kept = SentryLink.within(links, Math.max(room - bytesOf(others), minLinkBytes), bytesOf)
  const rest = fitUnlinked(others, room - (kept.length === 0 ? 0 : bytesOf(kept)))
  const names = kept === links ? rest.names : [...rest.names, 'links']
  return {
    ...rest.span,
    data: Trimmed.mark(rest.span.data, names),
    ...(kept.length === 0 ? {} : { links: kept }),
  }
}

const fitUnlinked = (
  span: Unlinked,
  maxBytes: number,
): { readonly span: Unlinked; readonly names: ReadonlyArray<string> } => {
  const surplus = bytesOf(span) - maxBytes
  if (surplus <= 0) return { span, names: [] }
  const { data, measurements = {}, tags = {} } = span
  const parts = { data, description: { text: span.description }, measurements, tags }
  const sizes = Object.values(parts).map(bytesOf)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const cut = cutAllTo(parts, levelOf(sizes, total - surplus))
  return {
    span: {
      ...span,
      description: cut.description.text ?? '',
      ...(span.measurements === undefined ? {} : { measurements: cut.measurements }),
      ...(span.tags === undefined ? {} : { tags: cut.tags }),
      data: cut.data,
    },
    names: Trimmed.namesOf(parts, cut),
  }
}

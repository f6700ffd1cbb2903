/**
 * Logs. Source: `relay-server/src/processing/logs`, `relay-event-schema/src/protocol/ourlog/mod.rs` of getsentry/relay.
 */
import * as ItemAttributes from './ItemAttributes.ts'
import * as ItemContainer from './ItemContainer.ts'

// folds

export const judge: ReturnType<typeof ItemContainer.judge> = ItemContainer.judge({
  contentType: 'application/vnd.sentry.items.log+json',
  maxBytes: 1024 * 1024,
  isWhole: ({ body, level }) => typeof level === 'string' && typeof body === 'string',
  bytesOf: ({ body }) => ItemAttributes.valueBytes(body),
  cuts: () => [],
})

/**
 * An item that holds many values of one kind: logs, or metrics. Source: `develop-docs/sdk/foundations/transport/envelope-items.mdx` of
 * getsentry/sentry-docs; `relay-server/src/envelope/container.rs` of getsentry/relay.
 *
 * The payload has version 2 without settings, so that the server takes nothing about the user from the request of this client.
 *
 * @example
 * ```ts
 * import * as Container from '@sentry-exporter/envelope/Container'
 * import * as Item from '@sentry-exporter/envelope/Item'
 * import * as Utf8 from '@sentry-exporter/envelope/Utf8'
 *
 * const item = Container.of('log', ['{"body":"a"}', '{"body":"b"}'])
 * console.log(item.header.item_count) // 2
 * console.log(Utf8.decode(Item.joined(item).payload)) // {"version":2,"items":[{"body":"a"},{"body":"b"}]}
 * ```
 */
import type * as Item from './Item.ts'
import type * as Utf8 from './Utf8.ts'
import * as WellFormed from './WellFormed.ts'

// model

export type ContainerType = 'log' | 'trace_metric'

/** A value as JSON, in one piece or in several. A piece of text ends within no escape. */
export type ContainerValue = Utf8.Part | ReadonlyArray<Utf8.Part>

export interface ContainerHeader extends Item.ItemHeader {
  /** The server rejects a container with another number of values. */
  readonly item_count: number
  readonly content_type: string
}

const CONTENT_TYPES: Readonly<Record<ContainerType, string>> = {
  log: 'application/vnd.sentry.items.log+json',
  trace_metric: 'application/vnd.sentry.items.trace-metric+json',
}

/** The largest number of values in a container. The server has no limit; these are those of Sentry's SDKs. */
export const MAX_VALUES: Readonly<Record<ContainerType, number>> = /* @__PURE__ */ Object.freeze({
  log: 100,
  trace_metric: 1_000,
})

// constructors

/**
 * A container of values that are printed as JSON. Lone surrogates in a text become U+FFFD, since the server rejects the whole
 * container for one.
 */
export const of = (
  type: ContainerType,
  values: ReadonlyArray<ContainerValue>,
): Item.Item<ReadonlyArray<Utf8.Part>> & { readonly header: ContainerHeader } => {
  const payload: Array<Utf8.Part> = []
  // Texts that follow each other are one piece, which is encoded at once.
  let text = '{"version":2,"items":['
  const add = (part: Utf8.Part): void => {
    if (typeof part === 'string') text += WellFormed.repair(part)
    else {
      payload.push(text, part)
      text = ''
    }
  }
  for (const [index, value] of values.entries()) {
    if (index > 0) text += ','
    if (typeof value === 'string' || 'buffer' in value) add(value)
    else value.forEach(add)
  }
  payload.push(`${text}]}`)
  return {
    header: { type, item_count: values.length, content_type: CONTENT_TYPES[type] },
    payload,
  }
}

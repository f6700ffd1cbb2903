/** Prints the items of one kind, after the hook of users. */
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import * as HookFailure from '../filter/HookFailure.ts'
import type { Resource } from '../model/Resource.ts'
import * as ItemText from './ItemText.ts'
import type { SharedAttributes } from './SharedAttributes.ts'
import type * as TypedAttribute from './TypedAttribute.ts'

// model

export type WholeItem<Head> = Head & { readonly attributes: TypedAttribute.ItemAttributes }

/** An item in two parts: the part that it shares with others, which is printed once, and the rest. */
export interface ItemDraft<Head> {
  readonly head: Head
  /** Attributes of its own, which win over shared ones. */
  readonly own: TypedAttribute.ItemAttributes
  readonly shared: SharedAttributes
  /** Bytes as the server counts them, if no own attribute has the key of a shared one. */
  readonly bytes: number
  readonly isTrimmed: boolean
}

/** The functions that a kind of items has. */
export interface ItemForm<Head> {
  /** The fields beside the attributes as JSON, without braces, with a comma at the end. */
  readonly printHead: (head: Head) => string
  readonly bytesOf: (item: WholeItem<Head>) => number
  /** The hook of users; `none` if it dropped the item. */
  readonly hook:
    | ((item: WholeItem<Head>) => E.Either<HookFailure.HookFailure, O.Option<WholeItem<Head>>>)
    | undefined
  /** An item of a hook within the limits of the server. */
  readonly fit: (item: WholeItem<Head>) => {
    readonly item: WholeItem<Head>
    readonly isTrimmed: boolean
  }
}

/** Counts of one call. */
export interface ItemCounts {
  trimmed: number
  /** By the hook. */
  dropped: number
  failed: number
  failures: ReadonlyArray<HookFailure.HookFailure>
}

export type PrintItem<Head> = (
  draft: ItemDraft<Head>,
  from: Resource,
  counts: ItemCounts,
) => ItemText.PrintedItem | undefined

// constructors

export const startCounts = (): ItemCounts => ({ trimmed: 0, dropped: 0, failed: 0, failures: [] })

/** The item in one part. */
export const whole = <Head>({ head, own, shared }: ItemDraft<Head>): WholeItem<Head> => ({
  ...head,
  attributes: { ...shared.attributes, ...own },
})

// encoding

/** A function for one pipeline: it remembers keys. */
export const itemPrinter = <Head>(kind: ItemForm<Head>): PrintItem<Head> => {
  const { bytesOf, fit, hook, printHead } = kind
  const print = ItemText.attributesPrinter()
  const printWhole = (item: WholeItem<Head>, from: Resource): ItemText.PrintedItem => ({
    ...ItemText.of(printHead(item), print(item.attributes)),
    bytes: bytesOf(item),
    from,
  })
  return (draft, from, counts) => {
    if (draft.isTrimmed) counts.trimmed++
    if (hook === undefined && !hasCommonKey(draft)) {
      const { head, own, shared, bytes } = draft
      // hot: once for each item. A spread takes several times as long.
      const { before, after } = ItemText.of(printHead(head), print(own), shared)
      return { before, shared, after, bytes, from }
    }
    const item = whole(draft)
    if (hook === undefined) return printWhole(item, from)
    const answer = hook(item)
    if (E.isLeft(answer)) {
      counts.failed++
      counts.failures = HookFailure.concat(counts.failures, [answer.left])
      return undefined
    }
    if (O.isNone(answer.right)) {
      counts.dropped++
      return undefined
    }
    const fitted = fit(answer.right.value)
    if (fitted.isTrimmed && !draft.isTrimmed) counts.trimmed++
    return printWhole(fitted.item, from)
  }
}

/** Whether an own attribute has the key of a shared one. */
export const hasCommonKey = ({
  own,
  shared,
}: Pick<ItemDraft<unknown>, 'own' | 'shared'>): boolean => {
  for (const key in own) if (Object.hasOwn(shared.attributes, key)) return true
  return false
}

/**
 * The pages that are connected to the sink. Each reads at its own pace from the kept entries. A page that opens late gets the
 * newest entries; a slow page misses those that were removed meanwhile. No page makes the sink keep more.
 */
import type { ServerResponse } from 'node:http'
import * as Replay from './Replay.ts'
import * as ServerSentEvent from './ServerSentEvent.ts'

// model

/** Prints an entry for a page, under an id. Called when a page reads the entry, so never without a page. */
type Print = (id: string) => string

export interface Audience {
  /** Adds an entry for all pages, present and later ones. `bytes` is about what it takes in memory. */
  readonly publish: (print: Print, bytes: number) => void
  /** Answers with the kept entries and all later ones until the page disconnects. `lastId` is the last id that the page got. */
  readonly join: (response: ServerResponse, lastId: string | undefined) => void
  readonly isFull: () => boolean
  /** Removes all kept entries. */
  readonly clear: () => void
}

export interface AudienceOptions {
  readonly limits: Replay.ReplayLimits
  /** Identifies this process, so that ids of an earlier process on the same port are ignored. */
  readonly session: string
  readonly event: string
}

const MAX_PAGES = 64

// constructors

/** Without pages and entries. */
export const of = ({ limits, session, event }: AudienceOptions): Audience => {
  let replay: Replay.Replay<Print> = Replay.empty
  const pages = new Set<Page>()
  const add = Replay.add(limits)
  /** Writes until the socket is full or all entries are written. */
  const pump = (page: Page): void => {
    for (;;) {
      const found = Replay.from(replay, page.next)
      if (found === undefined) return
      page.next = found.number + 1
      const id = `${session}-${found.number}`
      const data = found.entry.value(id)
      page.isBusy = !page.response.write(ServerSentEvent.print({ id, event, data }))
      if (page.isBusy) return
    }
  }
  return {
    publish: (value, bytes) => {
      replay = add(replay, { value, bytes })
      for (const page of pages) if (!page.isBusy) pump(page)
    },
    join: (response, lastId) => {
      // It disconnected before the answer: no `close` event would follow.
      if (response.destroyed) return
      const page: Page = { response, next: numberAfter(session, lastId), isBusy: false }
      pages.add(page)
      response.on('close', () => pages.delete(page))
      // It disconnected during a write: a `close` event follows.
      response.on('error', () => undefined)
      response.on('drain', () => {
        page.isBusy = false
        pump(page)
      })
      response.flushHeaders()
      pump(page)
    },
    isFull: () => pages.size >= MAX_PAGES,
    clear: () => {
      replay = Replay.clear(replay)
    },
  }
}

interface Page {
  readonly response: ServerResponse
  /** The number of its next entry. */
  next: number
  /** Whether the buffer of its socket is full. */
  isBusy: boolean
}

const numberAfter = (session: string, lastId: string | undefined): number => {
  const [owner, number = ''] = lastId?.split('-') ?? []
  return owner === session && /^\d{1,15}$/.test(number) ? Number(number) + 1 : 0
}

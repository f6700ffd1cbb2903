/**
 * The pages that look at the sink. Each reads at its own pace from what is kept: whoever opens late sees the newest, whoever
 * is slow misses what was forgotten meanwhile, and nobody makes the sink hold more.
 */
import type { ServerResponse } from 'node:http'
import * as Replay from './Replay.ts'
import * as ServerSentEvent from './ServerSentEvent.ts'

// model

/** Prints what came for a page, under this id. Called when a page takes it, and not where nobody looks. */
type Print = (id: string) => string

export interface Audience {
  /** Shows it to all who look, and to those who will. It takes about so many bytes in memory. */
  readonly tell: (print: Print, bytes: number) => void
  /** Answers with all that is kept, and with what comes, until the page goes. `lastId` is what the page has heard last. */
  readonly join: (response: ServerResponse, lastId: string | undefined) => void
  readonly isFull: () => boolean
  readonly forget: () => void
}

export interface AudienceOptions {
  readonly limits: Replay.Limits
  /** Tells this process from one that had its port before: what a page has heard of that one counts for nothing here. */
  readonly session: string
  readonly event: string
}

// constructors

/** Nobody looks yet, and nothing came. */
export const of = ({ limits, session, event }: AudienceOptions): Audience => {
  let replay: Replay.Replay<Print> = Replay.empty
  const pages = new Set<Page>()
  const add = Replay.add(limits)
  /** Writes until the socket has enough or nothing is left. */
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
    tell: (value, bytes) => {
      replay = add(replay, { value, bytes })
      for (const page of pages) if (!page.isBusy) pump(page)
    },
    join: (response, lastId) => {
      // It went before it was answered: no `close` would follow.
      if (response.destroyed) return
      const page: Page = { response, next: numberAfter(session, lastId), isBusy: false }
      pages.add(page)
      response.on('close', () => pages.delete(page))
      // A page that went in the middle of a write: `close` follows.
      response.on('error', () => undefined)
      response.on('drain', () => {
        page.isBusy = false
        pump(page)
      })
      response.flushHeaders()
      pump(page)
    },
    isFull: () => pages.size >= MAX_PAGES,
    forget: () => {
      replay = Replay.clear(replay)
    },
  }
}

const MAX_PAGES = 64

interface Page {
  readonly response: ServerResponse
  /** The number of what it gets next. */
  next: number
  /** Whether its socket holds as much as it should. */
  isBusy: boolean
}

const numberAfter = (session: string, lastId: string | undefined): number => {
  const [owner, number = ''] = lastId?.split('-') ?? []
  return owner === session && /^\d{1,15}$/.test(number) ? Number(number) + 1 : 0
}

/** An `Http` that can be replaced while requests are under way: they end where they began, and later ones use the other. */
import type * as Http from '@sentry-exporter/transport/Http'

// model

export interface ReplaceableHttp {
  readonly http: Http.Http
  /** The former one is closed after its last request. */
  readonly replace: (next: Http.Http) => void
}

/** An `Http` with its requests under way. */
interface UsedHttp {
  readonly http: Http.Http
  underWay: number
}

// constructors

export const make = (first: Http.Http): ReplaceableHttp => {
  let current: UsedHttp = { http: first, underWay: 0 }
  const former = new Set<UsedHttp>()
  const closeIfUnused = (used: UsedHttp): void => {
    if (used.underWay === 0 && former.delete(used)) void used.http.close?.().catch(() => undefined)
  }
  const http: Http.Http = (request) => async () => {
    const used = current
    used.underWay++
    try {
      return await used.http(request)()
    } finally {
      used.underWay--
      closeIfUnused(used)
    }
  }
  return {
    http: withTraits(http, {
      close: async () => {
        const all = [...former, current]
        former.clear()
        await Promise.all(all.map((one) => one.http.close?.()))
      },
      skipsVerify: () => current.http.skipsVerify === true,
    }),
    replace: (next) => {
      const before = current
      current = { http: next, underWay: 0 }
      former.add(before)
      closeIfUnused(before)
    },
  }
}

/** `skipsVerify` is asked for each time: it is that of the `Http` in use. */
export const withTraits = (
  http: Http.Http,
  {
    close,
    skipsVerify,
  }: { readonly close: () => Promise<void>; readonly skipsVerify: () => boolean },
): Http.Http =>
  Object.defineProperties(http, { close: { value: close }, skipsVerify: { get: skipsVerify } })

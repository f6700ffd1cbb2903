/**
 * The cursor of the next page, from the header `Link`. Of its address only the cursor is used: a token is sent only to the
 * configured one. Source: docs.sentry.io/api/pagination.
 */

// decoding

const LINK = /<([^>]*)>\s*((?:;\s*[a-z]+\s*=\s*"[^"]*"\s*)*)/g

const PARAMETER = /([a-z]+)\s*=\s*"([^"]*)"/g

/** `undefined` if there is no further page. */
export const nextCursor = (link: string | undefined): string | undefined => {
  for (const [, address = '', parameters = ''] of (link ?? '').matchAll(LINK)) {
    const { rel, results, cursor } = Object.fromEntries(
      [...parameters.matchAll(PARAMETER)].map(([, name, value]) => [name, value]),
    )
    if (rel !== 'next' || results === 'false') continue
    const next = cursor ?? new URLSearchParams(address.split('?')[1]).get('cursor')
    return next === null || next === '' ? undefined : next
  }
  return undefined
}

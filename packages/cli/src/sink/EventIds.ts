/** The event ids of the last envelopes. Sentry drops an event whose id it received within the last hour. */

// constructors

const MAX_REMEMBERED = 100_000

/** Whether an event id came before; remembers it. An envelope without one is never repeated. */
export const remember = (): ((eventId: string | undefined) => boolean) => {
  const known = new Set<string>()
  return (eventId) => {
    if (eventId === undefined) return false
    if (known.has(eventId)) return true
    known.add(eventId)
    if (known.size > MAX_REMEMBERED) {
      // A set keeps the order in which its elements were added.
      const [oldest = eventId] = known
      known.delete(oldest)
    }
    return false
  }
}

/** Deeper values are replaced by null and counted, since `JSON.stringify` is recursive. */
export const MAX_LEVELS = 32

/**
 * The end of a page in a browser: a hidden page may be discarded at any time, and a page that is left runs no more code. Nothing happens in
 * other runtimes.
 */

// model

interface Events {
  readonly addEventListener: (name: string, listener: () => void) => void
}

interface Page extends Events {
  readonly document: Events & { readonly visibilityState: string }
}

/** The reactions to the end of a page. */
export interface PageEnd {
  /** The page is in the background. */
  readonly onHidden: () => void
  /** The page is left. */
  readonly onLeft: () => void
}

// running

export const onPageHide = ({ onHidden, onLeft }: PageEnd, scope: object = globalThis): void => {
  if (!isPage(scope)) return
  const { document } = scope
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') onHidden()
  })
  scope.addEventListener('pagehide', onLeft)
}

const isPage = (scope: object): scope is Page =>
  'addEventListener' in scope &&
  'document' in scope &&
  typeof scope.document === 'object' &&
  scope.document !== null &&
  'visibilityState' in scope.document

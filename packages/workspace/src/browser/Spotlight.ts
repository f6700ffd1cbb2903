/** The page of Spotlight (4.11.8) as a person reads it: where its parts are, for tests and for pictures. */
import type { Locator, Page } from 'playwright-core'

// folds

/** The spans of the open trace, one line each, with those above them before them. */
export const spans = (page: Page): Locator => page.locator('ul.tree a[href*="/spans/"]')

/** The root spans of the open trace. */
export const roots = (page: Page): Locator => page.locator('ul.tree:not(li ul) > li')

/** The errors in the list, or of the open trace. */
export const errors = (page: Page): Locator => page.locator('a[href*="/telemetry/errors/"]')

/** The frames of the open error, the one that threw first. */
export const frames = (page: Page): Locator => page.locator('ol li ul > li')

/** The number of spans of the open trace, by the page. */
export const spanCount = async (page: Page): Promise<number> => {
  const [text = ''] = await page.getByText(/^[\d,]+ spans$/).allInnerTexts()
  return Number(text.replace(/\D/g, ''))
}

// running

/** Opens a trace of the list by words of its line. */
export const openTrace = async (page: Page, words: RegExp): Promise<void> => {
  await page.locator('a[href*="/traces/"]').filter({ hasText: words }).first().click()
  await spans(page).first().waitFor()
}

/** Shows all spans of the open trace: those of other services are folded at first. */
export const unfold = async (page: Page): Promise<void> => {
  const folded = page.locator('ul.tree li:not(:has(> ul)) > a > .node > div:first-child:has(> svg)')
  const counted = folded.filter({ hasText: /^\d+$/ })
  // Each is unfolded by one click; what it held may be folded again, less deep than this.
  for (let deep = 0; deep < MAX_FOLDED; deep++) {
    if ((await counted.count()) === 0) return
    await counted.first().click()
  }
  throw new Error(`more than ${MAX_FOLDED} folded spans`)
}

const MAX_FOLDED = 100

/** Scrolls the list so that the open trace is the topmost. */
export const scrollToTrace = async (page: Page): Promise<void> => {
  await page.locator('a[href*="/traces#"]').evaluate('(element) => element.scrollIntoView()')
}

/** Shows the errors of the open trace beside its spans. */
export const openErrorsOfTrace = async (page: Page): Promise<void> => {
  await page.locator('a[href*="/traces/"][href$="/errors"]').click()
  await errors(page).first().waitFor()
}

/** Opens an error of the list by words of its line. */
export const openError = async (page: Page, words: RegExp): Promise<void> => {
  await errors(page).filter({ hasText: words }).first().click()
  await page.locator('h3').first().waitFor()
}

/** The page of bundle sizes: measured, compared with the budgets, printed as Markdown and read back. */
import * as Bundle from './Bundle.ts'

// model

export interface Size {
  readonly part: Bundle.BundlePart
  readonly platform: Bundle.Platform
  /** Bytes, minified. */
  readonly minified: number
  /** Bytes, minified and compressed with gzip. */
  readonly compressed: number
}

// constructors

/** Bundles every part for every platform. Needs built packages. */
export const measure = async (): Promise<ReadonlyArray<Size>> => {
  const bundles = await Promise.all(
    Bundle.parts.flatMap((part) => Bundle.platforms.map((platform) => Bundle.make(part, platform))),
  )
  return bundles.map((bundle) => ({
    part: bundle.part,
    platform: bundle.platform,
    minified: Bundle.minified(bundle),
    compressed: Bundle.compressed(bundle),
  }))
}

// guards

export const isWithinBudget = ({ part, compressed }: Size): boolean => compressed <= part.budget

/** Whether it is within its budget, or exceeds it no further than the page explains. */
export const isKnown = (size: Size): boolean =>
  isWithinBudget(size) || size.compressed <= (size.part.excess?.maxBytes ?? 0)

/**
 * Whether a page has these sizes, within a tolerance: another zlib compresses slightly differently, and small changes need
 * no new page.
 */
export const isCurrent = (page: string, sizes: ReadonlyArray<Size>): boolean => {
  const printed = [...page.matchAll(/^\|[^|]*\|[^|]*\|[^|]*\| ([\d,]+) \|/gm)].map(
    ([, bytes = '']) => Number(bytes.replaceAll(',', '')),
  )
  return (
    printed.length === sizes.length &&
    sizes.every(({ compressed }, i) => Math.abs((printed[i] ?? 0) / compressed - 1) <= TOLERANCE)
  )
}

const TOLERANCE = 0.02

// encoding

/** The whole page. */
export const show = (sizes: ReadonlyArray<Size>): string => `# Sizes

What the packages add to an application at the edge: all that they offer, bundled as modules, minified by esbuild, and
compressed with gzip at level 9. In bytes. An application that imports less gets less. \`npx --yes pnpm@10.34.9 run size\`
writes this page; \`check\` holds it and the budgets.

| bundle | for | minified | compressed | budget |
|---|---|---|---|---|
${sizes.map(showRow).join('\n')}

${[...new Set(sizes.flatMap((size) => (isWithinBudget(size) ? [] : (size.part.excess?.because ?? []))))].map((because) => `${because}\n\n`).join('')}None of them holds a module of Node or cross-fetch; a test looks into them.
`

const showRow = (size: Size): string => {
  const budget = `${digits(size.part.budget)}${isWithinBudget(size) ? '' : ', exceeded'}`
  return `| ${size.part.name} | ${size.platform} | ${digits(size.minified)} | ${digits(size.compressed)} | ${budget} |`
}

const digits = (bytes: number): string => bytes.toLocaleString('en-US')

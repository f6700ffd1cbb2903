/** Words that identifiers, comments and documents do not use: the glossary (docs/glossary.md) has the terms of this field. */

/** Words of both identifiers and comments, in lower case. */
const everywhere: ReadonlyArray<string> = `tell tells telling told tidings hear hears heard
   gone bury buries buried mend mends mended mending twin twins
   hang hangs hung rehang rehangs rehung
   say says said saying stand stands stood whoever
   alarm alarms usual house complaint complaints arrow arrows dice world
   endure overwhelm`.split(/\s+/)

/** Parts of identifiers, `MOST` of `MOST_BYTES` and `told` of `toldAll`, in lower case. */
export const inIdentifiers: ReadonlySet<string> = new Set([
  ...everywhere,
  'least',
  'most',
  'ring',
  'rings',
  'standard',
  // For `isThrown` see `allowedIdentifiers`.
  'thrown',
])

/** Patterns in comments and documents, in lower case. */
export const inComments: RegExp = new RegExp(
  `\\b(?:${[...everywhere, 'rings', 'is none', 'lets go', 'let go', 'calls? off', 'called off'].join('|')})\\b`,
  'g',
)

/** Phrases of comments and documents that are terms of their own. */
export const allowedPhrases: RegExp =
  /\b(?:410 gone|there is none|socket hang up|hung (?:sockets?|connections?|process(?:es)?|requests?)|arrow functions?|hello,? world)\b/g

/** Identifiers that are terms of their own, or the names of somebody else's API. */
export const allowedIdentifiers: ReadonlySet<string> = new Set([
  'isThrown',
  'isStandardLibrary',
  'STANDARD_LIBRARY',
])

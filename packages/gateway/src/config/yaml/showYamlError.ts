/**
 * Messages for mistakes in YAML. Those of the parser are not used: some of them contain a part of the text, which may be a secret.
 */
import type { ErrorCode } from 'yaml'

const TOKEN = 'this does not belong here; is the indentation right, or are quotes missing?'

const PROPERTY =
  'a tag or an anchor is in a wrong place; a text that starts with ! or & needs quotes'

const ALIAS = 'an alias without its anchor; a text that starts with * needs quotes'

const INDENT = 'wrong indentation: the entries of a map or of a list must start at the same column'

const FLOW_END = 'has no end before this place'

const MESSAGES: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: PROPERTY,
  BAD_ALIAS: ALIAS,
  BAD_COLLECTION_TYPE: PROPERTY,
  BAD_DIRECTIVE: 'a line with % that is no directive; such a text needs quotes',
  BAD_DQ_ESCAPE: 'an unknown escape sequence with \\ in double quotes',
  BAD_INDENT: INDENT,
  BAD_PROP_ORDER: PROPERTY,
  BAD_SCALAR_START: 'a text that starts with this character needs quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'two keys in one value; a text with ": " needs quotes, and the keys of a map need the same indentation',
  BLOCK_IN_FLOW: 'a block inside of [ ] or { }',
  DUPLICATE_KEY: 'this key is in the map twice',
  IMPOSSIBLE: TOKEN,
  KEY_OVER_1024_CHARS: 'a key of more than 1024 characters',
  MISSING_CHAR: 'a separator, ": " or ", ", is missing',
  MULTILINE_IMPLICIT_KEY: 'no ": " after this key',
  MULTIPLE_ANCHORS: PROPERTY,
  MULTIPLE_DOCS: 'a second document after ---; a configuration is one document',
  MULTIPLE_TAGS: PROPERTY,
  NON_STRING_KEY: 'a key is a list or a map; expected a text',
  RESOURCE_EXHAUSTION: 'too many levels',
  TAB_AS_INDENT: 'a tab in the indentation; YAML allows only spaces',
  TAG_RESOLVE_FAILED: 'a value does not fit its tag; a text that starts with ! needs quotes',
  UNEXPECTED_TOKEN: TOKEN,
}

/** Several mistakes have one code; the starts of the parser's messages distinguish them. */
const BY_START: ReadonlyArray<readonly [string, string]> = [
  ['Implicit map keys need to be followed', 'no ": " after this key'],
  ['Missing closing', 'a text in quotes has no end'],
  ['Flow sequence in block collection', `a list [ ] ${FLOW_END}`],
  ['Flow map in block collection', `a map { } ${FLOW_END}`],
  [
    'Missing , or : between flow',
    `", " is missing between [ ] or { }; a reference \${...} needs quotes there`,
  ],
]

export const showYamlError = (code: ErrorCode, message: string): string => {
  const [, known] = BY_START.find(([start]) => message.startsWith(start)) ?? []
  return `not valid YAML: ${known ?? MESSAGES[code]}`
}

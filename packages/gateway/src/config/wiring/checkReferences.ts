/** The references of one list: receivers, processors or exporters of a pipeline, or the extensions. */

import * as ConfigProblem from '../ConfigProblem.ts'
import type { Located } from '../codec/Codec.ts'
import * as ComponentId from '../component/ComponentId.ts'
import { adviceFor, replacementOf } from '../knownComponents.ts'
import { nearestWord } from '../nearestWord.ts'
import type { References, Wiring } from './Wiring.ts'

// model

export interface ReferenceRule {
  readonly kind: Exclude<ConfigProblem.ComponentKind, 'connector'>
  /** The types of components that this program has. */
  readonly types: ReadonlyArray<string>
  /** Whether `service::ignore_components` may name a component of this kind. */
  readonly canBeIgnored: boolean
}

// folds

/** The problems of each reference. */
export const checkReferences = (
  rule: ReferenceRule,
  wiring: Wiring,
  references: References,
): ConfigProblem.ConfigProblems =>
  references.flatMap((reference, index) => {
    const isRepeated = references.slice(0, index).some(({ value }) => value === reference.value)
    return isRepeated
      ? [
          ConfigProblem.error(reference.location, {
            _tag: 'Conflict',
            message: `references ${rule.kind} "${reference.value}" multiple times`,
          }),
        ]
      : checkReference(rule, wiring, reference)
  })

const checkReference = (
  { kind, types, canBeIgnored }: ReferenceRule,
  { configured, ignored }: Wiring,
  { value: id, location }: Located<string>,
): ConfigProblem.ConfigProblems => {
  const type = ComponentId.typeOf(id)
  const isConnector = configured.connector.has(id) && kind !== 'extension'
  const place = configured[kind].get(id) ?? (isConnector ? configured.connector.get(id) : undefined)
  if (place === undefined) return [notConfigured(kind, id, { configured, location })]
  if (canBeIgnored && ignored.some(({ value }) => value === id)) {
    return [
      ConfigProblem.note(place, {
        _tag: 'NoEffect',
        reason: 'service::ignore_components names it',
      }),
    ]
  }
  if (types.includes(type) && !isConnector) return []
  const reason = replacementOf(kind, type)
  if (reason !== undefined) return [ConfigProblem.note(place, { _tag: 'NoEffect', reason })]
  const actual = isConnector ? 'connector' : kind
  const nearest = isConnector ? undefined : nearestWord(type, types)
  return [
    ConfigProblem.error(location, {
      _tag: 'Unsupported',
      subject: `the ${actual} "${id}"`,
      advice: nearest === undefined ? adviceFor(actual, type) : `did you mean ${nearest}?`,
    }),
  ]
}

const notConfigured = (
  kind: ReferenceRule['kind'],
  id: string,
  { configured, location }: Pick<Wiring, 'configured'> & Pick<Located<string>, 'location'>,
): ConfigProblem.ConfigProblem =>
  ConfigProblem.error(location, {
    _tag: 'NotConfigured',
    kind,
    id,
    nearest: nearestWord(id, [...configured[kind].keys()]),
  })

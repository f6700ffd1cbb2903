/** Runs the hook of users on a log item. */
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import * as Form from '../filter/Form.ts'
import * as Hook from '../filter/Hook.ts'
import type * as HookFailure from '../filter/HookFailure.ts'
import { attributes as attributeForm, copyAttributes } from '../item/attributeForm.ts'
import { keptAttributes, SEQUENCE_KEY } from '../item/keptAttributes.ts'
import type { LogItem } from './LogItem.ts'
import * as LogLevel from './LogLevel.ts'

// transformations

/** `none` if the hook dropped it. The hook gets a copy, in which it may write. Ids and times of an item that comes back stay. */
export const applyLogHook =
  (hook: Hook.Hook<LogItem>) =>
  (item: LogItem): E.Either<HookFailure.HookFailure, O.Option<LogItem>> => {
    const answer = Hook.ask('beforeSendLog', itemForm, () =>
      hook({ ...item, attributes: copyAttributes(item.attributes) }),
    )
    return E.map(
      O.map(({ level, body, attributes }: LogItem) => ({
        ...item,
        ...{ level, body },
        attributes: withFacts(attributes, item.attributes),
      })),
    )(answer)
  }

/** A part of the time is no matter of the hook. */
const withFacts = keptAttributes([SEQUENCE_KEY])

const itemForm: Form.Form<LogItem> = Form.struct<LogItem>(
  {
    timestamp: Form.ignored,
    trace_id: Form.ignored,
    span_id: Form.ignored,
    level: Form.oneOf(LogLevel.levels),
    body: Form.text,
    attributes: attributeForm,
  },
  ['span_id'],
)

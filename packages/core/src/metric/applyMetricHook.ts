/** Runs the hook of users on a metric item. */
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import * as Form from '../filter/Form.ts'
import * as Hook from '../filter/Hook.ts'
import type * as HookFailure from '../filter/HookFailure.ts'
import { attributes as attributeForm, copyAttributes } from '../item/attributeForm.ts'
import { keptAttributes, SEQUENCE_KEY } from '../item/keptAttributes.ts'
import { type MetricItem, RATE_KEY } from './MetricItem.ts'

// transformations

/**
 * `none` if the hook dropped it. The hook gets a copy, in which it may write. Ids, the time, the type and the rate of an item that
 * comes back stay.
 */
export const applyMetricHook =
  (hook: Hook.Hook<MetricItem>) =>
  (item: MetricItem): E.Either<HookFailure.HookFailure, O.Option<MetricItem>> => {
    const answer = Hook.ask('beforeSendMetric', itemForm, () =>
      hook({ ...item, attributes: copyAttributes(item.attributes) }),
    )
    return E.map(
      O.map(({ name, value, unit, attributes }: MetricItem) => ({
        ...item,
        ...{ name, value, unit },
        attributes: withFacts(attributes, item.attributes),
      })),
    )(answer)
  }

/** The weight of the item, and a part of its time, are no matter of the hook. */
const withFacts = keptAttributes([SEQUENCE_KEY, RATE_KEY])

const itemForm: Form.Form<MetricItem> = Form.struct<MetricItem>(
  {
    timestamp: Form.ignored,
    trace_id: Form.ignored,
    span_id: Form.ignored,
    type: Form.ignored,
    name: Form.matching(/\S/, 'a name'),
    value: Form.number,
    unit: Form.text,
    attributes: attributeForm,
  },
  ['span_id', 'unit'],
)

/**
 * The fields that the root of a transaction and its child spans have in common. Source: `relay-base-schema/src/spans.rs`,
 * `relay-event-schema/src/protocol/span.rs`, `.../contexts/trace.rs` of getsentry/relay.
 */
import * as Fields from './Fields.ts'
import * as Verdict from './Verdict.ts'

// folds

/** The fields of a span, or of a trace context, that Sentry changes or removes. */
export const cuts = (path: string, span: Fields.Fields): ReadonlyArray<Verdict.Cut> => [
  ...Verdict.tooLong(`${path}.op`, span['op'], 128),
  ...Verdict.unless(isStatus(span['status']), `${path}.status`, 'invalid'),
  ...Verdict.unless(span['status'] !== 'unknown_error', `${path}.status`, 'renamed'),
  ...scalars(`${path}.data`, span['data']),
  ...origin(`${path}.origin`, span['origin']),
  ...Verdict.unless(
    Fields.isAbsent(span['parent_span_id']) || Fields.isId(span['parent_span_id'], 16),
    `${path}.parent_span_id`,
    'invalid',
  ),
  ...Fields.entriesOf(span['links']).flatMap(([index, link]) =>
    Verdict.unless(
      Fields.isId(Fields.field(link, 'trace_id'), 32) &&
        Fields.isId(Fields.field(link, 'span_id'), 16),
      `${path}.links.${index}`,
      'discarded',
    ),
  ),
  ...Fields.entriesOf(span['links']).flatMap(([index, link]) =>
    scalars(`${path}.links.${index}.attributes`, Fields.field(link, 'attributes')),
  ),
]

/** Data become attributes, whose values are scalars. Source: `relay-spans/src/v1_to_v2.rs`. */
const scalars = (path: string, data: unknown): ReadonlyArray<Verdict.Cut> =>
  Fields.isFields(data)
    ? Object.entries(data).flatMap(([key, value]) =>
        Verdict.unless(typeof value !== 'object' || value === null, `${path}.${key}`, 'invalid'),
      )
    : Verdict.NONE

const origin = (path: string, value: unknown): ReadonlyArray<Verdict.Cut> => {
  if (Fields.isAbsent(value)) return Verdict.NONE
  return typeof value === 'string' && /^[a-zA-Z0-9_.]*$/.test(value)
    ? Verdict.tooLong(path, value, 128)
    : [Verdict.cut(path, 'invalid')]
}

const isStatus = (status: unknown): boolean =>
  Fields.isAbsent(status) ||
  (typeof status === 'string' && STATUSES.has(status)) ||
  (typeof status === 'number' && Number.isInteger(status) && status >= 0 && status <= 16)

/** Including the aliases of some statuses. */
const STATUSES: ReadonlySet<string> = new Set([
  'ok',
  'success',
  'cancelled',
  'unknown_error',
  'unknown',
  'invalid_argument',
  'deadline_exceeded',
  'not_found',
  'already_exists',
  'permission_denied',
  'resource_exhausted',
  'failed_precondition',
  'aborted',
  'out_of_range',
  'unimplemented',
  'internal_error',
  'failure',
  'unavailable',
  'data_loss',
  'unauthenticated',
])

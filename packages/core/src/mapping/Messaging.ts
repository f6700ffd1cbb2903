/**
 * The operation on a message, in Sentry's terms: by the attributes of the messaging conventions; without them by the operation
 * of a queue of AWS, or by the kind of the span.
 *
 * Source: `model/op/messaging.json` of getsentry/sentry-conventions; OpenTelemetry semantic conventions, "Messaging spans".
 */
import * as Conventions from './Conventions.ts'
import * as FirstLetters from './FirstLetters.ts'
import { needing, reading, type SpanFunction } from './SpanFunction.ts'

// model

export type QueueOperation =
  | 'queue'
  | 'queue.create'
  | 'queue.process'
  | 'queue.publish'
  | 'queue.receive'
  | 'queue.settle'

// constructors

/** Values of `messaging.operation.type`, of its older forms, and of names of operations that systems use. */
const OPERATIONS: ReadonlyMap<string, QueueOperation> = new Map<string, QueueOperation>([
  ['send', 'queue.publish'],
  ['publish', 'queue.publish'],
  ['create', 'queue.create'],
  ['receive', 'queue.receive'],
  ['poll', 'queue.receive'],
  ['process', 'queue.process'],
  ['deliver', 'queue.process'],
  ['consume', 'queue.process'],
  ['settle', 'queue.settle'],
  ['ack', 'queue.settle'],
  ['nack', 'queue.settle'],
  ['reject', 'queue.settle'],
  ['commit', 'queue.settle'],
  // Celery (`celery.action`)
  ['apply_async', 'queue.publish'],
  ['run', 'queue.process'],
])

/** The services of AWS that are queues, by their names in lower case, with the operations that are not just calls. */
const AWS_QUEUES: ReadonlyMap<string, ReadonlyMap<string, QueueOperation>> = new Map([
  [
    'sqs',
    new Map<string, QueueOperation>([
      ['SendMessage', 'queue.publish'],
      ['SendMessageBatch', 'queue.publish'],
      ['ReceiveMessage', 'queue.receive'],
      ['DeleteMessage', 'queue.settle'],
      ['DeleteMessageBatch', 'queue.settle'],
      ['ChangeMessageVisibility', 'queue.settle'],
      ['ChangeMessageVisibilityBatch', 'queue.settle'],
      ['CreateQueue', 'queue.create'],
    ]),
  ],
  [
    'sns',
    new Map<string, QueueOperation>([
      ['Publish', 'queue.publish'],
      ['PublishBatch', 'queue.publish'],
      ['CreateTopic', 'queue.create'],
    ]),
  ],
  [
    'kinesis',
    new Map<string, QueueOperation>([
      ['PutRecord', 'queue.publish'],
      ['PutRecords', 'queue.publish'],
      ['GetRecords', 'queue.receive'],
    ]),
  ],
  ['eventbridge', new Map<string, QueueOperation>([['PutEvents', 'queue.publish']])],
])

const AWS_KEYS = ['rpc.service', 'aws.service', 'rpc.method', 'aws.operation'] as const

const AWS_LETTERS = FirstLetters.ofKeys(AWS_KEYS)

/** An operation of a queue of AWS: a span of an AWS SDK, which may have no attributes of a message. */
const awsOperation: SpanFunction<QueueOperation | undefined> = needing(
  ['rpc.service', 'aws.service'],
  reading(AWS_KEYS, ({ attributes }, letters = FirstLetters.every) => {
    if (!FirstLetters.mayHave(letters, AWS_LETTERS)) return undefined
    const service = attributes['rpc.service'] ?? attributes['aws.service']
    const method = attributes['rpc.method'] ?? attributes['aws.operation']
    if (typeof service !== 'string') return undefined
    const operations = AWS_QUEUES.get(service.toLowerCase().replace(/^(?:amazon|aws)\s?/, ''))
    if (operations === undefined) return undefined
    // `SQS/SendMessage` and `SQS.SendMessage` name the service too.
    const name =
      typeof method === 'string'
        ? method.slice(1 + Math.max(method.lastIndexOf('/'), method.lastIndexOf('.')))
        : ''
    return operations.get(name) ?? 'queue'
  }),
)

/** By the operation that the span names, else by its kind. `undefined` for a span that is not about a message. */
export const of: SpanFunction<QueueOperation | undefined> = needing(
  [Conventions.isMessaging, awsOperation],
  reading(
    [Conventions.isMessaging, Conventions.messagingOperation, awsOperation],
    (span, letters) => {
      const isMessaging = Conventions.isMessaging(span, letters)
      const operation = isMessaging ? Conventions.messagingOperation(span, letters) : undefined
      const named = OPERATIONS.get(operation?.toLowerCase() ?? '')
      if (named !== undefined) return named
      const aws = awsOperation(span, letters)
      if (aws !== undefined && aws !== 'queue') return aws
      return isMessaging ? (ofKind(span) ?? 'queue') : aws
    },
  ),
)

/** PRODUCER and CONSUMER are the kinds of spans of messages and jobs. */
export const ofKind = ({ kind }: { readonly kind: string }): QueueOperation | undefined =>
  kind === 'PRODUCER' ? 'queue.publish' : kind === 'CONSUMER' ? 'queue.process' : undefined

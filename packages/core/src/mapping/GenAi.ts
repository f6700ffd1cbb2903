/**
 * The `op` of a span of generative AI, from the conventions of OpenTelemetry and of the frameworks that have their own.
 * Products key on the prefix `gen_ai.`.
 *
 * Source: `model/op/gen_ai.json` of getsentry/sentry-conventions; the kinds of spans of Arize-ai/openinference, of
 * traceloop/openllmetry and of langfuse/langfuse.
 */
import * as Conventions from './Conventions.ts'
import { needing, reading, type SpanFunction } from './SpanFunction.ts'
import { hasKey, textOf } from './textOf.ts'

// constructors

/** The kind of a step as a framework calls it. */
const kind = textOf(
  'openinference.span.kind',
  'traceloop.span.kind',
  'langfuse.observation.type',
  'llm.request.type',
)

/** By the kind in lower case. A kind that is missing here is a step of a program without a model. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['agent', 'invoke_agent'],
  ['chain', 'chain'],
  ['chat', 'chat'],
  ['completion', 'text_completion'],
  ['embedding', 'embeddings'],
  ['evaluator', 'evaluate'],
  ['generation', 'chat'],
  ['llm', 'chat'],
  ['rerank', 'rerank'],
  ['reranker', 'rerank'],
  ['retriever', 'retrieval'],
  ['tool', 'execute_tool'],
  ['workflow', 'invoke_agent'],
])

const tool = hasKey('gen_ai.tool.name', 'gen_ai.tool.call.id')

const agent = hasKey('gen_ai.agent.name')

/** `ai.generateText` is an agent's turn, `ai.generateText.doGenerate` a call of the model within it. */
const fromVercel = (operationId: string): string => {
  if (operationId.startsWith('ai.embed')) return 'embeddings'
  if (operationId === 'ai.toolCall') return 'execute_tool'
  return operationId.includes('.do') ? 'generate_content' : 'invoke_agent'
}

/** `undefined` for a span that is not of generative AI. */
export const of: SpanFunction<string | undefined> = needing(
  [Conventions.genAiOperation, Conventions.vercelOperation, Conventions.isGenAi, kind, tool, agent],
  reading(
    [
      Conventions.genAiOperation,
      Conventions.vercelOperation,
      Conventions.isGenAi,
      kind,
      tool,
      agent,
    ],
    (span, letters) => {
      const task = Conventions.genAiOperation(span, letters)
      if (task !== undefined) return `gen_ai.${task}`
      const operationId = Conventions.vercelOperation(span, letters)
      if (operationId !== undefined) return `gen_ai.${fromVercel(operationId)}`
      const known = KINDS.get(kind(span, letters)?.toLowerCase() ?? '')
      if (known !== undefined) return `gen_ai.${known}`
      if (tool(span, letters)) return 'gen_ai.execute_tool'
      // A call of a model names its agent as well.
      if (Conventions.isGenAi(span, letters)) return 'gen_ai'
      return agent(span, letters) ? 'gen_ai.invoke_agent' : undefined
    },
  ),
)

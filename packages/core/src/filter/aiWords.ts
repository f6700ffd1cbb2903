/**
 * The words by which `AttributeTable` recognises the contents of conversations with models, as alternatives of regular
 * expressions. Sources: the conventions `gen_ai` of OpenTelemetry, OpenInference, OpenLLMetry, Langfuse, Vercel's AI SDK,
 * Pydantic AI, MLflow, Haystack, and those that the names below belong to.
 */

/** A word of `AI_CONTENT` behind one of these is content of a conversation. */
export const AI = `gen.ai|llm|ai|vercel.ai|spring.ai|open.?inference|lang.?(fuse|smith|chain|graph)|traceloop|haystack|llama.?index|
crew.?ai|crew|mlflow|pydantic.ai|logfire|semantic.kernel|braintrust|agent.?ops|agents?|gcp.vertex.agent|lk|genkit|mastra|opik|
autogen|dspy|weave|lilypad|ml.obs|tfy|lite.?llm|retrieval|reranker|embedding|tools?(.calls?)?|message(.content)?|documents?|
image|audio|prompt|mcp|openai|anthropic|bedrock|cohere|mistral|ollama|vector.?db`

/** Content, with all keys below it. */
export const AI_CONTENT = `arguments?|args|variables|results?|contents?|texts?|vectors?|(tool|invocation|function|call).parameters|
text|object|transcript|headers`

/** Content, unless a word of `AI_FACTS` ends the key. */
export const AI_PARTS = `prompts?|completions?|inputs?|outputs?|messages?|documents?|instructions?|reasoning|thoughts?|query|queries|
tool.calls?|function.call|choices|files|images?|embeddings?$|values?$|question|answer|explanation|records|history|backstory|
goal|state|chat.ctx|(llm|tool).(request|response)|(request|response|input|output).data|template`

/** Facts about a conversation that are no part of it. Those of the first group count anywhere in a key. */
export const AI_FACTS = `usage|tokens?|costs?|model|provider`

export const AI_ENDS = `name|ids?|type|version|role|count|score|index|key|time|timestamp|finish.reasons?|status|language|format|
size|length|dimensions?|schema|path|kind`

/** Common words that are content on the spans of AI. */
export const COMMON = `events|final.result|(tool.)?(arguments|args|response|results?|inputs?|outputs?)|prompts?|completions?|messages?|
response|(request|response|input|output).data|question|answer|query|documents?|contents?|texts?|instructions|transcript|
(task|crew|agent).(inputs?|outputs?|results?|description)|formatted.(description|expected.output)|history|choices|thoughts?|
reasoning|context|backstory|goal|summary|value|return`

/** Whether a scope, an event or an attribute belongs to AI, by the start of its name. */
export const AI_NAME: RegExp = new RegExp(
  '(^|[._\\-/@ ])(gen_?ai|llm|ai|open-?inference|lang(fuse|smith|chain|graph)|traceloop|openllmetry|haystack|llama.?index|crew.?ai|' +
    'mlflow|pydantic.ai|semantic.?kernel|braintrust|agent.?ops|genkit|mastra|opik|autogen|dspy|litellm|mcp|openai|anthropic|' +
    'bedrock|cohere|mistral(ai)?|ollama|vertex.?ai|spring.ai|livekit|lk|ml_obs|gcp.vertex)([._\\-/ ]|$)',
  'i',
)

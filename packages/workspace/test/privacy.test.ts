import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../src/reports/Report.ts'

type Kind = 'server' | 'client'

interface Key {
  readonly key: string
  readonly value: string
}

const words = (text: string): ReadonlyArray<string> => text.trim().split(/\s+/)

/** Keys whose values are not sent by default, of all conventions that we know. */
const PERSONAL = words(`
  gen_ai.prompt gen_ai.completion gen_ai.prompt.0.content gen_ai.completion.0.content gen_ai.input.messages
  gen_ai.output.messages gen_ai.system_instructions gen_ai.tool.call.arguments gen_ai.tool.call.result gen_ai.tool.input
  gen_ai.tool.output gen_ai.tool.message gen_ai.response.text gen_ai.response.object gen_ai.response.tool_calls
  gen_ai.request.messages gen_ai.event.content gen_ai.retrieval.query.text
  tool_arguments input.value output.value input.images llm.input_messages.0.message.content
  llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments llm.prompts llm.prompts.0.content llm.completions
  llm.prompt_template.template llm.prompt_template.variables llm.function_call llm.invocation_parameters llm.choices
  retrieval.documents.0.document.content embedding.text embedding.embeddings.0.embedding.vector reranker.query
  reranker.input_documents.0.document.content reranker.output_documents.0.document.content tool.parameters message.content
  document.content document.metadata
  langfuse.observation.input langfuse.observation.output langfuse.trace.input langfuse.trace.output langfuse.input
  traceloop.entity.input traceloop.entity.output traceloop.prompt.template traceloop.prompt.template_variables
  traceloop.association.properties.user_id
  pydantic_ai.all_messages all_messages_events pydantic_ai.variable_instructions
  ai.prompt ai.prompt.messages ai.response.text ai.response.object ai.response.toolCalls ai.response.reasoning ai.toolCall.args
  ai.toolCall.result ai.result.text ai.value ai.values ai.embedding ai.embeddings
  mlflow.spanInputs mlflow.spanOutputs mlflow.chat.messages haystack.component.input haystack.component.output
  haystack.pipeline.input_data haystack.pipeline.output_data crewai.crew.result crew_inputs crew_tasks crewai.agent.backstory
  semantic_kernel.function.arguments braintrust.input braintrust.output_json agentops.entity.input
  gcp.vertex.agent.llm_request gcp.vertex.agent.llm_response gcp.vertex.agent.tool_call_args lk.user_transcript lk.chat_ctx
  genkit:input genkit:output spring.ai.tool.call.arguments db.vector.query.content mcp.request.argument.name
  mcp.tool.result.content _ml_obs.meta.input.value langsmith.inputs $ai_input system_prompt user_prompt
  user.id user_id userId username user.name USER_EMAIL enduser.id email customer_email client.address client_ip clientIp
  http.client_ip x-forwarded-for http.x_forwarded_for x-real-ip cf-connecting-ip ip_address client.socket.address
  source.address
  http.request.header.x http.response.header.set_cookie http.request.headers headers http.cookies http.request.body
  messaging.message.body messaging.payload rpc.grpc.request.metadata.x http.route_params graphql.variables
  graphql.variable.x graphql.operation.variables
  url.query http.query url.fragment query_string http.query_params
  db.query.parameter db.query.parameter.a db.operation.parameter.a db.params db.sql.bindings
  process.command process.command_args process.command_line process.owner process.environment_variable.HOME
  container.command_args cmdline argv
`)

/** The same, only where a client is the peer. */
const PEERS = words(`
  peer.address net.peer.ip net.peer.name net.sock.peer.addr net.sock.peer.name network.peer.address peer.ipv4 peer.hostname
  remote_addr
`)

/** The same, only on spans of AI. */
const COMMON = words(`
  events final_result tool_response inputs outputs input output prompt messages request_data response_data
  task_output formatted_description
`)

const URLS = words(
  'url.full url http.url http.target callback_url http.referer request.uri url.path',
)

const SECRETS = words(
  'password db.password api_key access_token session_token jsessionid http.request.cookie',
)

/** Facts that stay. */
const KEPT = words(`
  gen_ai.usage.input_tokens gen_ai.request.model gen_ai.response.model gen_ai.operation.name gen_ai.tool.name gen_ai.tool.call.id
  gen_ai.output.type gen_ai.conversation.id gen_ai.usage.cost llm.model_name llm.token_count.prompt llm.cost.prompt llm.provider
  input.mime_type embedding.model_name reranker.model_name document.id document.score tool.name langfuse.observation.type
  langfuse.observation.model.name langfuse.observation.usage_details langfuse.observation.cost_details traceloop.entity.name
  ai.model.id ai.usage.promptTokens ai.response.finishReason ai.toolCall.name mlflow.spanType mlflow.chat.tokenUsage
  mcp.tool.name model_name agent_name
  http.request.body.size http.response.status_code http.route server.address user_agent.original peer.service
  messaging.message.id messaging.message.body.size db.query.text db.statement process.pid session.id exception.note
`)

const wordOf = (key: string): string =>
  `hush${[...key].map((one) => one.codePointAt(0)).join('z')}e`

const text = (key: string): Key => ({ key, value: wordOf(key) })

const url = (key: string): Key => ({
  key,
  value: `https://user:${wordOf(key)}@x/${wordOf(key)}@host/a?b=${wordOf(key)}#c=${wordOf(key)}`,
})

const attribute = ({ key, value }: Key): unknown => ({ key, value: { stringValue: value } })

const map = (key: string, entries: ReadonlyArray<Key>): unknown => ({
  key,
  value: { kvlistValue: { values: entries.map(attribute) } },
})

const list = (key: string, entries: ReadonlyArray<Key>): unknown => ({
  key,
  value: { arrayValue: { values: [{ kvlistValue: { values: entries.map(attribute) } }] } },
})

const exception = (entries: ReadonlyArray<Key>): ReadonlyArray<unknown> => [
  attribute({ key: 'exception.type', value: 'Declined' }),
  attribute({ key: 'exception.message', value: 'no funds' }),
  ...entries.map(attribute),
]

/** A request with these attributes in every place of it. */
const hostile = (entries: ReadonlyArray<Key>, kind: Kind, scope: string): string => {
  const attributes = [...entries.map(attribute), map('outer', entries), list('entries', entries)]
  const traceId = '7d3e0000000000000000000000000077'
  const time = '1795800000000000000'
  const span = (spanId: string, more: object): unknown => ({
    traceId,
    spanId,
    name: 'call',
    kind: kind === 'server' ? 2 : 3,
    startTimeUnixNano: time,
    endTimeUnixNano: time,
    attributes,
    events: [
      { name: 'event', timeUnixNano: time, attributes },
      { name: 'gen_ai.user.message', timeUnixNano: time, attributes },
      {
        name: 'exception',
        timeUnixNano: time,
        attributes: [...exception(entries), map('outer', entries)],
      },
    ],
    links: [{ traceId, spanId: '7700000000000009', attributes }],
    status: { code: 2, message: 'failed' },
    ...more,
  })
  // Only the kind of a span shows that its peer is a server.
  const others = kind === 'server' ? attributes : []
  return JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [attribute({ key: 'service.name', value: 'shop' }), ...others] },
        scopeSpans: [
          {
            scope: { name: scope, attributes: others },
            spans: [
              span('7700000000000001', {}),
              span('7700000000000002', {
                parentSpanId: '7700000000000001',
                kind: kind === 'server' ? 2 : 3,
              }),
            ],
          },
        ],
      },
    ],
  })
}

const hostileLog = (entries: ReadonlyArray<Key>): string =>
  JSON.stringify({
    resourceLogs: [
      {
        resource: { attributes: entries.map(attribute) },
        scopeLogs: [
          {
            logRecords: [
              {
                timeUnixNano: '1795800000000000000',
                severityNumber: 17,
                attributes: [
                  ...exception(entries),
                  map('outer', entries),
                  list('entries', entries),
                ],
              },
            ],
          },
        ],
      },
    ],
  })

const sentWords = (sent: string, entries: ReadonlyArray<Key>): ReadonlyArray<string> =>
  entries.filter(({ key }) => sent.includes(wordOf(key))).map(({ key }) => key)

const privacy = suite('privacy')

const SENSITIVE = [...[...PERSONAL, ...PEERS].map(text), ...URLS.map(url), ...SECRETS.map(text)]

privacy('no value of a sensitive key is sent, in no place of a request', async () => {
  const { sent } = await Report.deliverBody(hostile(SENSITIVE, 'server', 'lib'))
  assert.equal(sentWords(sent, SENSITIVE), [])
  const log = await Report.deliverBody(hostileLog(SENSITIVE))
  assert.is(log.errors.length, 1)
  assert.equal(sentWords(log.sent, SENSITIVE), [])
})

privacy('common words are content on spans of AI alone', async () => {
  const common = COMMON.map(text)
  const ofAi = await Report.deliverBody(hostile(common, 'client', 'pydantic-ai'))
  assert.equal(sentWords(ofAi.sent, common), [])
  const beside = [...common, { key: 'gen_ai.system', value: 'openai' }]
  const byAttribute = await Report.deliverBody(hostile(beside, 'client', 'lib'))
  assert.equal(sentWords(byAttribute.sent, common), [])
  const other = await Report.deliverBody(hostile(common, 'client', 'lib'))
  assert.equal(sentWords(other.sent, common), COMMON)
})

privacy('personal data is sent with sendDefaultPii, secrets and credentials are not', async () => {
  const config = { sendDefaultPii: true }
  for (const keys of [PERSONAL, PEERS, COMMON]) {
    for (const key of keys) {
      const entry = text(key)
      const { sent } = await Report.deliverBody(hostile([entry], 'client', 'pydantic-ai'), config)
      assert.ok(sent.includes(entry.value) || /cookie/.test(key), key)
    }
  }
  const secrets = SECRETS.map(text)
  const { sent } = await Report.deliverBody(hostile(secrets, 'server', 'lib'), config)
  assert.equal(sentWords(sent, secrets), [])
  const urls = URLS.map((key) => ({
    key,
    value: `https://user:${wordOf(key)}@x/${wordOf(key)}@host/a?token=${wordOf(key)}#access_token=${wordOf(key)}`,
  }))
  const withUrls = await Report.deliverBody(hostile(urls, 'server', 'lib'), config)
  assert.equal(sentWords(withUrls.sent, urls), [])
})

privacy('facts about models, tokens and costs are sent', async () => {
  const kept = KEPT.map(text)
  for (let at = 0; at < kept.length; at += 8) {
    const some = kept.slice(at, at + 8)
    const { sent } = await Report.deliverBody(hostile(some, 'server', 'pydantic-ai'))
    assert.equal(
      sentWords(sent, some),
      some.map(({ key }) => key),
    )
  }
})

privacy('credentials are in no text, whatever its key', async () => {
  const entries = ['note', 'exception.message', 'exception.stacktrace', 'db.statement', 'body'].map(
    (key) => ({ key, value: `at amqp://user:${wordOf(key)}@x/${wordOf(key)}@host failed` }),
  )
  for (const sendDefaultPii of [false, true]) {
    const { sent } = await Report.deliverBody(hostile(entries, 'server', 'lib'), { sendDefaultPii })
    assert.equal(sentWords(sent, entries), [])
    assert.match(sent, 'amqp://host failed')
  }
})

privacy('holds for keys in any spelling, below any keys', async () => {
  const spelling = fc.constantFrom<(key: string) => string>(
    (key) => key,
    (key) => (/[A-Z]/.test(key) ? key : key.toUpperCase()),
    (key) => key.replaceAll('.', '_'),
    (key) => key.replaceAll('_', '-'),
    (key) => key.replace(/[._]([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  )
  const key = fc.constantFrom(...PERSONAL, ...PEERS)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(key, spelling), { minLength: 1, maxLength: 6 }),
      async (keys) => {
        const entries = keys.map(([one, spell]) => text(spell(one)))
        const { sent } = await Report.deliverBody(hostile(entries, 'server', 'lib'))
        assert.equal(sentWords(sent, entries), [])
      },
    ),
    { numRuns: 50 },
  )
})

privacy.run()

import { resource } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Sensitive from '../../src/filter/Sensitive.ts'
import type { LogRecord } from '../../src/model/LogRecord.ts'
import { itemOf, record, run } from './records.ts'

const SECRET = 'hush'

const privacy = suite('logItems: privacy')

/** Records that contain the secret in one place. */
const SECRETS: ReadonlyArray<readonly [string, Partial<LogRecord>]> = [
  ['an attribute', { attributes: { 'db.password': SECRET } }],
  ['an attribute in a map', { attributes: { login: { token: SECRET, user: { apiKey: SECRET } } } }],
  ['a list of maps', { attributes: { logins: [{ password: SECRET }] } }],
  [
    'a URL of an attribute',
    { attributes: { 'url.full': `https://u:${SECRET}@host/?token=${SECRET}` } },
  ],
  ['a URL in the text', { body: `GET https://user:${SECRET}@host/path?token=${SECRET} failed` }],
  ['a URL in a list of the body', { body: ['a', `https://user:${SECRET}@host/`] }],
  ['a map as body', { body: { user: 'ann', password: SECRET, deep: [{ secret: SECRET }] } }],
  ['a URL in the name of the event', { body: null, eventName: `https://u:${SECRET}@host/` }],
  ['a URL in the word of the severity', { severityText: `https://u:${SECRET}@host/` }],
  ['the resource', { resource: resource('shop', { 'api.key': SECRET, 'my.password': SECRET }) }],
  ['the scope', { scope: { name: 'a', version: '', attributes: { 'access.token': SECRET } } }],
  [
    'the exception of a record without body',
    {
      body: null,
      attributes: { 'exception.message': `no answer of https://u:${SECRET}@host/` },
    },
  ],
]

for (const [title, fields] of SECRETS) {
  privacy(`no secret of ${title} is sent`, () => {
    const [item] = run([record(fields)]).items
    assert.not.match(item?.text ?? SECRET, SECRET)
    const open = { sendDefaultPii: true, scrub: false, scrubKeys: [] }
    const [shown] = run([record(fields)], { privacy: open }).items
    if (!JSON.stringify(fields).includes('://')) assert.match(shown?.text ?? '', SECRET)
  })
}

/** Records of AI whose words are a conversation, and the text that is left of each. */
const CONVERSATIONS: ReadonlyArray<readonly [string, Partial<LogRecord>, string]> = [
  [
    'a message',
    { eventName: 'gen_ai.user.message', body: { content: SECRET, role: 'user' } },
    '{"role":"user"}',
  ],
  ['a text', { eventName: 'gen_ai.system.message', body: SECRET }, 'gen_ai.system.message'],
  [
    'an event that an attribute names',
    { attributes: { 'event.name': 'gen_ai.choice' }, body: { message: { content: SECRET } } },
    '',
  ],
  [
    'attributes of an event',
    {
      eventName: 'gen_ai.client.inference.operation.details',
      body: null,
      attributes: { 'gen_ai.input.messages': [{ content: SECRET }], prompt: SECRET },
    },
    'gen_ai.client.inference.operation.details',
  ],
]

for (const [title, fields, text] of CONVERSATIONS) {
  privacy(`the conversation in ${title} is sent only if that is chosen`, () => {
    const item = itemOf(fields)
    assert.not.match(JSON.stringify(item), SECRET)
    assert.is(item.body, text)
    const chosen = { ...Sensitive.defaults, sendDefaultPii: true }
    assert.match(JSON.stringify(itemOf(fields, { privacy: chosen })), SECRET)
  })
}

privacy('the text of a logger whose name is that of AI is sent', () => {
  const scope = { name: 'openai._base_client', version: '', attributes: {} }
  assert.is(itemOf({ scope, body: 'retrying the request' }).body, 'retrying the request')
})

privacy('personal data is sent only if that is chosen', () => {
  const attributes = {
    'client.address': '192.0.2.7',
    'user.email': 'ann@example.com',
    'http.request.header.cookie': ['a=b'],
  }
  const { attributes: kept } = itemOf({ attributes, resource: resource('shop', attributes) })
  for (const key of Object.keys(attributes)) {
    assert.is(kept[key], undefined, key)
    assert.is(kept[`resource.${key}`], undefined, key)
  }
  const chosen = { ...Sensitive.defaults, sendDefaultPii: true }
  const { attributes: all } = itemOf({ attributes }, { privacy: chosen })
  assert.is(all['user.email']?.value, 'ann@example.com')
})

privacy('more keys are filtered if the options name them', () => {
  const own = { ...Sensitive.defaults, scrubKeys: ['tenant'] }
  const item = itemOf(
    { attributes: { 'app.tenant': SECRET }, body: { tenant: SECRET, a: 1 } },
    { privacy: own },
  )
  assert.is(item.attributes['app.tenant']?.value, '[Filtered]')
  assert.is(item.body, '{"tenant":"[Filtered]","a":1}')
})

privacy('the hook receives redacted items', () => {
  const seen: Array<string> = []
  run([record({ body: { password: SECRET }, attributes: { secret: SECRET } })], {
    hook: (item) => {
      seen.push(JSON.stringify(item))
      return { _tag: 'Some', value: item }
    },
  })
  assert.is(seen.length, 1)
  assert.not.match(seen.join(), SECRET)
})

privacy.run()

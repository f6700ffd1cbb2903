import { span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/mapping/Description.ts'
import type { Attributes } from '../../src/model/Attributes.ts'

const of = suite('Description.of')

const ROWS: ReadonlyArray<readonly [Attributes, string]> = [
  [{ 'http.method': 'GET', 'http.route': '/a/:id' }, 'GET /a/:id'],
  [{ 'sentry.custom_span_name': 'mine', 'http.method': 'GET', 'http.route': '/a' }, 'mine'],
  [{ 'db.system': 'mysql', 'db.statement': 'SELECT 1' }, 'SELECT 1'],
  [{ 'db.system.name': 'mysql', 'db.query.text': 'SELECT 1' }, 'SELECT 1'],
  [{ 'db.statement': 'SELECT 1' }, 'SELECT 1'],
  [{ 'db.system': 'mysql' }, 'work'],
  [{}, 'work'],
]

for (const [attributes, description] of ROWS) {
  of(`${JSON.stringify(attributes)} is ${description}`, () => {
    assert.is(_.of(span({ attributes })), description)
  })
}

of.run()

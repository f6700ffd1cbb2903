/** Writes values of JSON: for the few parts of a span that are objects. */

import type { AttributeValue } from '../model/Attributes.ts'
import * as Json from '../model/Json.ts'
import * as Literal from './Literal.ts'
import type { SpanWriter } from './SpanWriter.ts'

// constructors

const COMMA = Literal.of(',')
const COLON = Literal.of(':')
const TRUE = Literal.of('true')
const FALSE = Literal.of('false')
const NULL = Literal.of('null')
const [OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [
  Literal.of('['),
  Literal.of(']'),
  Literal.of('{'),
  Literal.of('}'),
]

// encoding

/** The value of an attribute as `data` has it: a scalar, or the text of a list or a map. */
export const writeAttribute = (writer: SpanWriter, value: AttributeValue): void => {
  switch (typeof value) {
    case 'string':
      writer.string(value)
      return
    case 'number':
      if (Number.isFinite(value)) writer.number(value)
      else writer.string(String(value))
      return
    case 'boolean':
      writer.literal(value ? TRUE : FALSE)
      return
    default:
      writeJson(writer, Json.scalar(Json.fromAttribute(value)))
  }
}

/** Numbers are finite, since JSON has no others. */
export const writeJson = (writer: SpanWriter, json: Json.Json): void => {
  if (typeof json === 'string') writer.string(json)
  else if (typeof json === 'number') writer.number(json)
  else if (typeof json === 'boolean') writer.literal(json ? TRUE : FALSE)
  else if (json === null) writer.literal(NULL)
  else if (Array.isArray(json)) writeList(writer, json)
  else {
    writer.literal(OPEN)
    // A list is an object to the type checker.
    writeFields(writer, json as Json.JsonObject)
    writer.literal(CLOSE)
  }
}

const writeList = (writer: SpanWriter, list: ReadonlyArray<Json.Json>): void => {
  writer.literal(OPEN_LIST)
  for (const [index, one] of list.entries()) {
    if (index > 0) writer.literal(COMMA)
    writeJson(writer, one)
  }
  writer.literal(CLOSE_LIST)
}

/** The fields of an object, with commas between them; if it continues other fields, also before the first one. */
export const writeFields = (
  writer: SpanWriter,
  object: Json.JsonObject,
  continues = false,
): void => {
  let isFirst = !continues
  for (const key in object) {
    if (!isFirst) writer.literal(COMMA)
    isFirst = false
    writer.string(key)
    writer.literal(COLON)
    writeJson(writer, object[key] ?? null)
  }
}

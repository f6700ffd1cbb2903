/** A shop with two pages: one that asks another server, and one that fails. */
import type { Server } from 'node:http'
import { SpanStatusCode, trace } from '@opentelemetry/api'
import express from 'express'

/** `stock` is the address of the server that is asked. Gives the server, which listens on a free port. */
export const listen = (stock: string): Promise<Server> => {
  const app = express()
  const tracer = trace.getTracer('shop')
  app.get('/cart/:id', async (_request, response) => {
    const answer = await fetch(stock)
    response.send(await answer.text())
  })
  app.get('/pay/:id', (request, response) => {
    tracer.startActiveSpan('charge', (span) => {
      span.setAttribute('order', request.params['id'] ?? '')
      span.recordException(new RangeError('the card was refused'))
      span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    })
    response.status(500).send('try again')
  })
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve(server))
  })
}

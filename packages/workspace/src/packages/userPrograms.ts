/** Files of a consumer that are compiled with it, by their names. */

/** Reaches the types of every package, and gives the platform's fetch to the one that takes one. */
export const everything = (names: ReadonlyArray<string>): string =>
  [
    ...names.map((name, i) => `import * as p${i} from '${name}'`),
    "import { fetchHttp } from '@sentry-exporter/transport-fetch'",
    `export const all = [${names.map((_, i) => `p${i}`).join(', ')}]`,
    'export const http = fetchHttp({ fetch: globalThis.fetch, timeoutMillis: 1_000 })',
    "export const other = fetchHttp({ fetch: async () => new Response('{}') })",
    '',
  ].join('\n')

/** Uses an fp-ts of its own, of another version, on our values, and gives us its values. */
export const besideFpTs = `import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { Dsn, DsnError, Item, Sealed } from '@sentry-exporter/envelope'
import { Exporter, Outcome } from '@sentry-exporter/exporter'
import { type Http, overHttp, systemClock, type TransportError } from '@sentry-exporter/transport'

const http: Http.Http = () =>
  TE.right<TransportError.TransportError, Http.HttpResponse>({ status: 200, header: () => undefined })

const transport = overHttp({ http, clock: systemClock, client: 'consumer/1' })

const sent = await pipe(
  Dsn.parse('https://key@host/1'),
  E.mapLeft(DsnError.show),
  E.map((dsn) =>
    Sealed.seal(
      { dsn, eventId: undefined, category: 'error', lossesIfDropped: [['error', 1]] },
      { header: {}, items: [Item.json('event', {})] },
    ),
  ),
  TE.fromEither,
  TE.chainW(transport),
  TE.map(({ answer }) => answer.status),
)()
console.log(E.isRight(sent) ? sent.right : sent.left)

const exporter = Exporter.open({ dsn: 'https://key@host/1' }, http)
console.log(Outcome.show(await exporter.exportOtlp('{"resourceSpans":[]}')))
`

/** Its output. */
export const besideFpTsPrints = '200\n0 spans in, 0 transactions, 0 errors, nothing lost\n'

/** A program in TypeScript that is a CommonJS module, for the compiler and for Node. */
export const commonJs = `import { assemble, Mapping } from '@sentry-exporter/core'
import { Exporter, Outcome } from '@sentry-exporter/exporter'
import { nodeHttp } from '@sentry-exporter/transport-node'

const main = async (): Promise<void> => {
  const exporter: Exporter.Exporter = Exporter.open({ dsn: 'https://key@host/1', environment: process.env['NONE'] }, nodeHttp())
  const outcome: Outcome = await exporter.exportOtlp('{"resourceSpans":[]}')
  console.log(Outcome.show(outcome), assemble({ mapping: Mapping.sentry })([]).transactions.length)
  await exporter.shutdown(1_000)
}
void main()
`

/** Its output. */
export const commonJsPrints = '0 spans in, 0 transactions, 0 errors, nothing lost 0\n'

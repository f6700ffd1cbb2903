/** `overload ORIGIN SPANS`: gives spans to a sink that never answers, in a process of its own; prints what was seen as JSON. */
import { runOverload } from '../campaigns/overloadRun.ts'

const [, , origin = '', spans] = process.argv

console.log(JSON.stringify(await runOverload(origin, Number(spans))))

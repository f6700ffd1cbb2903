/** `overload SPANS`: a sink that never answers, in a process of its own; prints what was seen as JSON. */
import { overloadWith } from '../campaigns/overload.ts'

console.log(JSON.stringify(await overloadWith(Number(process.argv[2]))))

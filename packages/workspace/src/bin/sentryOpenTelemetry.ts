/** `sentryOpenTelemetry SIDE SCENARIO`: one run of `campaign sentry-opentelemetry`, in a process of its own. Prints it as JSON. */

import { sides } from '../campaigns/sentryOpenTelemetry/ComparedExporter.ts'
import * as scenarios from '../campaigns/sentryOpenTelemetry/scenarios.ts'
import { sideRun } from '../campaigns/sentryOpenTelemetry/sideRun.ts'

const [side, name] = process.argv.slice(2)
const wanted = sides.find((one) => one === side)
const scenario = scenarios.find(name)
if (wanted === undefined || scenario === undefined) throw new Error(`no run ${side} ${name}`)
const run = await sideRun(wanted, scenario)
process.stdout.write(JSON.stringify(run), () => process.exit())

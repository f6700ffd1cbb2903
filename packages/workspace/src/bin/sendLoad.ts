/** `sendLoad PLAN`: the sender of `campaign load`, in a process of its own. Prints its report as JSON. */
import { sendLoad } from '../campaigns/load/sendLoad.ts'

const [plan = ''] = process.argv.slice(2)

console.log(JSON.stringify(await sendLoad(JSON.parse(plan))))

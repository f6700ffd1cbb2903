/** Http for Node: undici with keep-alive, gzip, time limits and TLS options. */
export { type NodeHttpOptions, nodeHttp } from './nodeHttp.ts'

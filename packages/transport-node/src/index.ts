/** `Http` for Node: undici with persistent connections, gzip, time limits, proxies and TLS options. */
export { type NodeHttpOptions, nodeHttp } from './nodeHttp.ts'

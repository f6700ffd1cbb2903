/** `Http` for Node: undici with persistent connections, gzip, time limits, proxies and TLS options. */
export { nodeExchange } from './nodeExchange.ts'
export { type NodeHttpOptions, nodeHttp } from './nodeHttp.ts'

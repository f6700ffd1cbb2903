/**
 * Makes a self-signed certificate for tests of TLS on 127.0.0.1, without a file that expires. It is valid from 2000 to 2100, so that
 * the clock of a test may show any date of today's software.
 *
 * Sources: RFC 5280 for the structure of a certificate; ITU-T X.690 for its encoding (DER).
 *
 * @example
 * ```ts no-run
 * import { createServer } from 'node:https'
 * import { selfSigned } from '@sentry-exporter/workspace/selfSigned'
 *
 * createServer(selfSigned()).listen(0, '127.0.0.1')
 * ```
 */
import { generateKeyPairSync, sign } from 'node:crypto'

// model

/** Texts in PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

const INTEGER = 0x02
const BIT_STRING = 0x03
const OCTET_STRING = 0x04
const OBJECT_ID = 0x06
const UTF8_STRING = 0x0c
const UTC_TIME = 0x17
const GENERALIZED_TIME = 0x18
const SEQUENCE = 0x30
const SET = 0x31
/** Tags within a context: `[0]` and `[3]` of a certificate, `[2]` and `[7]` of a name. */
const VERSION = 0xa0
const EXTENSIONS = 0xa3
const DNS_NAME = 0x82
const IP_ADDRESS = 0x87

/** `ecdsa-with-SHA256`, `commonName`, `subjectAltName`. */
const ECDSA_SHA256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]
const COMMON_NAME = [0x55, 0x04, 0x03]
const ALTERNATIVE_NAME = [0x55, 0x1d, 0x11]

// constructors

/** A new key and its certificate for `localhost` and 127.0.0.1. */
export const selfSigned = (): Certificate => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = der(SEQUENCE, der(OBJECT_ID, Buffer.from(ECDSA_SHA256)))
  const commonName = der(
    SEQUENCE,
    der(OBJECT_ID, Buffer.from(COMMON_NAME)),
    der(UTF8_STRING, Buffer.from('localhost')),
  )
  const name = der(SEQUENCE, der(SET, commonName))
  const names = der(
    SEQUENCE,
    der(DNS_NAME, Buffer.from('localhost')),
    der(IP_ADDRESS, Buffer.from([127, 0, 0, 1])),
  )
  const extension = der(
    SEQUENCE,
    der(OBJECT_ID, Buffer.from(ALTERNATIVE_NAME)),
    der(OCTET_STRING, names),
  )
  const content = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.from([1])),
    algorithm,
    name,
    der(
      SEQUENCE,
      der(UTC_TIME, Buffer.from('000101000000Z')),
      der(GENERALIZED_TIME, Buffer.from('21000101000000Z')),
    ),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(EXTENSIONS, der(SEQUENCE, extension)),
  )
  const signature = sign('sha256', content, privateKey)
  // A string of bits starts with the number of unused bits in its last byte.
  const signed = der(SEQUENCE, content, algorithm, der(BIT_STRING, Buffer.from([0]), signature))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${signed.toString('base64')}\n-----END CERTIFICATE-----\n`,
  }
}

/** A value with its tag and its length. A length above 127 is written after the number of its bytes. */
const der = (tag: number, ...contents: ReadonlyArray<Buffer>): Buffer => {
  const content = Buffer.concat(contents)
  const { length } = content
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(head), content])
}

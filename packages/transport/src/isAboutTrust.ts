/** Codes of system errors that are about a certificate. Source: nodejs.org/api/tls.html, "X509 certificate error codes". */

/** Whether an error with this code says that the server's certificate is not trusted. Node and Bun share the codes. */
export const isAboutTrust = (code: string): boolean =>
  code.startsWith('CERT_') ||
  code.startsWith('ERR_TLS_') ||
  code.includes('SELF_SIGNED') ||
  code.startsWith('UNABLE_TO_') ||
  code === 'HOSTNAME_MISMATCH'

/**
 * The name of an error whose code was sent as its type: OpenTelemetry's SDK for JavaScript sends `error.code` where there is
 * one. Source: the names and codes of `DOMException` in the Web IDL standard, the errors of Node.
 */

// model

/** By their codes, from 1. The codes of names that are empty are not used any more. */
const NAMES: ReadonlyArray<string> =
  `IndexSize,,HierarchyRequest,WrongDocument,InvalidCharacter,,NoModificationAllowed,NotFound,NotSupported,
InUseAttribute,InvalidState,Syntax,InvalidModification,Namespace,InvalidAccess,,TypeMismatch,Security,Network,Abort,URLMismatch,
QuotaExceeded,Timeout,InvalidNodeType,DataClone`.split(/,\s*/)

// decoding

/** `20` and `ABORT_ERR` are `AbortError`; any other type is its own name. */
export const of = (type: string): string => {
  if (type === 'ABORT_ERR') return 'AbortError'
  const name = /^\d{1,2}$/.test(type) ? NAMES[Number(type) - 1] : undefined
  return name ? `${name}Error` : type
}

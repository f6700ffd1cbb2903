/**
 * One frame line of a JVM stack trace: `at app//com.shop.Main.run(Main.java:12) ~[shop.jar:1.0]`.
 *
 * Source: `StackTraceElement.toString` of the JDK, logback's packaging data. The fields are those of Sentry's Java SDK.
 */
import * as StackFrame from '../StackFrame.ts'
import { openingOf } from '../text/brackets.ts'

// model

/** In characters. The limit of a name in a class file is 65,535 bytes; real names are shorter. */
const MAX_LINE = 8192

const SOURCE_FILE = /^[^\s()]+\.(?:(?:java|kts?|scala|groovy|clj)|\w+:\d{1,9})$/

const UNKNOWN_FILES: ReadonlySet<string> = new Set(['', 'Native Method', 'Unknown Source'])

/** The packages that Sentry's servers class as frameworks, and those of agents. */
const FRAMEWORKS: ReadonlyArray<string> =
  `java. javax. jakarta. jdk. sun. com.sun. oracle. $Proxy dalvik. android. androidx. com.android. kotlin.
  kotlinx. _COROUTINE. io.ktor. scala. akka. play. cats. zio. groovy. clojure. org.codehaus.groovy. org.apache.
  org.springframework. org.hibernate. org.eclipse. org.jboss. io.netty. io.vertx. io.quarkus. io.smallrye.
  io.micronaut. io.undertow. io.opentelemetry. io.micrometer. io.grpc. io.lettuce. io.sentry. reactor.
  io.reactivex. rx. com.fasterxml. com.google.common. com.google.inject. com.google.gson. com.google.protobuf.
  com.zaxxer. com.mysql. org.postgresql. com.mongodb. redis.clients. com.amazonaws. software.amazon.awssdk.
  feign. okhttp3. okio. retrofit2. graphql. org.slf4j. ch.qos.logback. org.aspectj. net.bytebuddy. net.sf.cglib.
  org.mockito. org.testng. org.junit. junit. org.scalatest. org.gradle. worker.org.gradle.`.split(
    /\s+/,
  )

// constructors

const make = (call: string, source: string | undefined): StackFrame.StackFrame | undefined => {
  const dot = call.lastIndexOf('.')
  if (dot < 0 || !isName(call, source)) return undefined
  const module = moduleOf(call.slice(0, dot))
  return StackFrame.make({
    function: call.slice(dot + 1) || '?',
    module: module || undefined,
    ...(source === undefined ? {} : locationOf(source)),
    in_app: !isFramework(module),
  })
}

// guards

/** A name may have blanks (Kotlin's backticks, JRuby's blocks), but only with a source file; prose in brackets has none. */
const isName = (call: string, source = ''): boolean => {
  const name = call.slice(call.lastIndexOf('/') + 1)
  return !/\s/.test(name) || (SOURCE_FILE.test(source) && !/^\s|\.\s|\s$/.test(name))
}

const isFramework = (module: string): boolean =>
  FRAMEWORKS.some((prefix) => module.startsWith(prefix))

// decoding

/**
 * The frame in a line, `undefined` if there is none. With `isCut`, a line that ends before its closing bracket (the last line
 * of a text cut at a length limit) still gives the method, without the location, which may be incomplete.
 */
export const parse = (line: string, isCut: boolean): StackFrame.StackFrame | undefined => {
  const text = line.trim()
  if (text.length > MAX_LINE || !text.startsWith('at ')) return undefined
  const end = endOfCall(text)
  if (text[end] === ')') {
    // Names of files and methods may contain brackets.
    const open = openingOf(text.slice(0, end + 1))
    return open < 0 ? undefined : make(text.slice(3, open), text.slice(open + 1, end))
  }
  const open = text.indexOf('(')
  return isCut && open > 0 ? make(text.slice(3, open), undefined) : undefined
}

/** The frozen frame of a whole line. */
export const frameIn = (line: string): StackFrame.StackFrame | undefined => {
  const frame = parse(line, false)
  return frame && Object.freeze(frame)
}

/** The offset of the last character of the call: logback adds ` ~[jar:version]` and ` [n skipped]` behind it. */
const endOfCall = (text: string): number => {
  let end = text.length - 1
  for (let tails = 0; tails < 2 && text[end] === ']'; tails++) {
    const open = text.lastIndexOf('[', end)
    const before = text[open - 1] === '~' ? open - 2 : open - 1
    if (before < 0 || text[before] !== ' ') break
    end = before - 1
  }
  return end
}

/** The class without the loader and the module before it, and without the address behind a hidden class. */
const moduleOf = (qualified: string): string => {
  const slash = qualified.lastIndexOf('/')
  if (slash < 0) return qualified
  const last = qualified.slice(slash + 1)
  if (!/^(?:0x[0-9a-f]+|\d+)$/i.test(last)) return last
  const named = qualified.slice(0, slash)
  return named.slice(named.lastIndexOf('/') + 1)
}

const locationOf = (source: string): StackFrame.FrameFields => {
  const colon = source.lastIndexOf(':')
  const digits = source.slice(colon + 1)
  const hasLine = colon >= 0 && /^ ?-?\d{1,9}$/.test(digits)
  const filename = hasLine ? source.slice(0, colon) : source
  const lineno = hasLine ? Number(digits) : 0
  return {
    filename: UNKNOWN_FILES.has(filename) ? undefined : filename,
    lineno: lineno > 0 ? lineno : undefined,
  }
}

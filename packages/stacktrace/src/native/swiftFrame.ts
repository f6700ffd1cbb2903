/**
 * One line of a Swift stack: `3  Shop-iOS  0x0000000104f2c1d4 $s8Shop + 132` of Apple's `callStackSymbols`,
 * and on Linux `1 [ra] 0x55d0 level3() + 20 in Shop at /srv/main.swift:12:5` of Swift's own backtraces,
 * `0x55d0, main at /srv/a.swift:3` of swift-backtrace, or what glibc prints.
 */
import * as GlibcLine from './glibcFrame.ts'
import * as NumberedFrame from './numberedFrame.ts'

// decoding

/**
 * The frame in a line, `undefined` if there is none. With `cut` (the last line of a cut text) it must show its
 * end.
 */
export const parse = (line: string, cut: boolean): NumberedFrame.NumberedFrame | undefined => {
  const text = line.trim()
  if (text.length > MAX_LINE) return undefined
  for (const form of FORMS) {
    const found = form(text, cut)
    if (found !== undefined) return make(found)
  }
  return undefined
}

interface Parts extends NumberedFrame.Parts {
  /** Whether the line itself says so. */
  readonly isSystem?: boolean
}

const MAX_LINE = 4096

const ADDRESS = /\s(0x[\da-f]{8,16})\s+/

/** Image names may hold blanks and hyphens; the address, always in full, ends them. */
const apple = (text: string): Parts | undefined => {
  const start = /^(\d{1,5})\s+(?=\S)/.exec(text)
  const address = ADDRESS.exec(text)
  if (start === null || address === null || address.index < start[0].length) return undefined
  const rest = text.slice(address.index + address[0].length)
  if (ADDRESS.test(rest)) return undefined
  const [, symbol, , filename, lineno] =
    /^(.+) \+ (\d+)(?: \(([^()]+):(\d{1,9})\))?$/.exec(rest) ?? []
  const image = text.slice(start[0].length, address.index).trim()
  return symbol === undefined
    ? undefined
    : { number: start[1], image, address: address[1], symbol, filename, lineno }
}

const swift = (text: string, cut: boolean): Parts | undefined => {
  const start = /^(\d{1,5})\s+((?:\[[a-z]{1,20}\]\s+){0,4})(?:(0x[\da-f]{1,16})\s+)?(?=\S)/.exec(
    text,
  )
  if (start === null) return undefined
  const rest = text.slice(start[0].length)
  const at = rest.lastIndexOf(' at ')
  const [, filename, lineno, colno] =
    (at < 0 ? null : /^(.*?)(?::(\d{1,9})(?::(\d{1,9}))?)?$/.exec(rest.slice(at + 4))) ?? []
  const called = filename === undefined ? rest : rest.slice(0, at)
  const inside = called.lastIndexOf(' in ')
  const image = called.slice(inside + 4)
  const isWhole = lineno !== undefined || (start[3] !== undefined && !cut)
  if (inside < 0 || !isWhole || /\s/.test(image)) return undefined
  return {
    number: start[1],
    address: start[3],
    symbol: called.slice(0, inside).replace(/ \+ \d+$/, ''),
    image,
    filename,
    lineno,
    colno,
    isSystem: start[2]?.includes('[system]') === true,
  }
}

const swiftBacktrace = (text: string): Parts | undefined => {
  const start = /^(0x[\da-f]{1,16}), (?=\S)/.exec(text)
  const at = text.lastIndexOf(' at ')
  const [, filename, lineno] = /^(.+):(\d{1,9})$/.exec(text.slice(at + 4)) ?? []
  return start === null || at < start[0].length || filename === undefined
    ? undefined
    : { address: start[1], symbol: text.slice(start[0].length, at), filename, lineno }
}

const FORMS: ReadonlyArray<(text: string, cut: boolean) => Parts | undefined> = [
  apple,
  swift,
  swiftBacktrace,
  GlibcLine.parse,
]

const make = (parts: Parts): NumberedFrame.NumberedFrame => {
  const text = parts.symbol ?? ''
  const symbol = /^(?:0x[\da-f]+|<unavailable>|)$/.test(text) ? undefined : text
  const image = parts.image === '???' ? undefined : parts.image
  const isOwn = parts.isSystem !== true && isInApp(image, parts.filename)
  return NumberedFrame.make({ ...parts, symbol, image }, isOwn)
}

/** Without an image only a source file, and not one that the compiler made up, speaks for the application. */
const isInApp = (image: string | undefined, filename: string | undefined): boolean =>
  !image
    ? filename !== undefined && !/^\/?<|^\/(?:usr|lib)\/|\/\.build\/checkouts\//.test(filename)
    : !isSystemImage(image)

/** Whether an image belongs to the system, by its path or its name. */
export const isSystemImage = (image: string): boolean =>
  /^\/(?:usr|lib\d*|System)\/|\/usr\/lib\/|\.dylib$|\.so(?:\.[\d.]+)?$/.test(image) ||
  SYSTEM.has(image.slice(image.lastIndexOf('/') + 1))

/** The frameworks that stand below the code of an app in nearly every stack. */
const SYSTEM: ReadonlySet<string> = new Set(
  `dyld dyld_sim AppKit ARKit AttributeGraph AVFoundation AVFAudio AXRuntime BackBoardServices BoardServices CFNetwork
  CloudKit Combine CoreAutoLayout CoreBluetooth CoreData CoreFoundation CoreGraphics CoreImage CoreLocation CoreMedia
  CoreMotion CoreText CoreUI EventKit Foundation FrontBoardServices Gestures GraphicsServices HIToolbox IOKit JavaScriptCore
  MapKit Metal MetalKit Network PassKit PDFKit Photos PhotosUI QuartzCore RealityKit SafariServices SceneKit Security
  SpriteKit StoreKit SwiftData SwiftUI SwiftUICore SystemConfiguration TextInput UIFoundation UIKit UIKitCore
  UIKitMacHelper UserNotifications WatchConnectivity WebCore WebKit WidgetKit XCTest XCTestCore`.split(
    /\s+/,
  ),
)

/** The images (executables and libraries) of Apple's systems and of Linux, which do not belong to an application. */

// model

/** The frameworks that are in nearly every stack of an app. */
const FRAMEWORKS: ReadonlySet<string> = new Set(
  `dyld dyld_sim AppKit ARKit AttributeGraph AVFoundation AVFAudio AXRuntime BackBoardServices BoardServices CFNetwork
  CloudKit Combine CoreAutoLayout CoreBluetooth CoreData CoreFoundation CoreGraphics CoreImage CoreLocation CoreMedia
  CoreMotion CoreText CoreUI EventKit Foundation FrontBoardServices Gestures GraphicsServices HIToolbox IOKit JavaScriptCore
  MapKit Metal MetalKit Network PassKit PDFKit Photos PhotosUI QuartzCore RealityKit SafariServices SceneKit Security
  SpriteKit StoreKit SwiftData SwiftUI SwiftUICore SystemConfiguration TextInput UIFoundation UIKit UIKitCore
  UIKitMacHelper UserNotifications WatchConnectivity WebCore WebKit WidgetKit XCTest XCTestCore`.split(
    /\s+/,
  ),
)

// guards

/** Whether an image belongs to the system, by its path or its name. */
export const isSystemImage = (image: string): boolean =>
  /^\/(?:usr|lib\d*|System)\/|\/usr\/lib\/|\.dylib$|\.so(?:\.[\d.]+)?$/.test(image) ||
  FRAMEWORKS.has(image.slice(image.lastIndexOf('/') + 1))

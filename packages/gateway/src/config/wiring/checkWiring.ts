/** The checks across components: every reference leads to a component that this program has or replaces. */

import * as ConfigProblem from '../ConfigProblem.ts'
import type { Located } from '../codec/Codec.ts'
import * as ComponentId from '../component/ComponentId.ts'
import { nearestWord } from '../nearestWord.ts'
import { checkReferences, type ReferenceRule } from './checkReferences.ts'
import { unusedComponents } from './unusedComponents.ts'
import * as Wiring from './Wiring.ts'

// constructors

const RECEIVERS: ReferenceRule = { kind: 'receiver', types: ['otlp'], canBeIgnored: true }

const PROCESSORS: ReferenceRule = {
  kind: 'processor',
  types: ['attributes', 'resource'],
  canBeIgnored: false,
}

const EXPORTERS: ReferenceRule = { kind: 'exporter', types: ['sentry'], canBeIgnored: true }

const EXTENSIONS: ReferenceRule = {
  kind: 'extension',
  types: ['health_check', 'bearertokenauth', 'basicauth'],
  canBeIgnored: true,
}

/** Problems and notes of all references. */
export const checkWiring = (wiring: Wiring.Wiring): ConfigProblem.ConfigProblems => {
  const ours = wiring.pipelines.filter(Wiring.isOurs)
  return [
    ...distinct([
      ...(ours.length === 0 ? noPipeline(wiring) : []),
      ...wiring.pipelines.flatMap(checkSignal),
      ...ours.flatMap((pipeline) => [
        ...checkReferences(RECEIVERS, wiring, pipeline.receivers),
        ...checkReferences(PROCESSORS, wiring, pipeline.processors),
        ...checkReferences(EXPORTERS, wiring, pipeline.exporters),
        ...checkReceiver(wiring, pipeline),
        ...checkExporter(wiring, pipeline),
      ]),
      ...checkReferences(EXTENSIONS, wiring, wiring.extensions),
      ...wiring.authenticators.flatMap((reference) => checkAuthenticator(wiring, reference)),
      ...checkIgnored(wiring),
    ]),
    ...wiring.pipelines.filter((pipeline) => !Wiring.isOurs(pipeline)).map(leftAlone),
    ...unusedComponents(wiring),
  ]
}

/** A component that several pipelines use has its note once. */
const distinct = (problems: ConfigProblem.ConfigProblems): ConfigProblem.ConfigProblems => [
  ...new Map(problems.map((problem) => [ConfigProblem.show(problem), problem])).values(),
]

/** Nothing would be sent; perhaps the name of the exporter is mistyped. */
const noPipeline = (wiring: Wiring.Wiring): ConfigProblem.ConfigProblems => {
  const mistyped = wiring.pipelines
    .flatMap(({ exporters }) => exporters)
    .filter(({ value }) => nearestWord(ComponentId.typeOf(value), EXPORTERS.types) !== undefined)
  return mistyped.length > 0
    ? mistyped.flatMap((reference) => checkReferences(EXPORTERS, wiring, [reference]))
    : [
        ConfigProblem.error(wiring.location, {
          _tag: 'Missing',
          expected: 'a pipeline traces, logs or metrics with the exporter sentry',
          reference: undefined,
        }),
      ]
}

const SIGNALS: ReadonlyArray<string> = ['traces', 'logs', 'metrics', 'profiles']

const checkSignal = (pipeline: Wiring.PipelineWiring): ConfigProblem.ConfigProblems => {
  const signal = ComponentId.parse(pipeline.id)?.type
  if (signal === undefined || !SIGNALS.includes(signal)) {
    return [
      ConfigProblem.error(pipeline.location, {
        _tag: 'BadValue',
        expected: 'a pipeline traces, logs or metrics, or one with a name, as traces/backend',
        found: 'a key of another form',
        nearest: signal === undefined ? undefined : nearestWord(signal, SIGNALS),
      }),
    ]
  }
  if (!Wiring.isOurs(pipeline) || signal !== 'profiles') return []
  return [
    ConfigProblem.error(pipeline.location, {
      _tag: 'Unsupported',
      subject: `a pipeline of ${signal} to Sentry`,
      advice: 'remove the exporter sentry from it',
    }),
  ]
}

/** A pipeline whose receivers are all ignored or replaced would receive nothing. */
const checkReceiver = (
  wiring: Wiring.Wiring,
  { receivers, location }: Wiring.PipelineWiring,
): ConfigProblem.ConfigProblems => {
  const isReported = checkReferences(RECEIVERS, wiring, receivers).some(ConfigProblem.isError)
  const hasOtlp = receivers.some(
    ({ value }) =>
      ComponentId.typeOf(value) === 'otlp' &&
      !wiring.ignored.some((ignored) => ignored.value === value),
  )
  return isReported || hasOtlp
    ? []
    : [
        ConfigProblem.error(location, {
          _tag: 'Missing',
          expected: 'a receiver otlp',
          reference: undefined,
        }),
      ]
}

/** A pipeline whose exporters to Sentry are all ignored would take data and send it nowhere. */
const checkExporter = (
  { ignored }: Wiring.Wiring,
  { exporters, location }: Wiring.PipelineWiring,
): ConfigProblem.ConfigProblems =>
  exporters.some(
    ({ value }) =>
      ComponentId.typeOf(value) === 'sentry' && !ignored.some((one) => one.value === value),
  )
    ? []
    : [
        ConfigProblem.error(location, {
          _tag: 'Missing',
          expected: 'an exporter sentry that service::ignore_components does not name',
          reference: undefined,
        }),
      ]

const checkIgnored = ({ ignored, configured }: Wiring.Wiring): ConfigProblem.ConfigProblems =>
  ignored
    .filter(({ value }) => configured.processor.has(value))
    .map(({ location }) =>
      ConfigProblem.error(location, {
        _tag: 'Unsupported',
        subject: 'leaving out a processor',
        advice:
          'it changes or drops data, which would be sent without it; remove it from the pipelines',
      }),
    )

const AUTHENTICATORS: ReadonlyArray<string> = ['bearertokenauth', 'basicauth']

const checkAuthenticator = (
  wiring: Wiring.Wiring,
  reference: Located<string>,
): ConfigProblem.ConfigProblems => {
  const { value, location } = reference
  if (!wiring.configured.extension.has(value)) {
    return checkReferences(EXTENSIONS, wiring, [reference])
  }
  if (!AUTHENTICATORS.includes(ComponentId.typeOf(value))) {
    return [
      ConfigProblem.error(location, {
        _tag: 'BadValue',
        expected: 'an extension bearertokenauth or basicauth',
        found: `"${value}"`,
      }),
    ]
  }
  if (wiring.extensions.some((extension) => extension.value === value)) return []
  return [
    ConfigProblem.error(location, {
      _tag: 'Conflict',
      message: `the extension "${value}" is not in service::extensions`,
    }),
  ]
}

const leftAlone = ({ location }: Wiring.PipelineWiring): ConfigProblem.ConfigProblem =>
  ConfigProblem.note(location, {
    _tag: 'NoEffect',
    reason: 'this pipeline does not send to Sentry',
  })

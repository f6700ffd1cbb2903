import * as Dsn from '@sentry-exporter/envelope/Dsn'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as _ from '../../src/projects/Directory.ts'
import { dueCalls } from '../../src/projects/dueCalls.ts'
import type { ApiAnswer, ApiCall } from '../../src/projects/SentryApi.ts'
import { takeAnswer } from '../../src/projects/takeAnswer.ts'

const dsn = (key: string): Dsn.Dsn => {
  const parsed = Dsn.parse(`https://${key}@host/1`)
  if (E.isLeft(parsed)) throw new Error('a bad DSN in a test')
  return parsed.right
}

type Step =
  | { readonly _tag: 'Want'; readonly slug: string }
  | { readonly _tag: 'Refuse'; readonly slug: string }
  | { readonly _tag: 'Wait'; readonly millis: number }
  /** Answers one of the calls that are under way. */
  | { readonly _tag: 'Answer'; readonly index: number; readonly answer: ApiAnswer }

const slug = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')

const answer: fc.Arbitrary<ApiAnswer> = fc.oneof(
  fc.constantFrom<ApiAnswer>(
    { _tag: 'NotFound' },
    { _tag: 'Conflict' },
    { _tag: 'Created', slug: 'a' },
  ),
  fc.record({
    _tag: fc.constant('Projects' as const),
    projects: fc.array(fc.record({ slug, team: fc.constantFrom(undefined, 'team') }), {
      maxLength: 2,
    }),
    next: fc.constantFrom(undefined, '1', '2', '3'),
  }),
  fc.record({
    _tag: fc.constant('Keys' as const),
    dsns: fc.array(fc.constantFrom('one', 'two').map(dsn), { maxLength: 2 }),
    next: fc.constantFrom(undefined, '1'),
  }),
  fc.constantFrom<ApiAnswer>(
    { _tag: 'Teams', teams: [] },
    { _tag: 'Teams', teams: ['other'] },
    { _tag: 'Created', slug: 'a' },
    { _tag: 'NotFound' },
    { _tag: 'NotFound' },
    { _tag: 'Conflict' },
    { _tag: 'Refused', reason: 'no' },
    { _tag: 'Failed', reason: 'down' },
    { _tag: 'Limited', millis: 5_000 },
  ),
)

const steps: fc.Arbitrary<ReadonlyArray<Step>> = fc.array(
  fc.oneof(
    fc.record({ _tag: fc.constant('Want' as const), slug }),
    fc.record({ _tag: fc.constant('Refuse' as const), slug }),
    fc.record({
      _tag: fc.constant('Wait' as const),
      millis: fc.constantFrom(1, 1_000, 60_000, 400_000),
    }),
    {
      weight: 3,
      arbitrary: fc.record({ _tag: fc.constant('Answer' as const), index: fc.nat(5), answer }),
    },
  ),
  { maxLength: 60 },
)

/** The answers that fit a call. Sentry answers nothing else, whatever its content. */
const fits = ({ _tag }: ApiCall, given: ApiAnswer): boolean => {
  switch (given._tag) {
    case 'Projects':
      return _tag === 'ListProjects'
    case 'Teams':
      return _tag === 'ListTeams'
    case 'Keys':
      return _tag === 'ListKeys'
    case 'Created':
      return _tag === 'CreateProject'
    default:
      return true
  }
}

const laws = suite('Directory: laws')

laws('one call for a project at a time, few at once, and none that is limited', () => {
  const options = { creates: true, needsHead: true }
  fc.assert(
    fc.property(steps, (all) => {
      let nowMillis = 1_000
      // With a team, so that many sequences create projects.
      let state: _.Directory = { ..._.start(options, nowMillis), team: 'team' }
      const running = new Map<string, ApiCall>()
      const proceed = (): void => {
        const due = dueCalls(state, nowMillis)
        if (due.calls.length > 0) assert.ok(state.pausedUntilMillis <= nowMillis)
        state = due.state
        for (const { key, call } of due.calls) {
          assert.not(running.has(key))
          running.set(key, call)
        }
        assert.ok(running.size <= _.MAX_CALLS)
        for (const [name, entry] of state.entries) {
          // Data that waits is waited for.
          assert.is(state.tasks.has(name), entry._tag === 'Pending', name)
        }
      }
      proceed()
      for (const step of all) {
        switch (step._tag) {
          case 'Want':
            state = _.want({ slug: step.slug, name: step.slug }, nowMillis)(state)
            break
          case 'Refuse':
            state = _.refuse({ slug: step.slug, name: step.slug }, dsn('one'), nowMillis)(state)
            break
          case 'Wait':
            nowMillis += step.millis
            break
          case 'Answer': {
            const [key, call] = [...running][step.index % Math.max(1, running.size)] ?? []
            if (key === undefined || call === undefined || !fits(call, step.answer)) break
            running.delete(key)
            const before = state
            state = takeAnswer(options)(before, {
              key,
              answer: step.answer,
              nowMillis,
              random: 0.5,
            })
            // Once it exists it is not created again.
            const entry = before.entries.get(key)
            if (entry?._tag === 'Pending' && entry.isCreated) {
              assert.is.not(state.tasks.get(key)?.call._tag, 'AwaitTeam')
            }
          }
        }
        proceed()
      }
    }),
    { numRuns: 300 },
  )
})

laws('a head that is known stays, as long as it has a key', () => {
  const options = { creates: false, needsHead: true }
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 30 }), (answers) => {
      let state = _.want({ slug: 'b', name: 'b' }, 0)(_.start(options, 0))
      let nowMillis = 0
      for (const given of answers) {
        nowMillis += 400_000
        const due = dueCalls(state, nowMillis)
        state = due.state
        const one =
          due.calls[0] ??
          [...state.tasks].flatMap(([key, { call, isRunning }]) =>
            isRunning && call._tag !== 'AwaitTeam' ? [{ key, call }] : [],
          )[0]
        if (one === undefined || !fits(one.call, given)) continue
        const before = _.headOf(state)
        const headBefore = state.head
        state = takeAnswer(options)(state, { key: one.key, answer: given, nowMillis, random: 0 })
        if (before !== undefined && _.headOf(state) !== undefined && one.key !== headBefore) {
          assert.is(state.head, headBefore)
        }
        if (_.headOf(state) === undefined) {
          // Then no answer names a project that could be it.
          for (const name of state.entries.keys()) {
            const known = _.known(options, name, nowMillis)(state)
            assert.is.not(known?._tag, 'Found')
          }
        }
      }
    }),
  )
})

laws.run()

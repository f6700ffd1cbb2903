/** Values that a program without types may give in the place of a number. */
import fc from 'fast-check'

/** Numbers at the ends of what types of numbers hold, and values of other types. */
export const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0.5, -1],
    ...[2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53, 1e300, 5e-324],
    ...[undefined, null, '', '5000', true, 10n, [], {}, () => 5],
  ),
  fc.double(),
  fc.integer(),
  fc.string(),
)

/** The same as the number that it is not. */
export const oddNumber: fc.Arbitrary<number> = odd as fc.Arbitrary<number>

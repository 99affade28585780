/**
 * The one shape of an expected failure, in all of the project: a value that its receiver must look at. An exception is a
 * defect, or what no caller could deal with.
 */
export interface Failure<Code extends string = string> {
  readonly ok: false
  /** Stable; for programs. */
  readonly code: Code
  /** One sentence, for a person. */
  readonly message: string
}

/** What a function returns that may fail: the fields of `T` beside `ok`, or a {@link Failure}. */
export type Result<T extends object, Code extends string = string> =
  ({ readonly ok: true } & Readonly<T>) | Failure<Code>

export const fail = <Code extends string>(code: Code, message: string): Failure<Code> => ({
  ok: false,
  code,
  message,
})

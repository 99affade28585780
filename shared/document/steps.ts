/** Work in steps of a few milliseconds, and what it comes to. Its caller may do something else between two steps. */
export type Steps<T> = Generator<undefined, T>

/** Takes all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Work that is not interrupted. */
export function* inOneStep<T>(run: () => T): Steps<T> {
  yield* NO_STEPS
  return run()
}

const NO_STEPS: readonly undefined[] = []

/** The same steps; the last one passes on what they come to. */
export function* passedTo<T>(take: (result: T) => void, steps: Steps<T>): Steps<void> {
  take(yield* steps)
}

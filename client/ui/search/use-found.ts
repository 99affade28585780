import { useEffect, useState } from 'react'
import type { Findable, Found } from './find.ts'
import { findStepwise } from './find.ts'

/** Milliseconds of searching before other work gets a turn, so that typing is not delayed. */
const SLICE = 8

interface Result {
  readonly query: string
  readonly found: readonly Found[]
}

/** The result of a query; until it is known, that of the previous query. */
export function useFound(findables: readonly Findable[], query: string): Result {
  const [result, setResult] = useState<Result>({ query: '', found: [] })
  useEffect(() => {
    const search = findStepwise(findables, query)
    let timer: ReturnType<typeof setTimeout> | undefined
    const go = () => {
      const until = performance.now() + SLICE
      for (;;) {
        const step = search.next()
        if (step.done) return setResult({ query, found: step.value })
        if (performance.now() >= until) break
      }
      timer = setTimeout(go)
    }
    go()
    return () => clearTimeout(timer)
  }, [findables, query])
  return result
}

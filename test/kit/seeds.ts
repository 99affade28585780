/** Runs as many histories, one after the other, from the first seed on. What fails names its seed. */
export async function eachSeed(
  first: number,
  count: number,
  run: (seed: number) => void | Promise<void>,
): Promise<void> {
  for (let seed = first; seed < first + count; seed++) {
    try {
      await run(seed)
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      })
    }
  }
}

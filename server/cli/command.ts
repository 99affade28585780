import type { ParseArgsConfig } from 'node:util'
import type { Config } from '../config.ts'

/** What the commands of the command line have in common. */
export interface CliCommand {
  readonly name: string
  /** What stands after the name, for the usage line. */
  readonly usage: string
  readonly summary: string
  /** Lines that explain the options. */
  readonly details: readonly string[]
  readonly options: NonNullable<ParseArgsConfig['options']>
  /** How many positionals it takes. */
  readonly positionals: number
  run(call: Call): Promise<number>
}

export interface Call {
  readonly config: Config
  readonly positionals: readonly string[]
  readonly values: Readonly<Record<string, unknown>>
  readonly now: () => number
}

/** The operator is told, and the exit code is 1. */
export class Failure extends Error {}

/** The command line was wrong: told how it goes, and the exit code is 2. */
export class UsageError extends Error {}

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2))

/** Columns two spaces apart; the last one is not padded. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n')
}

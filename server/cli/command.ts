import type { ParseArgsConfig } from 'node:util'
import type { Config } from '../config.ts'

/** A command of the command line. */
export interface CliCommand {
  readonly name: string
  /** Its arguments, for the usage line. */
  readonly usage: string
  readonly summary: string
  /** Lines that explain the options. */
  readonly details: readonly string[]
  readonly options: NonNullable<ParseArgsConfig['options']>
  /** The number of positional arguments that it takes. */
  readonly positionals: number
  run(call: Call): Promise<number>
}

export interface Call {
  readonly config: Config
  readonly positionals: readonly string[]
  readonly values: Readonly<Record<string, unknown>>
  readonly now: () => number
}

/** Thrown for a failure: the message is printed, and the exit code is 1. */
export class CliError extends Error {}

/** Thrown for wrong usage: the message and the usage are printed, and the exit code is 2. */
export class UsageError extends Error {}

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2))

/** Formats rows as columns that are two spaces apart; the last column is not padded. */
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

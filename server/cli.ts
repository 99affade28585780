import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { CliError, UsageError, print, table, type CliCommand } from './cli/command.ts'
import { backupCommand, restoreCommand } from './cli/backup.ts'
import { documentsCommand, exportCommand } from './cli/documents.ts'
import { importCommand } from './cli/import.ts'
import { invitationsCommand, inviteCommand, revokeCommand } from './cli/invitations.ts'
import { secretCommand } from './cli/secret.ts'
import { serveCommand } from './cli/serve.ts'
import { verifyCommand } from './cli/verify.ts'
import { readConfig } from './config.ts'
import { StoreError } from './store/port.ts'
import { NameTaken } from './operate/links.ts'

/** The command line. Exit codes: 0 for success, 1 for a failure, 2 for wrong usage. */

const COMMANDS: readonly CliCommand[] = [
  serveCommand,
  importCommand,
  exportCommand,
  inviteCommand,
  revokeCommand,
  invitationsCommand,
  documentsCommand,
  verifyCommand,
  backupCommand,
  restoreCommand,
  secretCommand,
]

const ENVIRONMENT = [
  ['PORT', 'where the server listens (4300; 0 takes any free port)'],
  ['HOST', 'on which address (127.0.0.1)'],
  ['DATA_DIR', 'where everything is kept (./data)'],
  ['PUBLIC_URL', 'how links begin, when people reach the server by another address'],
  ['LOG_LEVEL', 'silent, error, warn, info or debug'],
] as const

async function run(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    print(overview())
    return name === undefined ? 2 : 0
  }
  const command = COMMANDS.find((candidate) => candidate.name === name)
  if (!command) throw new UsageError(`There is no command “${name}”. --help lists those there are.`)
  const { values, positionals } = read(command, rest)
  if (values['help'] === true) {
    print(usageOf(command))
    return 0
  }
  if (positionals.length !== command.positionals)
    throw new UsageError(`Usage: informals ${command.name} ${command.usage}`)
  const settings = readConfig(process.env, process.stdout.isTTY)
  if (!settings.ok) throw new CliError(settings.message)
  return command.run({ config: settings.config, positionals, values, now: () => Date.now() })
}

function read(command: CliCommand, words: string[]) {
  try {
    const options = { ...command.options, help: { type: 'boolean', short: 'h' } } as const
    return parseArgs({ args: words, options, allowPositionals: true, strict: true })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${why.split('. ')[0]}. Usage: informals ${command.name} ${command.usage}`)
  }
}

const usageOf = (command: CliCommand): string =>
  [`informals ${command.name} ${command.usage}`, '', `  ${command.summary}`, '']
    .concat(command.details.map((line) => `  ${line}`))
    .join('\n')

const overview = (): string =>
  [
    'Informals: drafting negotiated texts together.',
    '',
    'informals COMMAND [OPTIONS]     (--help after a command explains it)',
    '',
    table(COMMANDS.map((command) => [`  ${command.name}`, command.summary])),
    '',
    'Environment (also read from a file .env):',
    '',
    table(ENVIRONMENT.map(([name, meaning]) => [`  ${name}`, meaning])),
  ].join('\n')

function exitCodeOf(error: unknown): number {
  const told =
    error instanceof CliError ||
    error instanceof UsageError ||
    error instanceof StoreError ||
    error instanceof NameTaken
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(told ? `${message}\n` : `Unexpected failure: ${message}\n`)
  return error instanceof UsageError ? 2 : 1
}

if (existsSync('.env')) process.loadEnvFile('.env')
process.exitCode = await run(process.argv.slice(2)).catch(exitCodeOf)

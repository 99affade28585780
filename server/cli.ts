import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { CliError, UsageError, print, table, type CliCommand } from './cli/command.ts'
import { readConfig } from './config.ts'
import { StoreError } from './store/port.ts'
import { NameTaken } from './operate/links.ts'

/** The command line. Exit codes: 0 for success, 1 for a failure, 2 for wrong usage. */

/** A command is loaded when it is asked for: what prints a list of documents need not load the server. */
const COMMANDS: Readonly<Record<string, () => Promise<CliCommand>>> = {
  serve: async () => (await import('./cli/serve.ts')).serveCommand,
  import: async () => (await import('./cli/import.ts')).importCommand,
  export: async () => (await import('./cli/documents.ts')).exportCommand,
  invite: async () => (await import('./cli/invitations.ts')).inviteCommand,
  revoke: async () => (await import('./cli/invitations.ts')).revokeCommand,
  invitations: async () => (await import('./cli/invitations.ts')).invitationsCommand,
  documents: async () => (await import('./cli/documents.ts')).documentsCommand,
  verify: async () => (await import('./cli/verify.ts')).verifyCommand,
  backup: async () => (await import('./cli/backup.ts')).backupCommand,
  restore: async () => (await import('./cli/backup.ts')).restoreCommand,
  secret: async () => (await import('./cli/secret.ts')).secretCommand,
}

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
    print(await overview())
    return name === undefined ? 2 : 0
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!load) throw new UsageError(`There is no command “${name}”. --help lists those there are.`)
  const command = await load()
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

async function overview(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()))
  return [
    'Informals: drafting negotiated texts together.',
    '',
    'informals COMMAND [OPTIONS]     (--help after a command explains it)',
    '',
    table(commands.map((command) => [`  ${command.name}`, command.summary])),
    '',
    'Environment (also read from a file .env):',
    '',
    table(ENVIRONMENT.map(([name, meaning]) => [`  ${name}`, meaning])),
  ].join('\n')
}

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

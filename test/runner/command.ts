import { spawn } from 'node:child_process'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')

/** In the environment of everything the tests start, however far down, so that what is left over can be found. */
const RUN_TAG = 'INFORMALS_TEST_RUN'
const tag = `${process.pid}-${Date.now()}`

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

const environment: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH ?? ''}`,
  [RUN_TAG]: tag,
}
export const runTag = `${RUN_TAG}=${tag}`

export interface Command {
  readonly program: string
  readonly arguments: readonly string[]
  readonly minutes: number
  readonly environment?: Readonly<Record<string, string>>
}

/** The exit code; or why there is none. Ends in bounded time, and takes its children with it. */
export function run(command: Command): Promise<number | 'timeout' | 'not found'> {
  return new Promise((resolve) => {
    const child = spawn(command.program, command.arguments, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...environment, ...command.environment },
      // A group of its own, so that a signal reaches its children too.
      detached: true,
    })
    let late = false
    const end = (): void => {
      signalGroup(child.pid, 'SIGKILL')
    }
    const timer = setTimeout(() => {
      late = true
      end()
    }, command.minutes * 60_000)
    // Several run beside each other: whoever is interrupted exits, and each takes its own along.
    process.once('exit', end)
    const finish = (result: number | 'timeout' | 'not found'): void => {
      clearTimeout(timer)
      process.off('exit', end)
      end()
      resolve(result)
    }
    child.once('error', () => finish('not found'))
    child.once('close', (code) => finish(late ? 'timeout' : (code ?? 1)))
  })
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // Nobody of the group is left.
  }
}

import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Private servers and command lines: real processes over a folder of their own. */

const ROOT = join(import.meta.dirname, '../..')
const CLI = join(ROOT, 'server/cli.ts')

export interface Output {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export type Settings = Readonly<Record<string, string>>

/** Runs one command to its end. */
export async function informals(
  dataDir: string,
  words: readonly string[],
  settings: Settings = {},
): Promise<Output> {
  const child = start(dataDir, words, settings)
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()))
  // A command that hangs ends with its test.
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const code = await exitOf(child)
  return { code, ...output }
}

/** The same with --json, parsed; fails when the command does. */
export async function informalsJson<T>(
  dataDir: string,
  words: readonly string[],
  settings: Settings = {},
): Promise<T> {
  const { code, stdout, stderr } = await informals(dataDir, [...words, '--json'], settings)
  if (code !== 0) throw new Error(`informals ${words.join(' ')} ended with ${code}: ${stderr}`)
  return JSON.parse(stdout) as T
}

export interface PrivateServer {
  readonly url: string
  readonly port: number
  readonly pid: number
  /** All that was printed so far. */
  output(): string
  /** All that it complained of. */
  complaint(): string
  /** The exit code, when it ends by whatever cause. */
  readonly ended: Promise<number | null>
  /** kill -9. */
  kill(): Promise<void>
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>
}

const READY = /^Informals is ready at (http:\/\/\S+)$/m

/** Resolves when it says that it is ready. It is ended with the test, whatever becomes of that, unless `atEnd` says when. */
export async function startServer(
  dataDir: string,
  settings: Settings = {},
  words: readonly string[] = [],
  atEnd: (end: () => Promise<void>) => void = onTestFinished,
): Promise<PrivateServer> {
  const child = start(dataDir, ['serve', ...words], { PORT: '0', ...settings })
  const ended = exitOf(child)
  let printed = ''
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const ready = READY.exec(printed)
      if (ready?.[1]) resolve(ready[1])
    })
    void ended.then((code) => reject(new Error(`the server ended with ${code}: ${complaint}`)))
  })
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  atEnd(async () => {
    await end('SIGKILL')
  })
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid ?? 0,
    output: () => printed,
    complaint: () => complaint,
    ended,
    kill: async () => {
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
  }
}

function start(
  dataDir: string,
  words: readonly string[],
  settings: Settings,
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [CLI, ...words], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'warn', DATA_DIR: dataDir, ...settings },
  })
}

const exitOf = (child: ChildProcessWithoutNullStreams): Promise<number | null> =>
  new Promise((resolve) => {
    child.once('close', (code) => resolve(code))
    child.once('error', () => resolve(null))
  })

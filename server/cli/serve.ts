import { randomBytes } from 'node:crypto'
import type { Config } from '../config.ts'
import { openSample } from '../operate/sample.ts'
import { startServer, type Running } from '../serve.ts'
import { hasFlag } from './arguments.ts'
import { CliError, print, table, type Call, type CliCommand } from './command.ts'

export const serveCommand: CliCommand = {
  name: 'serve',
  usage: '[--sample]',
  summary: 'run the server',
  details: ['--sample  with a sample consultation: made once, and one link per role printed'],
  options: { sample: { type: 'boolean' } },
  positionals: 0,
  run: serve,
}

async function serve(call: Call): Promise<number> {
  const running = await startServer(call.config).catch((error: unknown) => {
    throw new CliError(error instanceof Error ? error.message : String(error))
  })
  const stopped = stopOnSignal(running, call.config)
  if (hasFlag(call, 'sample')) await printSample(call, running)
  print(`Informals is ready at ${running.url}`)
  const broken = await Promise.race([stopped.then(() => null), running.broken])
  if (broken === null) return 0
  endBy(call.config.stopWithin)
  await running.stop()
  throw new CliError(`${broken} The server has ended and must be started again.`)
}

async function printSample(call: Call, running: Running): Promise<void> {
  const sample = await openSample({
    store: running.store,
    dataDir: call.config.dataDir,
    publicUrl: running.url,
    random: randomBytes,
    now: call.now(),
  })
  print(`\n${sample.title}\nA sample consultation. Open a link to take part in it:\n`)
  print(
    table(
      sample.links.map(({ role, participant, url }) => [
        `  ${role}`,
        shownParticipant(role, participant),
        url,
      ]),
    ),
  )
  print('')
}

const shownParticipant = (role: string, participant: string | null): string =>
  role === 'delegation' ? (participant ?? '') : ''

/** Kills the process. `process.exit` would wait for the store's threads, and one blocked by the disk never ends. */
function endAtOnce(why: string): void {
  process.stderr.write(`${why}\n`)
  process.kill(process.pid, 'SIGKILL')
}

/** Ends the process by force after so long. What was acknowledged is durable in any case. */
function endBy(milliseconds: number): void {
  const why = `Not ended after ${milliseconds / 1000} seconds: ended by force.`
  setTimeout(() => endAtOnce(why), milliseconds).unref()
}

/** Stops the server at the first signal, by force if that takes too long; a second signal ends it at once. */
function stopOnSignal(running: Running, { stopWithin }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    let asked = false
    const onSignal = () => {
      if (asked) return endAtOnce('Ended at once, as asked again.')
      asked = true
      endBy(stopWithin)
      running.stop().then(resolve, reject)
    }
    process.on('SIGTERM', onSignal)
    process.on('SIGINT', onSignal)
  })
}

import { randomBytes } from 'node:crypto'
import { openSample } from '../operate/sample.ts'
import { startServer, type Running } from '../serve.ts'
import { flag } from './arguments.ts'
import { Failure, print, table, type Call, type CliCommand } from './command.ts'

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
    throw new Failure(error instanceof Error ? error.message : String(error))
  })
  const stopped = stopOnSignal(running)
  if (flag(call, 'sample')) await printSample(call, running)
  print(`Informals is ready at ${running.url}`)
  const broken = await Promise.race([stopped.then(() => null), running.broken])
  if (broken === null) return 0
  await running.stop()
  throw new Failure(`${broken} The server has ended and must be started again.`)
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

/** The first signal ends the server cleanly; a second one at once. */
function stopOnSignal(running: Running): Promise<void> {
  return new Promise((resolve, reject) => {
    let asked = false
    const onSignal = () => {
      if (asked) process.exit(1)
      asked = true
      running.stop().then(resolve, reject)
    }
    process.on('SIGTERM', onSignal)
    process.on('SIGINT', onSignal)
  })
}

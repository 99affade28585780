import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { runTag } from './command.ts'

const GRACE_MS = 5_000

/** Ends what the tests started and did not end, and names it. Only where /proc tells; elsewhere it finds nothing. */
export async function endLeftovers(): Promise<string[]> {
  const until = Date.now() + GRACE_MS
  while (tagged().length > 0 && Date.now() < until) await delay(100)
  const left = tagged()
  for (const { pid } of left) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself meanwhile.
    }
  }
  return left.map(({ pid, command }) => `${pid} ${command}`)
}

function tagged(): { pid: number; command: string }[] {
  return processes().flatMap((pid) => {
    const variables = read(`/proc/${pid}/environ`)
    const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()
    // A process that is already gone but not yet waited for has no command line.
    return command !== '' && variables.split('\0').includes(runTag) ? [{ pid, command }] : []
  })
}

function processes(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0 && pid !== process.pid)
  } catch {
    return []
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

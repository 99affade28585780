import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '../..')
const READY = /^Informals is ready at (\S+)$/m

const Imported = z.object({
  document: z.string(),
  links: z.array(z.object({ role: z.string(), participant: z.string().nullable(), url: z.string() })),
})

export interface OneDocument {
  readonly id: string
  /** The path of the link of a role; for delegations, of a participant. */
  link(roleOrParticipant: string): string
}

/** The whole product, on data of its own: what an operator starts, ended by whoever started it. */
export class Product {
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'informals-e2e-'))
  #server: ChildProcess | null = null
  #port = '0'
  url = ''

  static async start(): Promise<Product> {
    const product = new Product()
    await product.start()
    return product
  }

  /** On the port it had before, if it ran before: whoever lost it finds it again. */
  async start(): Promise<void> {
    const server = this.#spawn(['serve'])
    this.#server = server
    const said = await firstOutput(server, READY)
    this.url = READY.exec(said)?.[1] ?? ''
    this.#port = new URL(this.url).port
  }

  /** As when the power fails. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM')
    rmSync(this.#dataDir, { recursive: true, force: true })
  }

  /** Imports a plain text, with a link for each role and each of these delegations. */
  async import(
    text: string | { readonly file: string },
    delegations: readonly string[],
  ): Promise<OneDocument> {
    const file = typeof text === 'string' ? join(this.#dataDir, 'import.txt') : text.file
    if (typeof text === 'string') writeFileSync(file, text)
    const participants = delegations.flatMap((code) => ['--participant', code])
    const { document, links } = Imported.parse(
      JSON.parse(await this.cli('import', file, '--json', ...participants)),
    )
    return {
      id: document,
      link: (wanted) => {
        const found = links.find(({ role, participant }) => role === wanted || participant === wanted)
        if (!found) throw new Error(`no link for ${wanted}`)
        return new URL(found.url).pathname
      },
    }
  }

  /** What a command of the command line prints; the server may run meanwhile. */
  async cli(...words: string[]): Promise<string> {
    const child = this.#spawn(words)
    let out = ''
    let complaint = ''
    child.stdout?.on('data', (chunk) => (out += String(chunk)))
    child.stderr?.on('data', (chunk) => (complaint += String(chunk)))
    const code = await ended(child)
    if (code !== 0) throw new Error(`informals ${words.join(' ')} ended with ${code}: ${complaint}`)
    return out
  }

  /** The commands that were executed in a document, as JSON. */
  commands(document: string): string[] {
    const db = new DatabaseSync(join(this.#dataDir, 'informals.db'), { readOnly: true })
    const rows = db
      .prepare("SELECT command FROM log WHERE document = ? AND kind = 'command' ORDER BY sequence")
      .all(document)
    db.close()
    return rows.map(({ command }) => String(command))
  }

  #spawn(words: readonly string[]): ChildProcess {
    const env = { ...process.env, DATA_DIR: this.#dataDir, PORT: this.#port, LOG_LEVEL: 'error' }
    return spawn(process.execPath, ['server/cli.ts', ...words], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#server
    this.#server = null
    if (!server || server.exitCode !== null) return
    const gone = ended(server)
    server.kill(signal)
    await gone
  }
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode)
    else child.once('close', resolve)
  })

/** What a child has printed once it has printed this; rejects with its complaints when it ends before. */
function firstOutput(child: ChildProcess, wanted: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = ''
    let complaint = ''
    child.stdout?.on('data', (chunk) => {
      out += String(chunk)
      if (wanted.test(out)) resolve(out)
    })
    child.stderr?.on('data', (chunk) => (complaint += String(chunk)))
    child.once('close', (code) => reject(new Error(`the server ended with ${code}: ${complaint}`)))
  })
}

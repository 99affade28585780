import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import type { Size } from '#test/kit/big-document.ts'

const ROOT = join(import.meta.dirname, '../..')
const READY = /^Informals is ready at (\S+)$/m
const PARTS = ['server', 'shared', 'package.json']

/** Paths of the links to one document. */
export interface Paper {
  readonly facilitator: string
  readonly delegation: string
}

/** A copy of the product with an interface and data of its own: a build made meanwhile does not change what is measured. */
export class House {
  readonly #place = mkdtempSync(join(tmpdir(), 'informals-bench-'))
  #server: ChildProcess | null = null
  url = ''

  async furnish(): Promise<void> {
    for (const part of PARTS) cpSync(join(ROOT, part), join(this.#place, part), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules'), join(this.#place, 'node_modules'))
    await build({
      configFile: false,
      root: join(ROOT, 'client'),
      logLevel: 'error',
      plugins: [react()],
      build: {
        outDir: join(this.#place, 'dist/client'),
        target: 'es2022',
        chunkSizeWarningLimit: 1_500,
        minify: !process.env.PROFILE,
      },
    })
  }

  /** Before the server starts. */
  generate({ paragraphs, proposals, positions = 0 }: Size): Paper {
    const size = [paragraphs, proposals, positions].map(String)
    const printed = execFileSync(process.execPath, ['test/bench/generate.ts', ...size], {
      cwd: ROOT,
      env: this.#env(),
      encoding: 'utf8',
    })
    const linkOf = (role: string) => {
      const url = new RegExp(String.raw`^${role} .*?(http\S+)$`, 'm').exec(printed)?.[1]
      if (!url) throw new Error(`no link for ${role}`)
      return new URL(url).pathname
    }
    return { facilitator: linkOf('facilitator'), delegation: linkOf('delegation KEN') }
  }

  async open(): Promise<void> {
    const server = spawn(process.execPath, ['server/cli.ts', 'serve'], {
      cwd: this.#place,
      env: this.#env(),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#server = server
    this.url = await new Promise((resolve, reject) => {
      let out = ''
      server.stdout.on('data', (chunk) => {
        out += String(chunk)
        const url = READY.exec(out)?.[1]
        if (url) resolve(url)
      })
      server.once('close', (code) => reject(new Error(`the server ended with ${code}`)))
    })
  }

  close(): void {
    this.#server?.kill('SIGKILL')
    rmSync(this.#place, { recursive: true, force: true })
  }

  #env(): NodeJS.ProcessEnv {
    return { ...process.env, DATA_DIR: join(this.#place, 'data'), PORT: '0', LOG_LEVEL: 'error' }
  }
}

import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

const API = `http://127.0.0.1:${process.env.PORT ?? '4300'}`
const OUT = 'dist/client'

/** Scripts and styles also compressed, once, when built: the server sends those to whoever takes them. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    async closeBundle() {
      const assets = join(import.meta.dirname, OUT, 'assets')
      const files = (await readdir(assets)).filter((file) => /\.(?:js|css)$/.test(file))
      await Promise.all(
        files.map(async (file) => {
          const bytes = await readFile(join(assets, file))
          await writeFile(join(assets, `${file}.br`), await promisify(brotliCompress)(bytes))
          await writeFile(join(assets, `${file}.gz`), await promisify(gzip)(bytes, { level: 9 }))
        }),
      )
    },
  }
}

export default defineConfig({
  root: 'client',
  plugins: [react(), precompress()],
  // One script on purpose: a dialog must open also when the network is gone.
  build: {
    outDir: `../${OUT}`,
    emptyOutDir: true,
    target: 'es2022',
    // These know `:dir()`. For older ones it would be rewritten as a list of `:lang()`, which matches no paragraph here:
    // its direction is found from its first letter.
    cssTarget: ['chrome120', 'edge120', 'firefox121', 'safari16.5'],
    chunkSizeWarningLimit: 1_500,
  },
  server: {
    proxy: {
      '/api': API,
      '/i/': API,
      '/sync': { target: API, ws: true },
    },
  },
})

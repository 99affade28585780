import { EXPORT_FORMATS, EXPORT_VIEWS, openStored, writeExport } from '../operate/documents.ts'
import { existing, hasFlag, oneOf, withStore } from './arguments.ts'
import { CliError, print, printJson, table, type CliCommand } from './command.ts'

export const documentsCommand: CliCommand = {
  name: 'documents',
  usage: '[--json]',
  summary: 'list the documents',
  details: ['--json  print JSON'],
  options: { json: { type: 'boolean' } },
  positionals: 0,
  run: (call) =>
    withStore(call, async (store) => {
      const documents = await store.documents()
      if (hasFlag(call, 'json')) printJson(documents)
      else if (documents.length === 0)
        print('No documents yet. The command “import” makes one of a text file.')
      else
        print(
          table(documents.map(({ id, createdAt, title }) => [id, new Date(createdAt).toISOString(), title])),
        )
      return 0
    }),
}

export const exportCommand: CliCommand = {
  name: 'export',
  usage: 'DOC [--format text|json] [--view all|clean|base]',
  summary: 'print a document as it stands',
  details: [
    '--format text|json     literal brackets, or everything with ids and attributions (default: text)',
    '--view all|clean|base  with brackets, as if all were accepted, or without any (default: all)',
  ],
  options: { format: { type: 'string' }, view: { type: 'string' }, json: { type: 'boolean' } },
  positionals: 1,
  run: (call) => {
    const format = oneOf(call, 'format', EXPORT_FORMATS, hasFlag(call, 'json') ? 'json' : 'text')
    const view = oneOf(call, 'view', EXPORT_VIEWS, 'all')
    return withStore(call, async (store) => {
      const id = await existing(store, call.positionals[0])
      const od = await openStored(store, id)
      if (!od) throw new CliError(`There is no document “${id}”.`)
      process.stdout.write(writeExport(od, format, view, call.now()))
      return 0
    })
  },
}

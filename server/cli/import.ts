import { readFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { exportJson } from '#shared/document/export-json.ts'
import { readAnswers } from '#shared/formats/recognise/corrections/read-answers.ts'
import { readText } from '#shared/formats/text/read-text.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { participantKey } from '#shared/model/participant.ts'
import type { Answers } from '#shared/model/understanding.ts'
import { importDraft } from '../operate/documents.ts'
import { issueLinks } from '../operate/links.ts'
import { hasFlag, participant, publicUrl, text, withStore } from './arguments.ts'
import { printUnderstanding } from './import-preview.ts'
import { CliError, print, printJson, table, type Call, type CliCommand } from './command.ts'

export const importCommand: CliCommand = {
  name: 'import',
  usage: 'FILE [--title T] [--participant P]… [--answers FILE] [--dry-run] [--json]',
  summary: 'make a document of a plain text file that holds a draft',
  details: [
    '--title T        the title, instead of the one found in the text',
    '--participant P  a delegation to make a link for (repeatable; KEN when none is given)',
    '--answers FILE   JSON: what lines are, where the text is read otherwise than it is meant (see README.md)',
    '--dry-run        make nothing: print what each line was taken for, how sure that is, and what is doubtful',
    '--json           print JSON',
  ],
  options: {
    title: { type: 'string' },
    participant: { type: 'string', multiple: true },
    answers: { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
  },
  positionals: 1,
  run: runImport,
}

async function runImport(call: Call): Promise<number> {
  const path = call.positionals[0] ?? ''
  const delegations = delegationsOf(call)
  const title = text(call, 'title')
  const answers = await answersOf(call)
  const read = readText(await bytesOf(path), { ...answers, ...(title === undefined ? {} : { title }) })
  if (!read.ok) throw new CliError(`${path}: ${read.message}`)
  if (hasFlag(call, 'dry-run')) {
    printUnderstanding(read, hasFlag(call, 'json'))
    return 0
  }
  return withStore(call, async (store) => {
    const now = call.now()
    const made = await importDraft({ store, random: randomBytes, now, actor: 'server' }, read.draft)
    const issuing = {
      store,
      random: randomBytes,
      now,
      publicUrl: publicUrl(call),
      createdBy: 'operator' as const,
    }
    const links = await issueLinks(issuing, made.id, delegations)
    const paragraphs = exportJson(made.od, 'base').paragraphs.map((paragraph) => ({
      id: paragraph.id,
      label: paragraph.label,
      kind: paragraph.kind,
      chapeau: paragraph.chapeau,
      text: paragraph.text,
    }))
    const { front } = read.draft
    const report = { document: made.id, title: made.title, front, paragraphs, warnings: read.warnings, links }
    if (hasFlag(call, 'json')) printJson(report)
    else printReport(report)
    return 0
  })
}

const bytesOf = (path: string): Promise<Uint8Array> =>
  readFile(path).catch((error: unknown) => {
    throw new CliError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  })

async function answersOf(call: Call): Promise<Answers> {
  const path = text(call, 'answers')
  if (path === undefined) return { answers: [], names: [] }
  const read = readAnswers(parseJson(new TextDecoder().decode(await bytesOf(path)), path))
  if (!read.ok) throw new CliError(`${path}: ${read.message}`)
  return read
}

function parseJson(json: string, path: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new CliError(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

function delegationsOf(call: Call): ParticipantId[] {
  const given = call.values['participant']
  const codes = Array.isArray(given) ? given.map(String) : ['KEN']
  const spelt = new Map(codes.map((code) => [participantKey(code), participant(code)]))
  return [...spelt.values()]
}

interface Report {
  readonly document: string
  readonly title: string
  readonly paragraphs: readonly {
    readonly label: string | null
    kind: string
    chapeau: boolean
    text: string
  }[]
  readonly warnings: readonly string[]
  readonly links: readonly { readonly role: string; participant: string | null; url: string }[]
}

function printReport({ document, title, paragraphs, warnings, links }: Report): void {
  print(`${title}\nDocument ${document}\n`)
  for (const { label, kind, chapeau, text: words } of paragraphs) {
    const opening = words.length > 70 ? `${words.slice(0, 69)}…` : words
    print(
      `${(label ?? '').padStart(6)}  ${kind === 'separator' ? '* * *' : opening}${chapeau ? '  (chapeau)' : ''}`,
    )
  }
  for (const warning of warnings) print(`\nPlease check: ${warning}`)
  print('')
  print(table(links.map((link) => [link.role, link.participant ?? '', link.url])))
}

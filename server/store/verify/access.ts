import type { DocumentId } from '#shared/model/ids.ts'
import { CHAIN_START } from '../chain.ts'
import type { ChainEnd, Head, Invitation } from '../port.ts'
import {
  followedSeal,
  invitationOf,
  visitOf,
  visitSeal,
  type InvitationRow,
  type VisitRow,
} from '../sqlite/tables/access.ts'
import { accessHash, invitationsIn, type AccessRow } from '../sqlite/tables/access-log.ts'
import type { SqliteDatabase } from '../sqlite/connection.ts'
import { documentRow } from '../sqlite/tables/log.ts'
import { lookSeal } from '../sqlite/tables/looks.ts'
import type { Findings } from './findings.ts'

/**
 * Verifies who has access to a document: its access log by the hash chain, its invitations against the access log, its
 * visits and looks against their seals.
 */
export function verifyAccess(
  db: SqliteDatabase,
  id: DocumentId,
  noted: Head | null,
  findings: Findings,
): void {
  const rows = findings.attempt(id, 'access_log', () => readAccessLog(db, id))
  if (rows) {
    const end = chainEnd(rows, id, noted, findings)
    findings.attempt(id, 'documents', () => compareEnd(db, id, end, noted, findings))
    findings.attempt(id, 'invitations', () => compareInvitations(db, id, rows, findings))
  }
  const invitations = findings.attempt(id, 'invitations', () => invitationIds(db, id))
  findings.attempt(id, 'visits', () => checkVisits(db, id, invitations, findings))
  findings.attempt(id, 'looks', () => checkLooks(db, id, invitations, findings))
}

const readAccessLog = (db: SqliteDatabase, id: DocumentId): AccessRow[] =>
  db.all('SELECT * FROM access_log WHERE document = ? ORDER BY sequence', [id]) as AccessRow[]

function chainEnd(
  rows: readonly AccessRow[],
  id: DocumentId,
  noted: Head | null,
  findings: Findings,
): ChainEnd {
  let hash = CHAIN_START
  let sequence = 0
  const report = (message: string) => findings.add(id, 'access_log', sequence, message)
  for (const row of rows) {
    sequence++
    if (row.sequence !== sequence) report('a row is missing before this one')
    sequence = row.sequence
    if (row.previous !== hash) report('does not continue the hash chain')
    if (row.hash !== accessHash(row.previous, row)) report('the row is not what was written')
    hash = row.hash
    if (noted?.access.sequence === sequence && noted.access.hash !== hash)
      report('is another row than the one that was noted')
  }
  return { sequence, hash }
}

function compareEnd(
  db: SqliteDatabase,
  id: DocumentId,
  end: ChainEnd,
  noted: Head | null,
  findings: Findings,
): void {
  const head = documentRow(db, id)
  if (head && (head.access_sequence !== end.sequence || head.access_hash !== end.hash))
    findings.add(
      id,
      'access_log',
      null,
      `ends at row ${end.sequence}, but should at row ${head.access_sequence}`,
    )
  if (noted && noted.access.sequence > end.sequence) {
    const message = `ends at row ${end.sequence}, but had ${noted.access.sequence} rows when it was noted`
    findings.add(id, 'access_log', null, message)
  }
}

function compareInvitations(
  db: SqliteDatabase,
  id: DocumentId,
  rows: readonly AccessRow[],
  findings: Findings,
): void {
  const report = (message: string) => findings.add(id, 'invitations', null, message)
  const expected = expectedInvitations(rows)
  if (!expected) return report('cannot be compared with the access log, which cannot be understood')
  const kept = db.all('SELECT * FROM invitations WHERE document = ?', [id]) as InvitationRow[]
  for (const row of kept) {
    const { followedAt, ...facts } = invitationOf(row)
    const said = expected.get(row.id)
    expected.delete(row.id)
    if (!said || canonical(said) !== canonical(facts))
      report(`invitation ${row.id} is not as it was made or withdrawn`)
    if (row.seal !== followedSeal(row.id, followedAt))
      report(`when invitation ${row.id} was followed is not what was written`)
  }
  for (const missing of expected.keys()) report(`invitation ${missing} is missing`)
}

function expectedInvitations(rows: readonly AccessRow[]): ReturnType<typeof invitationsIn> | null {
  try {
    return invitationsIn(rows)
  } catch {
    return null
  }
}

const canonical = (facts: Omit<Invitation, 'followedAt'>): string =>
  JSON.stringify(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)))

const invitationIds = (db: SqliteDatabase, id: DocumentId): Set<string> =>
  new Set(
    (db.all('SELECT id FROM invitations WHERE document = ?', [id]) as { id: string }[]).map((row) => row.id),
  )

function checkVisits(
  db: SqliteDatabase,
  id: DocumentId,
  invitations: Set<string> | null,
  findings: Findings,
): void {
  for (const row of db.all('SELECT * FROM visits WHERE document = ?', [id]) as VisitRow[]) {
    const name = `session ${row.token_hash.slice(0, 16)}`
    if (row.seal !== visitSeal(visitOf(row)))
      findings.add(id, 'visits', null, `${name} is not what was written`)
    else if (invitations && !invitations.has(row.invitation))
      findings.add(id, 'visits', null, `${name} is by an invitation that this document does not have`)
  }
}

interface LookRow {
  readonly document: DocumentId
  readonly invitation: string
  readonly name: string
  readonly sequence: number
  readonly at: number
  readonly seal: string
}

function checkLooks(
  db: SqliteDatabase,
  id: DocumentId,
  invitations: Set<string> | null,
  findings: Findings,
): void {
  for (const row of db.all('SELECT * FROM looks WHERE document = ?', [id]) as LookRow[]) {
    const report = (message: string) =>
      findings.add(id, 'looks', null, `the look of “${row.name}” by ${row.invitation} ${message}`)
    if (row.seal !== lookSeal(row, row.sequence, row.at)) report('is not what was written')
    else if (invitations && !invitations.has(row.invitation)) report('is by an invitation that is not there')
  }
}

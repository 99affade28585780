import { randomBytes } from 'node:crypto'
import { isTokenShaped, tokenHash } from '../access/token.ts'
import { invitationState } from '../access/invite.ts'
import { issueLink } from '../operate/links.ts'
import { existing, expiry, hasFlag, participant, publicUrl, role, text, withStore } from './arguments.ts'
import { CliError, UsageError, print, printJson, table, type CliCommand } from './command.ts'

export const inviteCommand: CliCommand = {
  name: 'invite',
  usage: 'DOC --role R [--participant P] [--expires WHEN] [--json]',
  summary: 'make an invitation link',
  details: [
    '--role R         facilitator, secretariat, delegation or observer',
    '--participant P  whom a delegation speaks for: KEN, EU, G77 …',
    '--expires WHEN   a date (2031-05-30T18:00Z) or a duration (90m, 12h, 7d, 2w)',
    '--json           print JSON',
  ],
  options: {
    role: { type: 'string' },
    participant: { type: 'string' },
    expires: { type: 'string' },
    json: { type: 'boolean' },
  },
  positionals: 1,
  run: (call) => {
    const wanted = role(call)
    const named = text(call, 'participant')
    const who = named === undefined ? null : participant(named)
    const expiresAt = expiry(call)
    if (wanted === 'delegation' && who === null)
      throw new UsageError('A delegation needs --participant, for example --participant KEN.')
    return withStore(call, async (store) => {
      const document = await existing(store, call.positionals[0])
      const issuing = {
        store,
        random: randomBytes,
        now: call.now(),
        publicUrl: publicUrl(call),
        createdBy: 'operator' as const,
      }
      const link = await issueLink(issuing, document, wanted, who, expiresAt)
      if (hasFlag(call, 'json')) printJson(link)
      else print(`${link.url}\n${link.token}`)
      return 0
    })
  },
}

export const revokeCommand: CliCommand = {
  name: 'revoke',
  usage: 'DOC TOKEN_OR_ID',
  summary: 'withdraw an invitation: its link and everybody who came by it',
  details: ['TOKEN_OR_ID  the token at the end of the link, or the id that “invitations” lists'],
  options: { json: { type: 'boolean' } },
  positionals: 2,
  run: (call) =>
    withStore(call, async (store) => {
      const document = await existing(store, call.positionals[0])
      // A whole link is accepted too, because that is what people usually have.
      const given = (call.positionals[1] ?? '').split('/').at(-1) ?? ''
      const now = call.now()
      const revoked =
        (await store.revokeInvitation(document, given, now)) ??
        (isTokenShaped(given) ? await store.revokeInvitation(document, tokenHash(given), now) : null)
      if (!revoked) throw new CliError('This document has no such invitation.')
      const { id, role: of, participant: who } = revoked
      if (hasFlag(call, 'json')) printJson({ id, role: of, participant: who, revokedAt: revoked.revokedAt })
      else print(`Withdrawn: ${of}${who ? ` (${who})` : ''}, ${id}.`)
      return 0
    }),
}

export const invitationsCommand: CliCommand = {
  name: 'invitations',
  usage: 'DOC [--json]',
  summary: 'list the invitations of a document',
  details: ['--json  print JSON'],
  options: { json: { type: 'boolean' } },
  positionals: 1,
  run: (call) =>
    withStore(call, async (store) => {
      const document = await existing(store, call.positionals[0])
      const listed = (await store.invitations(document)).map((invitation) => ({
        id: invitation.id,
        role: invitation.role,
        participant: invitation.participant,
        standing: invitationState(invitation, call.now()),
        createdAt: isoOrNull(invitation.createdAt),
        expiresAt: isoOrNull(invitation.expiresAt),
        revokedAt: isoOrNull(invitation.revokedAt),
      }))
      if (hasFlag(call, 'json')) printJson(listed)
      else
        print(
          table(
            listed.map((entry) => [
              entry.id,
              entry.role,
              entry.participant ?? '',
              entry.standing,
              entry.expiresAt === null ? 'no end' : `until ${entry.expiresAt}`,
            ]),
          ),
        )
      return 0
    }),
}

const isoOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** Words about the invitation links of a document. `who`: for whom a link is, as it is shown; `when`: a time as it is shown. */
export const linkWords = {
  title: 'Links that work',
  waiting: 'Looking…',
  none: 'No link works at the moment.',
  neverFollowed: 'not followed yet',
  followed: (when: string) => `last followed ${when}`,
  until: (when: string) => `until ${when}`,
  own: 'your own',
  revoke: 'Revoke',
  revokeFor: (who: string) => `Revoke the link for ${who}`,
  sure: 'Everybody who came by it is sent away.',
  sureYes: 'Revoke it',
  sureNo: 'Keep it',
  revoked: (who: string) => `The link for ${who} works no more.`,
}

import * as access from '../tables/access.ts'
import { heads } from '../tables/heads.ts'
import { load } from '../tables/load.ts'
import * as log from '../tables/log.ts'
import * as looks from '../tables/looks.ts'
import * as settings from '../tables/settings.ts'
import { serveLane } from './serve-lane.ts'

/** What people wait for. It loads no code of documents, so that it starts in a moment. */
serveLane({
  createDocument: log.createDocument,
  documents: log.listDocuments,
  document: log.findDocument,
  load,
  append: log.append,
  dueDocuments: log.dueDocuments,
  outcomes: log.outcomes,
  rows: log.rows,
  recentUpdates: log.recentUpdates,
  heads,
  secret: settings.secret,
  adoptSecret: settings.adoptSecret,
  probe: settings.probe,
  addInvitation: access.addInvitation,
  invitations: access.listInvitations,
  invitationByToken: access.invitationByToken,
  revokeInvitation: access.revokeInvitation,
  endedInvitations: access.endedInvitations,
  noteFollowed: access.noteFollowed,
  addVisit: access.addVisit,
  visitByToken: access.visitByToken,
  nameVisit: access.nameVisit,
  endVisit: access.endVisit,
  sweepVisits: access.sweepVisits,
  looked: looks.looked,
  look: looks.look,
})

import type { Api } from '#client/net/api.ts'
import { CommandQueue } from '#client/net/command-queue.ts'
import { openConsultation } from '#client/net/session.ts'
import type { DocumentSession } from '#client/net/session.ts'
import { settled } from '#client/net/settled.ts'
import { browserSignals } from '#client/net/signals.ts'
import { browserStorage, deviceName } from '#client/net/offline/storage.ts'
import { browserTimers } from '#client/net/timers.ts'
import type { DocumentInfo } from '#shared/protocol/http.ts'

/** A document that is open in this tab, with its connections to the server: text, commands, and the rest of the API. */
export interface Opened {
  readonly info: DocumentInfo
  readonly api: Api
  readonly session: DocumentSession
  readonly commands: Pick<CommandQueue, 'run' | 'queued' | 'failed' | 'dismissFailed'>
  readonly dispose: () => void
}

export function openConsultationAs(info: DocumentInfo, api: Api): Opened {
  const { document, as, actor, spaces } = info
  const session = openConsultation({ document, as, actor, spaces })
  const commands = new CommandQueue({
    api,
    storage: browserStorage,
    name: deviceName(document, actor.person),
    timers: browserTimers,
    signals: browserSignals,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    status: session.status,
    settled: () => settled(session.status, browserTimers),
  })
  const dispose = () => {
    commands.dispose()
    session.dispose()
  }
  return { info, api, session, commands, dispose }
}

import { leavesDialog } from './acts-deciding.ts'
import { commands } from './acts-procedure.ts'
import type { Act, NamedAct } from './acts.ts'
import type { Person } from './person.ts'

const everybody = () => true
const LAGS = [0, 10, 60, 150, 350]

const lag: Act = ({ person, random }) => {
  person.line.lag = random.pick(LAGS)
  return Promise.resolve(true)
}

/** The line breaks, and is there again at once: nobody is told that the network was gone. */
const hiccup: Act = ({ person }) => {
  person.line.cut()
  if (!person.offline) person.line.mend()
  return Promise.resolve(true)
}

const offline: Act = async ({ person }) => {
  if (person.offline) return false
  await person.goOffline()
  return true
}

const online: Act = async ({ person }) => {
  if (!person.offline) return false
  await person.goOnline()
  return true
}

const reload: Act = async ({ person }) => {
  if (person.offline) return false
  person.mark = null
  person.drafting = false
  // What was typed in the last moment is not on the device yet, and was not said to be saved.
  await person.screen.saved()
  await person.screen.reload()
  return true
}

/** `kill -9`; the server is started again at once, on the same port. */
const kill: Act = async ({ room }) => {
  await room.product.kill()
  await room.product.start()
  return true
}

/** Issues a revision: every paragraph gets a new number. */
const revision: Act = async (moment) => {
  if (!(await commands(moment, 'Issue a revision'))) return false
  const { person } = moment
  await person.screen.page
    .getByRole('dialog')
    .getByRole('button', { name: /^Issue Rev\./ })
    .click({ timeout: 3_000 })
  await leavesDialog(person)
  return true
}

export const network: readonly NamedAct[] = [
  { name: 'has another lag', who: everybody, weight: 4, act: lag },
  { name: 'loses the line for a moment', who: everybody, weight: 2, act: hiccup },
  { name: 'goes offline', who: everybody, weight: 2, act: offline },
  { name: 'comes back', who: everybody, weight: 4, act: online },
  { name: 'reloads', who: (person: Person) => !person.drafting, weight: 2, act: reload },
  { name: 'the server is killed', who: (person) => person.seat === 'observer', weight: 1, act: kill },
  { name: 'issues a revision', who: (person) => person.seat === 'facilitator', weight: 1, act: revision },
]

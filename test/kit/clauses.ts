import type { Random } from './random.ts'

/** Invented sentences with the grammar of outcome documents, and what delegations usually ask for in them. */

const OPENINGS = [
  'We reaffirm our commitment to',
  'We recognize the importance of',
  'We note with concern the state of',
  'We resolve to strengthen',
  'We call upon all States to support',
  'We encourage relevant stakeholders to contribute to',
  'We underline the need for',
  'We welcome the progress made in',
  'We decide to convene a dialogue on',
  'We stress that there is no substitute for',
]
const SUBJECTS = [
  'the restoration of upland watersheds',
  'timely and predictable financing',
  'open access to river and rainfall data',
  'the knowledge of local communities',
  'cooperation on shared waters',
  'capacity-building for small administrations',
  'early warning in remote valleys',
  'the transfer of suitable technology',
  'the participation of young people',
  'the health of lakes and wetlands',
  'independent review of results',
  'a fair sharing of costs and benefits',
]
const LINKS = [
  ', while taking into account',
  ', in close consultation with',
  ', as well as',
  ', on the basis of',
  ', with a view to',
  ', without prejudice to',
  ', including through',
]
const OBJECTS = [
  'the circumstances of each country',
  'the institutions already in place',
  'the best available science',
  'those who live from the land',
  'regional organizations and their members',
  'voluntary contributions and public budgets',
  'the goals set for the end of the decade',
  'existing obligations under international law',
]

/** What is inserted, mostly to weaken or to widen. */
const INSERTIONS = [
  ', as appropriate',
  ', on a voluntary basis',
  ' and mutually agreed',
  ', in particular the least developed among them',
  ', where feasible',
  ', and adequate means of implementation',
  ', subject to national legislation',
  ' fully and effectively',
  ', including women and girls',
  ', without further delay',
]
const WORDINGS = [
  'seek to strengthen',
  'measurable and time-bound support for',
  'voluntary cooperation on',
  'common but distinct efforts in',
  'substantial progress towards',
  'appropriate arrangements for',
  'new, additional and predictable resources for',
  'national priorities in',
]
const AMENDMENTS = [
  ' and sustained',
  ' where requested',
  ' and transparent',
  ' to the extent possible',
  ' urgently',
]

/** A paragraph of about this many words: one to four sentences. */
export function paragraphOf(random: Random, words: number): string {
  const sentences: string[] = []
  for (let have = 0; have < words;) {
    const sentence = sentenceOf(random, Math.min(90, words - have))
    sentences.push(sentence)
    have += sentence.split(' ').length
  }
  return sentences.join(' ')
}

function sentenceOf(random: Random, words: number): string {
  let sentence = `${random.pick(OPENINGS)} ${random.pick(SUBJECTS)}`
  while (sentence.split(' ').length < words - 6)
    sentence += `${random.pick(LINKS)} ${random.pick(random.chance(0.5) ? OBJECTS : SUBJECTS)}`
  return `${sentence}.`
}

export const titleOf = (random: Random): string => random.pick(SUBJECTS).replace(/^(the|a) /, '')
export const insertionOf = (random: Random): string => random.pick(INSERTIONS)
export const wordingOf = (random: Random): string => random.pick(WORDINGS)
export const amendmentOf = (random: Random): string => random.pick(AMENDMENTS)
export const newParagraphOf = (random: Random): string => paragraphOf(random, 30 + random.int(40))

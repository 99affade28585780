import type { CommentId, MeetingId, ParticipantId } from '../../model/ids.ts'
import type { Position } from '../../model/proposals/position.ts'
import type { SampleNames, SampleStep } from './sample-types.ts'

/** What has been said of the sample's brackets: examples of everything that happens in a room. */

const FACILITATOR = { by: 'facilitator', person: 'Elena Marsh' } as const
const SECRETARIAT = { by: 'secretariat', person: 'Tomas Wirth' } as const
const FIRST = 'm0000000000000001' as MeetingId
const SECOND = 'm0000000000000002' as MeetingId
const QUESTION = 'c0000000000000001' as CommentId

const PEOPLE: Readonly<Record<string, string>> = {
  KEN: 'Amina Otieno',
  NOR: 'Ingrid Dahl',
  JPN: 'Haruto Mori',
  G77: 'Rafael Duarte',
  EU: 'Clara Weiss',
  BRA: 'Luísa Prado',
  EGY: 'Samir Halim',
  CHN: 'Lin Yue',
  USA: 'Grace Holt',
  CHE: 'Urs Keller',
  COL: 'Lucía Rivas',
  AOSIS: 'Leilani Faasavalu',
  SAU: 'Faisal Qassim',
  IND: 'Ravi Menon',
  AUS: 'Priya Nolan',
  PER: 'Inés Quispe',
}
const delegation = (by: string) => ({ by, person: PEOPLE[by] ?? 'A Delegate' })

const says = (by: string, position: Position, name: string): SampleStep => ({
  ...delegation(by),
  ask: ({ proposal, wording }) => {
    const on = proposal(name)
    return { kind: 'position-take', on, position, ...wording(on) }
  },
})
const joins = (by: string, stance: 'cosponsor' | 'dissociate', name: string): SampleStep => ({
  ...delegation(by),
  ask: ({ proposal: named, wording }) => {
    const proposal = named(name)
    return { kind: 'proposal-sponsor', proposal, stance, ...wording(proposal) }
  },
})
const agenda = ({ paragraph }: SampleNames, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => paragraph(from + i))

/** In the order in which it happened, after all brackets were made. */
export const sampleTalks: readonly SampleStep[] = [
  {
    ...FACILITATOR,
    ask: (names) => ({
      kind: 'meeting-open',
      meeting: FIRST,
      title: 'First informal consultation',
      agenda: agenda(names, 1, 6),
    }),
  },
  says('EU', 'support', 'groundwater'),
  says('NOR', 'support', 'groundwater'),
  says('CHE', 'flexible', 'groundwater'),
  says('EU', 'support', 'alarm'),
  says('AOSIS', 'support', 'alarm'),
  says('SAU', 'oppose', 'alarm'),
  says('KEN', 'come-back', 'alarm'),
  says('USA', 'support', 'concern'),
  joins('CHN', 'cosponsor', 'equity'),
  joins('COL', 'dissociate', 'equity'),
  says('USA', 'oppose', 'equity'),
  says('JPN', 'reserve', 'equity'),
  {
    ...FACILITATOR,
    ask: ({ proposal, wording }) => ({
      kind: 'proposal-accept',
      proposal: proposal('serve'),
      ...wording(proposal('serve')),
      basis: 'room-consensus',
    }),
  },
  {
    ...FACILITATOR,
    ask: ({ paragraph }) => ({ kind: 'paragraph-status', paragraph: paragraph('PP1'), status: 'agreed' }),
  },
  {
    ...FACILITATOR,
    ask: ({ paragraph }) => ({ kind: 'paragraph-status', paragraph: paragraph(1), status: 'agreed' }),
  },
  {
    ...FACILITATOR,
    ask: ({ paragraph }) => ({
      kind: 'paragraph-status',
      paragraph: paragraph(4),
      status: 'agreed-ad-ref',
      pending: ['CHE' as ParticipantId],
    }),
  },
  {
    ...FACILITATOR,
    ask: ({ paragraph }) => ({ kind: 'paragraph-status', paragraph: paragraph(5), status: 'agreed-ad-ref' }),
  },
  { ...FACILITATOR, ask: () => ({ kind: 'meeting-close' }) },
  {
    ...FACILITATOR,
    ask: (names) => ({
      kind: 'meeting-open',
      meeting: SECOND,
      title: 'Second informal consultation',
      agenda: agenda(names, 7, 22),
    }),
  },
  says('G77', 'oppose', 'charge'),
  says('NOR', 'oppose', 'charge'),
  {
    ...delegation('BRA'),
    ask: ({ proposal, paragraph, wording }) => ({
      kind: 'proposal-condition',
      proposal: proposal('legislation'),
      ...wording(proposal('legislation')),
      condition: { text: 'paragraph 12 keeps prior and informed consent', on: paragraph(12) },
    }),
  },
  {
    ...delegation('CHN'),
    ask: ({ proposal, paragraph }) => ({
      kind: 'paragraph-propose',
      proposal: proposal('strike 17'),
      change: { kind: 'delete-paragraph', paragraph: paragraph(17) },
    }),
  },
  says('EU', 'oppose', 'strike 17'),
  {
    ...delegation('USA'),
    ask: ({ proposal, paragraph }) => ({
      kind: 'paragraph-propose',
      proposal: proposal('another 19'),
      change: {
        kind: 'alternative',
        paragraph: paragraph(19),
        text: 'We recall the part that all sources of finance, public and private, have to play, and invite development banks to simplify access for small and remote communities.',
      },
    }),
  },
  {
    ...SECRETARIAT,
    ask: ({ proposal, paragraph }) => ({
      kind: 'paragraph-propose',
      proposal: proposal('reservation'),
      change: { kind: 'reservation', paragraph: paragraph(18) },
      onBehalfOf: 'FJI' as ParticipantId,
    }),
  },
  {
    ...delegation('AUS'),
    ask: ({ proposal, paragraph }) => ({
      kind: 'paragraph-propose',
      proposal: proposal('move'),
      change: { kind: 'move', paragraph: paragraph(22), after: paragraph(15) },
    }),
  },
  {
    ...delegation('NOR'),
    ask: ({ proposal, paragraph, endOf }) => ({
      kind: 'paragraph-propose',
      proposal: proposal('split'),
      change: { kind: 'split', paragraph: paragraph(14), at: endOf(14, 'mountain regions') },
    }),
  },
  {
    ...delegation('PER'),
    ask: ({ proposal, paragraph }) => ({
      kind: 'paragraph-propose',
      proposal: proposal('join'),
      change: { kind: 'join', paragraph: paragraph(28), next: paragraph(29) },
    }),
  },
  {
    ...FACILITATOR,
    ask: ({ proposal, wording }) => ({
      kind: 'proposals-merge',
      bridge: proposal('bridge'),
      proposals: [proposal('rescue'), proposal('schools')],
      seen: [wording(proposal('rescue')).seen, wording(proposal('schools')).seen],
      struck: [wording(proposal('rescue')).struck, wording(proposal('schools')).struck],
      text: ' and trained rescue teams and evacuation plans for schools',
      basis: 'facilitators-judgement',
    }),
  },
  says('EGY', 'support', 'banks'),
  {
    ...delegation('IND'),
    ask: ({ proposal }) => ({ kind: 'proposal-withdraw', proposal: proposal('banks') }),
  },
  {
    ...FACILITATOR,
    ask: ({ proposal, wording }) => ({
      kind: 'proposal-not-retain',
      proposal: proposal('solemnly'),
      ...wording(proposal('solemnly')),
      basis: 'facilitators-judgement',
    }),
  },
  {
    ...delegation('NOR'),
    ask: ({ paragraph }) => ({
      kind: 'comment-add',
      comment: QUESTION,
      on: paragraph(10),
      thread: null,
      text: 'Does “hydrological data” include the discharge of transboundary tributaries?',
    }),
  },
  {
    ...FACILITATOR,
    ask: ({ paragraph }) => ({
      kind: 'comment-add',
      comment: 'c0000000000000002' as CommentId,
      on: paragraph(10),
      thread: QUESTION,
      text: 'It is meant to. The weather services will brief delegations on Thursday.',
    }),
  },
  {
    ...FACILITATOR,
    ask: ({ paragraph }) => ({
      kind: 'paragraph-status',
      paragraph: paragraph(10),
      status: 'under-discussion',
    }),
  },
]

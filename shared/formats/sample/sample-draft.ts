import type { ImportedBlock, ImportedDraft } from '../../model/import.ts'
import type { Label } from '../../model/label.ts'

const heading = (text: string): ImportedBlock => ({ kind: 'heading', label: null, level: 0, text })
const separator: ImportedBlock = { kind: 'separator', label: null, level: 0, text: '* * *' }
/** Paragraphs numbered from `from` on, each with what is below it. */
const paragraphs = (
  from: number,
  texts: readonly string[],
  below: Readonly<Record<number, readonly ImportedBlock[]>> = {},
): ImportedBlock[] =>
  texts.flatMap((text, i): ImportedBlock[] => [
    { kind: 'paragraph', label: { number: from + i, suffix: 0 }, level: 0, text },
    ...(below[from + i] ?? []),
  ])

const items = (texts: readonly string[], label: (number: number) => Label): ImportedBlock[] =>
  texts.map((text, i) => ({ kind: 'paragraph', label: label(i + 1), level: 1, text }))

const PREAMBLE = [
  'Recalling the Lorvan Appeal for Springs, in which mountain communities asked for the first time to be heard together,',
  'Mindful that one person in three drinks water that began as snow, and that few of them will ever see where it fell,',
  'Convinced that what is shared at the source is safe at the mouth,',
]

const NOTED = 'Lorvan Appeal for Springs'

/** A clause of the preamble: its first word is emphasised, and what it recalls has a footnote. */
function clause(text: string, index: number): ImportedBlock {
  const noted = text.indexOf(NOTED)
  return {
    kind: 'paragraph',
    label: { number: index + 1, suffix: 0, series: 'PP' },
    level: 0,
    text,
    formats: [{ from: 0, to: text.indexOf(' '), format: 'em' }],
    ...(noted < 0 ? {} : { notes: [{ at: noted + NOTED.length, note: 0, printed: '1' }] }),
  }
}

const footnote = (number: number, text: string): ImportedBlock => ({
  kind: 'note',
  label: { number, suffix: 0, series: 'note' },
  level: 0,
  text,
})

/** (a), (b), (c) below paragraph 21. */
const WARNING = [
  'map the glacial lakes that may burst, and look at each of them again every five years;',
  'agree with our neighbours on signals that are understood on both sides of a border;',
  'train those who must act on them, beginning with schools and health posts.',
]

/** Two options for the end of paragraph 26. */
const BOARDS = [
  'by the secretariat, under the guidance of a board in which contributing and receiving countries have equal voice.',
  'by a multilateral development bank, under the guidance of the review meeting.',
]

const VISION = [
  'We, the Ministers and high representatives of States and of regional organizations, have met in Tarvo from 4 to 6 June to consider the freshwater that rises in the mountains of the world and on which half of humanity depends.',
  'We recall that snow, ice, wetlands and upland forests store water in one season and release it in another, and that no reservoir built by human hands can replace what is lost when they disappear.',
  'We note with grave concern that glaciers are retreating on every continent, that springs known by name for centuries have fallen silent, and that the people who did least to cause these changes are the first to feel them.',
  'We recognize that mountain communities are the guardians of the sources, and that their knowledge, their labour and their rights must be respected wherever decisions about water are taken.',
  'We affirm that water crossing a border should be a reason to meet and never a reason to quarrel, and we commend the basin commissions that have kept channels of cooperation open in difficult years.',
  'We are resolved to leave to those who come after us rivers that still begin in snow, and we adopt this outcome document as a common undertaking, guided by the principles of equity, solidarity and shared benefit.',
]

const KNOWLEDGE = [
  'We acknowledge that what is not measured is easily forgotten, and that more than two thirds of high catchments have no gauge, no weather station and no regular survey of snow.',
  'To close this gap within a decade, and with due regard to the different capacities of States, we:',
  'Undertake to establish a mountain observation network that links national services, universities and community observers, and that reports by agreed and open methods.',
  'Agree to share hydrological data of mountain catchments in a timely manner and free of charge, in particular data needed for early warning of floods, droughts and the outburst of glacial lakes.',
  'Encourage the World Weather Services Alliance and its partners to help developing countries to train, equip and retain the technicians on whom every observation depends.',
  'Invite universities and academies of science to record traditional knowledge of springs, terraces and irrigation channels, with the free, prior and informed consent of those who hold it.',
  'Request the secretariat of the Conference to publish, every three years, a report on the state of the water towers of the world, written in plain language and translated into the official languages.',
  'Stress that scientific cooperation should include women and young researchers from mountain regions as leaders and not only as assistants in the field.',
]

const ACTION = [
  'We recognize that protection of the sources and development of those who live beside them are one task, and that neither succeeds for long without the other.',
  'We commit ourselves to protect headwater forests, peatlands and high pastures from irreversible damage, and to restore at least one third of those that have been degraded.',
  'We call for dams, diversions and mines in headwater areas to be preceded by an assessment of their effects on people and ecosystems downstream, carried out in public and in good time.',
  'We underline that the costs of upland conservation are borne by few while its benefits reach many, and we encourage arrangements by which lowland users reward the care of upland communities.',
  'We recall the need for new, additional and predictable financial resources, and urge development banks to simplify access for small and remote communities.',
  'We support the transfer of technology on mutually agreed terms, including low-cost gauges, efficient irrigation and the safe storage of meltwater.',
  'We are convinced that preparedness costs less than relief, and we will put in place early warning systems that reach the last house in the highest valley by the end of the decade. To this end we will:',
  'We urge all parties to armed conflict to spare springs, wells, treatment works and those who maintain them, in accordance with international humanitarian law.',
]

const FOLLOW_UP = [
  'We consider that the promises made in Tarvo will be judged by what is done in the valleys, and that progress should be reviewed openly and at regular intervals.',
  'In order to carry this outcome document into effect we:',
  'Decide to convene a review meeting every three years, hosted in turn by mountain and by lowland countries, and open to local authorities and civil society.',
  'Establish a voluntary fund for mountain freshwater, to be administered:',
  'Invite the President of the Conference to transmit this document to the forthcoming sessions of the regional commissions for their consideration.',
  'Encourage States in a position to do so to exchange experts, to twin river basins of different continents and to publish the results.',
  'Request the secretariat to prepare, before the first review meeting, a set of no more than twelve indicators, building on those already in use.',
  'We express our gratitude to the people and the Government of Tarvo for the warmth of their welcome and for the water of their springs, which was served at every meeting.',
]

/** Invented entirely: no such place, conference or text exists. */
export const sampleDraft: ImportedDraft = {
  title: 'Tarvo Conference on Mountain Freshwater – Draft Outcome Document',
  front: [
    'NOTE BY THE SECRETARIAT',
    'The secretariat of the Tarvo Conference on Mountain Freshwater presents its compliments to all delegations and has the honour to circulate the draft outcome document prepared by the Co-Facilitators.',
    'Delegations are invited to make their proposals in the text itself. The first reading begins with the preamble.',
  ],
  blocks: [
    heading('Tarvo Conference on Mountain Freshwater'),
    heading('Draft Outcome Document'),
    heading('Preamble'),
    { kind: 'paragraph', label: null, level: 0, text: 'The Ministers and high representatives of States,' },
    ...PREAMBLE.map(clause),
    separator,
    heading('I. Our common springs'),
    ...paragraphs(1, VISION),
    separator,
    heading('II. Knowledge and observation'),
    ...paragraphs(7, KNOWLEDGE),
    separator,
    heading('III. Protection and development'),
    ...paragraphs(15, ACTION, {
      21: items(WARNING, (number) => ({
        number,
        suffix: 0,
        style: 'letter',
        within: { number: 21, suffix: 0 },
      })),
    }),
    separator,
    heading('IV. Follow-up and review'),
    ...paragraphs(23, FOLLOW_UP, {
      26: items(BOARDS, (number) => ({
        number,
        suffix: 0,
        division: 'option',
        within: { number: 26, suffix: 0 },
      })),
    }),
    footnote(
      1,
      'TARVO/12, annex: the appeal of the mountain communities, read out in Lorvan on 11 December.',
    ),
  ],
}

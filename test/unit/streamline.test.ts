import { describe, expect, it } from 'vitest'
import { wordsKept, wordsOf } from '#shared/document/text/streamline.ts'

describe('6.5 words of a text', () => {
  it('are letters and digits; hyphens, apostrophes and decimal signs within them belong to them', () => {
    expect(wordsOf('States’ co-operation (2.5 per cent; 1,000 people) – it isn’t all.')).toEqual([
      'States',
      'co-operation',
      '2.5',
      'per',
      'cent',
      '1,000',
      'people',
      'it',
      "isn't",
      'all',
    ])
  })

  it('are the same however their apostrophes, hyphens and accents were typed', () => {
    expect(wordsOf('Cote\u0301 long\u2011term don’t')).toEqual(wordsOf("Coté long-term don't"))
  })

  it('differ by capital letters, and by a hyphen', () => {
    expect(wordsKept(['all States'], 'all states')).toEqual({ added: ['states'], dropped: ['States'] })
    expect(wordsKept(['long-term'], 'long term')).toEqual({ added: ['long', 'term'], dropped: ['long-term'] })
  })

  it('are found in every script', () => {
    expect(wordsOf('развитие и التنمية déjà-vu')).toEqual(['развитие', 'и', 'التنمية', 'déjà-vu'])
  })
})

describe('6.5 a bridging text', () => {
  it('may say once what several sources say, and side by side what each says', () => {
    const sources = ['the poorest countries', 'the poorest people']
    expect(wordsKept(sources, 'the poorest countries and people')).toEqual({ added: ['and'], dropped: [] })
    expect(wordsKept(sources, 'the poorest countries, the poorest people')).toEqual({
      added: [],
      dropped: [],
    })
  })

  it('keeps a word as often as the source that has it most', () => {
    const sources = ['all for all', 'all']
    expect(wordsKept(sources, 'for all')).toEqual({ added: [], dropped: ['all'] })
    expect(wordsKept(sources, 'all for all, all, all')).toEqual({ added: ['all'], dropped: [] })
  })

  it('is not judged by its brackets, punctuation and spaces', () => {
    expect(wordsKept(['extreme poverty'], ' [extreme],  “poverty”!')).toEqual({ added: [], dropped: [] })
  })

  it('without sources adds everything, and without words drops everything', () => {
    expect(wordsKept([], 'new words')).toEqual({ added: ['new', 'words'], dropped: [] })
    expect(wordsKept(['old words'], '…')).toEqual({ added: [], dropped: ['old', 'words'] })
  })
})

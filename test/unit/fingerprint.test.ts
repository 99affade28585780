import { describe, expect, it } from 'vitest'
import { fingerprintOf, readAlike } from '#shared/document/text/fingerprint.ts'

const print = (text: string, struck = '') => fingerprintOf({ struck, text })

describe('3.8 a correction of nothing but spaces, punctuation or letter case', () => {
  it.each([
    ['in all its forms', 'In all its  forms,'],
    ['least developed countries', 'Least Developed Countries (“”)'],
    ['sub-Saharan', 'sub‑Saharan'],
    ['sub-Saharan', 'Sub Saharan'],
    ["women's rights", 'women’s rights'],
    ['Straße', 'STRASSE'],
    ['ΟΔΟΣ', 'οδος'],
    ['ΟΔΟΣ, ΟΔΟΣ', 'οδοσ οδος'],
    ['Устойчивое развитие', 'устойчивое – развитие!'],
    ['التنمية المستدامة', '«التنمية، المستدامة»؛'],
    ['التنمية', 'التنـمية'],
    ['可持续发展', '可持续、发展。'],
    ['développement  durable', 'développement durable !'],
    ['re\u0301solution', 'Résolution'],
    ['soft\u00adware', 'software'],
    ['1,500 delegates', '1 500 delegates'],
    ['1\u202f500', '1500'],
    ['2020-2030', '2020 – 2030'],
    ['5 %', '5%'],
  ])('%s is %s', (a, b) => {
    expect(readAlike(a, b)).toBe(true)
    expect(print(a)).toBe(print(b))
  })

  it.each([
    ['in all its forms', 'in all its form'],
    ['shall', 'should'],
    ['by 1.5 degrees', 'by 15 degrees'],
    ['by 5%', 'by 5'],
    ['in 2030 50 States', 'in 203050 States'],
    ['by -2 degrees', 'by 2 degrees'],
    ['$5', '5'],
    ['résolution', 'resolution'],
    ['kız', 'kiz'],
    ['كتب', 'كتاب'],
    ['H₂O', 'HO'],
    ['G77 & China', 'G77 China'],
    ['不', ''],
  ])('%s is not %s', (a, b) => {
    expect(readAlike(a, b)).toBe(false)
    expect(print(a)).not.toBe(print(b))
  })

  it('tells what is struck from what is proposed', () => {
    expect(print('alpha', 'beta')).not.toBe(print('alphabeta'))
    expect(print('', 'beta')).not.toBe(print('beta'))
    expect(print('Alpha', 'BETA')).toBe(print('alpha', 'beta'))
  })

  it('is short, whatever the wording', () => {
    for (const text of ['', 'a', 'long '.repeat(9_000)]) expect(print(text)).toMatch(/^[\w-]{22}$/)
  })
})

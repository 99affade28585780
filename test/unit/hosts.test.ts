import { describe, expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'
import { hostCheck } from '#server/http/hosts.ts'
import { isOwnOrigin } from '#server/http/origin.ts'
import { hostHeaderOf, schemeOf, trustedProxies } from '#server/http/proxies.ts'

const publicUrl = 'https://informals.example'

describe('which hosts the server goes by', () => {
  it.each([
    ['localhost:4300', true],
    ['LOCALHOST', true],
    ['sub.localhost:80', true],
    ['127.0.0.1:4300', true],
    ['127.1', true],
    ['[::1]:4300', true],
    ['informals.example', true],
    ['INFORMALS.example:443', true],
    ['192.168.7.7:4300', false],
    ['evil.example', false],
    ['informals.example.evil.example', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.evil.example', false],
    ['evil.example#localhost', false],
    ['evil.example/localhost', false],
    ['user@localhost', false],
    ['localhost:evil', false],
    ['', false],
    [undefined, false],
  ])('15.9 on loopback with a public address: %s → %s', (host, known) => {
    expect(hostCheck({ publicUrl, host: '127.0.0.1' })(host)).toBe(known)
  })

  it('15.9 on one address: by that', () => {
    expect(hostCheck({ publicUrl: null, host: '192.168.7.7' })('192.168.7.7:4300')).toBe(true)
    expect(hostCheck({ publicUrl: null, host: 'fd00::7' })('[FD00:0::7]:4300')).toBe(true)
    expect(hostCheck({ publicUrl: null, host: '192.168.7.7' })('192.168.7.8:4300')).toBe(false)
  })

  it('15.9 on all addresses: by those that the machine has at the time, and by its names', () => {
    const names = ['desk', 'desk.local', '192.168.7.7', '[fd00::7]']
    const knows = hostCheck({ publicUrl: null, host: '0.0.0.0', ownNames: () => names })
    expect(['desk:4300', 'DESK.local', '192.168.7.7:4300', '[fd00::7]:4300'].every(knows)).toBe(true)
    expect(knows('10.0.0.9')).toBe(false)
    names.push('10.0.0.9')
    expect(knows('10.0.0.9')).toBe(true)
    expect(hostCheck({ publicUrl: null, host: '0.0.0.0' })('127.0.0.1')).toBe(true)
  })
})

describe('which origins are its own', () => {
  it.each([
    ['https://informals.example', 'informals.example', 'http', true],
    ['http://informals.example', 'informals.example', 'http', false],
    ['https://informals.example', 'localhost:4300', 'http', true],
    ['http://localhost:4300', 'localhost:4300', 'http', true],
    ['https://localhost:4300', 'localhost:4300', 'http', false],
    ['https://localhost:4300', 'localhost:4300', 'https', true],
    ['http://localhost:4301', 'localhost:4300', 'http', false],
    ['http://localhost', 'localhost:80', 'http', true],
    ['https://evil.example', 'informals.example', 'http', false],
    ['null', 'informals.example', 'http', false],
    ['file://', 'informals.example', 'http', false],
  ])('15.10 %s at %s over %s → %s', (origin, host, scheme, own) => {
    expect(isOwnOrigin({ origin }, host, scheme, publicUrl)).toBe(own)
  })

  it.each([
    [undefined, true],
    ['none', true],
    ['same-origin', true],
    ['same-site', false],
    ['cross-site', false],
  ])('15.10 without an Origin, from %s → %s', (site, own) => {
    const headers = site === undefined ? {} : { 'sec-fetch-site': site }
    expect(isOwnOrigin(headers, 'localhost', 'http', null)).toBe(own)
  })
})

const asked = (remoteAddress: string, proto: string) =>
  schemeOf(
    { headers: { 'x-forwarded-proto': proto }, socket: { remoteAddress } },
    trustedProxies(['loopback']),
  )
const host = (remoteAddress: string, said?: string) =>
  hostHeaderOf(
    { headers: { host: 'inner:4300', 'x-forwarded-host': said }, socket: { remoteAddress } },
    trustedProxies(['loopback']),
  )
const read = (value: string) => readConfig({ TRUSTED_PROXIES: value }, true)

describe('proxies that may speak for others', () => {
  it('15.11 are nobody unless they are named', () => {
    expect(trustedProxies([])('127.0.0.1')).toBe(false)
    const isTrusted = trustedProxies(['loopback', '10.1.0.0/16', 'fd00::/8', '192.0.2.1'])
    const trusted = ['127.0.0.9', '::1', '::ffff:127.0.0.1', '10.1.2.3', 'fd12::1', '192.0.2.1']
    const others = ['10.2.0.1', 'fe80::1', '192.0.2.2', 'unix', '', undefined]
    expect(trusted.filter((address) => !isTrusted(address))).toEqual([])
    expect(others.filter(isTrusted)).toEqual([])
  })

  it('15.11 only they say that a request came by https', () => {
    expect(asked('127.0.0.1', 'https')).toBe('https')
    expect(asked('127.0.0.1', 'http, https')).toBe('https')
    expect(asked('127.0.0.1', 'ftp')).toBe('http')
    expect(asked('192.0.2.1', 'https')).toBe('http')
  })

  it('15.11 only they say which host was asked for', () => {
    expect(host('127.0.0.1', 'informals.example')).toBe('informals.example')
    expect(host('127.0.0.1', 'evil.example, informals.example')).toBe('informals.example')
    expect(host('127.0.0.1')).toBe('inner:4300')
    expect(host('192.0.2.1', 'informals.example')).toBe('inner:4300')
  })

  it('15.11 are read from the settings, or named as what is wrong with them', () => {
    expect(read('')).toMatchObject({ ok: true, config: { trustedProxies: [] } })
    expect(read('loopback, 10.0.0.0/8')).toMatchObject({
      ok: true,
      config: { trustedProxies: ['loopback', '10.0.0.0/8'] },
    })
    for (const wrong of ['nginx', '10.0.0.0/33', '10.0.0.0/8/8', '::1/129', '*'])
      expect(read(wrong)).toMatchObject({
        ok: false,
        message: expect.stringContaining('TRUSTED_PROXIES') as string,
      })
  })
})

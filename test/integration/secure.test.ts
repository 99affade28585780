import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { tokenHash } from '#server/access/token.ts'
import { aliasMaker } from '#server/room/round.ts'
import { buildApp } from '#server/http/app.ts'
import { KeyedQueue } from '#server/http/keyed-queue.ts'
import { issueLink } from '#server/operate/links.ts'
import { Spaces } from '#server/operate/spaces.ts'
import { House } from '#test/kit/room.ts'

const readiness = () => Promise.reject(new Error('nobody asks'))

/** Behind https, as ambassadors reach it. */
async function secureHouse() {
  const house = await House.open()
  const publicUrl = 'https://informals.example'
  const random = (length: number) => house.random.bytes(length)
  const now = () => house.time.now()
  const { store, registry, work } = house
  const spaces = new Spaces({ store, registry, now })
  const aliases = aliasMaker(new Uint8Array(32))
  const monotonic = () => house.time.monotonic()
  const context = {
    monotonic,
    readiness,
    store,
    registry,
    work,
    limits: house.limits,
    quotas: house.quotas,
    turns: new KeyedQueue(),
    spaces,
    aliases,
    random,
    now,
    publicUrl,
    log: pino({ level: 'silent' }),
  }
  const rates = { links: 100, commands: 100 }
  const { app } = await buildApp({ ...context, clientDir: join(house.folder, 'none'), rates })
  const issuing = { store, random, now: now(), publicUrl, createdBy: 'operator' as const }
  const { token } = await issueLink(issuing, house.document, 'facilitator', null)
  return { house, app, token }
}

it('a neighbouring site cannot slip a session of its own in: browsers let nobody else set our cookie', async () => {
  const { house, app, token } = await secureHouse()
  const followed = await app.inject(`/i/${token}`)
  const [cookie, own] = followed.cookies
  expect(own).toEqual({ ...cookie, name: `${cookie?.name}_${tokenHash(token).slice(0, 16)}` })
  expect(cookie).toMatchObject({ path: '/', httpOnly: true, secure: true, sameSite: 'Lax' })
  expect(cookie?.name).toBe(`__Host-informals_${house.document}`)
  expect(cookie).not.toHaveProperty('domain')
  const url = `/api/documents/${house.document}`
  const value = cookie?.value ?? ''
  const ours = { [`__Host-informals_${house.document}`]: value }
  const tossed = { [`informals_${house.document}`]: value }
  expect((await app.inject({ url, cookies: ours })).statusCode).toBe(200)
  expect((await app.inject({ url, cookies: tossed })).statusCode).toBe(401)
  expect((await app.inject({ url, cookies: { ...tossed, ...ours } })).statusCode).toBe(200)
})

it('an address that cannot be decoded is answered with a sentence', async () => {
  const { app } = await secureHouse()
  for (const url of ['/i/%E0%A4%A', '/d/%ff', '/api/documents/%c0%ae'])
    expect((await app.inject(url)).json()).toEqual({
      code: 'invalid',
      message: 'The request is not valid.',
    })
})

it('15.9 15.11 who asks by another name, or says so for a proxy, gets nothing, and no such name gets into a link', async () => {
  const { house, app, token } = await secureHouse()
  const made = (headers: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: `/api/documents/${house.document}/invitations`,
      headers: { authorization: `Bearer ${token}`, ...headers },
      payload: { role: 'observer' },
    })
  const rebound = await made({ host: 'evil.example' })
  expect(rebound.statusCode).toBe(421)
  expect(rebound.json()).toMatchObject({ code: 'unknown-host' })
  const forwarded = await made({ 'x-forwarded-host': 'evil.example' })
  expect(forwarded.json()).toMatchObject({
    url: expect.stringMatching(/^https:\/\/informals\.example\/i\//) as string,
  })
  const health = await app.inject({ url: '/healthz', headers: { host: '10.1.2.3' } })
  expect(health.statusCode).toBe(200)
})

it('15.10 with a cookie and no Origin, what another site caused is not carried out', async () => {
  const { house, app, token } = await secureHouse()
  const [cookie] = (await app.inject(`/i/${token}`)).cookies
  const cookies = { [cookie?.name ?? '']: cookie?.value ?? '' }
  const named = (site: string, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'PUT',
      url: `/api/documents/${house.document}/name`,
      headers: { 'sec-fetch-site': site, ...headers },
      cookies,
      payload: { name: 'Ada' },
    })
  for (const site of ['cross-site', 'same-site'])
    expect((await named(site)).json()).toMatchObject({ code: 'foreign-origin' })
  expect((await named('same-origin')).statusCode).toBe(200)
  const clear = await named('same-origin', { origin: 'http://informals.example', host: 'informals.example' })
  expect(clear.json()).toMatchObject({ code: 'foreign-origin' })
})

it('a body that does not say how long it is costs as much as the longest', async () => {
  const { house, app, token } = await secureHouse()
  const invitation = tokenHash(token).slice(0, 16)
  house.quotas.charge({ invitation, address: null }, 'received', 64 * 1024 * 1024 - 100_000)
  const put = (headers: Record<string, string>) =>
    app.inject({
      method: 'PUT',
      url: `/api/documents/${house.document}/name`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      payload: Readable.from(['{"name":"Amina Odhiambo"}']),
    })
  expect((await put({ 'transfer-encoding': 'chunked' })).statusCode).toBe(429)
  expect((await put({ 'content-length': '25' })).statusCode).toBe(200)
})

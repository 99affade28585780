import { describe, expect, it } from 'vitest'
import { SESSIONS_PER_BROWSER } from '#server/access/visits.ts'
import { ask, followLink, importPlain, linkFor, type Reply } from '#test/kit/http.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { informals, startServer } from '#test/kit/server.ts'

async function setUp() {
  const folder = temporaryFolder()
  const server = await startServer(folder)
  const imported = await importPlain(folder, 3, { PUBLIC_URL: server.url })
  return { folder, imported, api: `${server.url}/api/documents/${imported.document}` }
}

interface Browser {
  readonly reply: Reply
  /** Which session the address says it is. */
  readonly as: string
  /** All that the browser has then. */
  readonly cookies: string
}

/** Follows a link as a browser with these cookies. */
async function follow(url: string, cookies = ''): Promise<Browser> {
  const { reply } = await followLink(url, cookies)
  const jar = new Map(cookies.split('; ').map((one) => [one.split('=')[0] ?? '', one]))
  for (const set of reply.headers.getSetCookie()) {
    const [cookie = ''] = set.split('; ')
    const [name = '', value] = cookie.split('=')
    if (value) jar.set(name, cookie)
    else jar.delete(name)
  }
  const as = new URL(reply.headers.get('location') ?? '', url).searchParams.get('as') ?? ''
  return { reply, as, cookies: [...jar.values()].filter((one) => one !== '').join('; ') }
}

describe('links', () => {
  it('open the document and make a session', async () => {
    const { imported, api } = await setUp()
    const { reply, as, cookies } = await follow(linkFor(imported, 'delegation', 'KEN').url)
    expect(reply.status).toBe(303)
    expect(reply.headers.get('location')).toBe(`/d/${imported.document}?as=${as}`)
    const set = reply.headers.getSetCookie()
    expect(set).toHaveLength(2)
    for (const cookie of set) {
      expect(cookie).toMatch(/HttpOnly/)
      expect(cookie).toMatch(/SameSite=Lax/)
      expect(cookie).not.toMatch(/Secure/)
    }
    const info = {
      document: imported.document,
      as,
      title: 'A draft',
      actor: { role: 'delegation', participant: 'KEN', name: '' },
    }
    expect((await ask(`${api}?as=${as}`, { cookie: cookies })).json).toMatchObject(info)
    expect((await ask(api, { cookie: cookies })).json).toMatchObject(info)
  })

  it('make a session each, beside each other in one browser: the address says which; without it, the last', async () => {
    const { imported, api } = await setUp()
    const link = linkFor(imported, 'delegation', 'KEN').url
    const kenya = await follow(link)
    const body = { name: '  Amina Otieno ' }
    const named = await ask(`${api}/name?as=${kenya.as}`, { cookie: kenya.cookies, method: 'PUT', body })
    expect(named.json).toMatchObject({ actor: { name: 'Amina Otieno' } })
    const { person } = (named.json as { actor: { person: string } }).actor

    const chair = await follow(linkFor(imported, 'facilitator').url, kenya.cookies)
    const whoIs = async (as: string, cookie = chair.cookies) =>
      ((await ask(`${api}${as && `?as=${as}`}`, { cookie })).json as { actor: Record<string, unknown> }).actor
    expect(await whoIs(kenya.as)).toMatchObject({ participant: 'KEN', name: 'Amina Otieno', person })
    expect(await whoIs(chair.as)).toMatchObject({ role: 'facilitator', name: '' })
    expect((await whoIs(chair.as))['person']).not.toBe(person)
    expect(await whoIs('')).toMatchObject({ role: 'facilitator' })

    const again = await follow(link, chair.cookies)
    expect(again.as).toBe(kenya.as)
    expect(await whoIs('', again.cookies)).toMatchObject({ participant: 'KEN', name: 'Amina Otieno', person })
    expect(await whoIs(chair.as, again.cookies)).toMatchObject({ role: 'facilitator' })
  })

  it('give nobody another session than the one that is asked for', async () => {
    const { imported, api } = await setUp()
    const kenya = await follow(linkFor(imported, 'delegation', 'KEN').url)
    const chair = await follow(linkFor(imported, 'facilitator').url, kenya.cookies)
    const refused = async (as: string, cookie: string) => (await ask(`${api}?as=${as}`, { cookie })).status
    expect(await refused(chair.as, kenya.cookies)).toBe(401)
    for (const as of ['', 'x', '0'.repeat(16), `${kenya.as}&as=${chair.as}`])
      expect(await refused(as, chair.cookies)).toBe(401)
    // One browser's cookie under the name of another invitation's.
    const renamed = kenya.cookies.replaceAll(kenya.as, chair.as)
    expect(await refused(chair.as, renamed)).toBe(401)
    // As browsers have it that came before there was a cookie for each.
    const [latest] = kenya.cookies.split('; ').filter((one) => !one.includes(kenya.as))
    expect(await refused(kenya.as, latest ?? '')).toBe(200)
  })

  it('end with their own session alone, and a new one in its place goes on as the same person', async () => {
    const { imported, api, folder } = await setUp()
    const old = linkFor(imported, 'delegation', 'KEN')
    const kenya = await follow(old.url)
    const body = { name: 'Amina Otieno' }
    const named = await ask(`${api}/name?as=${kenya.as}`, { cookie: kenya.cookies, method: 'PUT', body })
    const chair = await follow(linkFor(imported, 'facilitator').url, kenya.cookies)
    await informals(folder, ['revoke', imported.document, old.token])
    const status = async (as: string, cookie: string) => (await ask(`${api}?as=${as}`, { cookie })).status
    expect(await status(kenya.as, chair.cookies)).toBe(403)
    expect(await status(chair.as, chair.cookies)).toBe(200)
    const wish = { role: 'delegation', participant: 'KEN' }
    const made = await ask(`${api}/invitations?as=${chair.as}`, { cookie: chair.cookies, body: wish })
    const next = await follow((made.json as { url: string }).url, chair.cookies)
    expect((await ask(`${api}?as=${next.as}`, { cookie: next.cookies })).json).toMatchObject({
      actor: (named.json as { actor: unknown }).actor,
    })
    expect(next.cookies).not.toContain(kenya.as)
    expect(await status(chair.as, next.cookies)).toBe(200)
  })

  it('are held by one browser only so many at a time: the oldest session ends', async () => {
    const { imported, api } = await setUp()
    const { token } = linkFor(imported, 'facilitator')
    let cookies = ''
    const followed: string[] = []
    for (let i = 0; i <= SESSIONS_PER_BROWSER; i++) {
      const made = await ask(`${api}/invitations`, { token, body: { role: 'observer' } })
      const come = await follow((made.json as { url: string }).url, cookies)
      cookies = come.cookies
      followed.push(come.as)
    }
    const held = followed.filter((as) => cookies.includes(as))
    expect(held).toHaveLength(SESSIONS_PER_BROWSER)
    expect(held).toContain(followed.at(-1))
    for (const as of held) expect((await ask(`${api}?as=${as}`, { cookie: cookies })).status).toBe(200)
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Conversation } from './conversation.ts'
import { ERRORS, Event, LONGEST_LINE, methods } from './messages.ts'
import { exchangesIn } from './session.ts'
import { readReply, readRequest } from './wire.ts'

const PAGE = new URL('../../docs/protocol.md', import.meta.url)
const page = readFileSync(PAGE, 'utf8')

const section = (heading: string): string => page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? ''

/** The cells of a section's table, without its head. */
const rows = (heading: string): string[][] =>
  Array.from(section(heading).matchAll(/^\| (`.*) \|$/gm), ([, row = '']) =>
    row.split(' | ').map((cell) => cell.replaceAll('`', '').trim()),
  )

test('the page has a section for each method, and no other', () => {
  const headings = Array.from(section('Methods').matchAll(/^### `(.+)`$/gm), ([, method]) => method)
  expect(headings).toEqual(Object.keys(methods))
})

test('the page lists each event, and no other', () => {
  expect(new Set(rows('Events').map(([event]) => event))).toEqual(new Set(Event.shape.event.options))
  const fields = new Set(rows('Events').flatMap(([, , tells = '']) => tells.split(/, | or /).filter(Boolean)))
  expect([...fields].filter((field) => !Object.hasOwn(Event.shape, field))).toEqual([])
})

test('the page lists each error with its number, and no other', () => {
  expect(Object.fromEntries(rows('Errors').map(([code, number]) => [code, Number(number)]))).toEqual(ERRORS)
})

test('the page says how long a line may be', () => {
  expect(section('Lines')).toContain(`at most ${LONGEST_LINE.toLocaleString('en')} bytes`)
})

test('what the page links to is there', () => {
  const links = Array.from(page.matchAll(/\]\(([^)]+)\)/g), ([, link = '']) => link)
  const headings = Array.from(page.matchAll(/^## (.+)$/gm), ([, heading = '']) => `#${heading.toLowerCase().replaceAll(' ', '-')}`)
  expect(links.length).toBeGreaterThan(0)
  expect(links.filter((link) => (link.startsWith('#') ? !headings.includes(link) : !existsSync(new URL(link, PAGE))))).toEqual([])
})

test('the session on the page is a conversation without a violation, and uses every method', () => {
  const exchanges = exchangesIn(page)
  const conversation = new Conversation()
  const used = new Set<string>()
  for (const { sent, came } of exchanges) {
    const request = readRequest(sent)
    const reply = readReply(came)
    expect(reply.id).toBe(request.id)
    if ('problem' in request) {
      expect(reply).toMatchObject({ refusal: { code: request.code } })
      continue
    }
    used.add(request.method)
    const params = conversation.ask(request.method, request.params)
    expect(params, sent).toEqual(request.params)
    if ('result' in reply) expect(conversation.answer(request.method, params, reply.result), came).toEqual(reply.result)
  }
  expect(used).toEqual(new Set(Object.keys(methods)))
})

test('a session that is torn apart is none', () => {
  expect(exchangesIn('→ a\n← b\n\nprose\n→ c\n← d\n')).toEqual([
    { sent: 'a', came: 'b' },
    { sent: 'c', came: 'd' },
  ])
  for (const torn of ['→ a\n', '→ a\n→ b\n', '← a\n', '← a\n→ b\n']) expect(() => exchangesIn(torn)).toThrow('no exchange')
})

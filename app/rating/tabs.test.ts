import { expect, test } from 'vitest'
import { OneTab, type Word } from './tabs.ts'

/** Tabs of one browser on one channel: what one says, all others hear a moment later. */
function browser() {
  const tabs: { tab: OneTab; log: string[] }[] = []
  const said: { from: number; word: Word }[] = []
  let ids = 0
  const open = (assignment: string) => {
    const number = tabs.length
    const log: string[] = []
    const tab = new OneTab({
      say: (word) => said.push({ from: number, word }),
      newId: () => String(ids++).padStart(4, '0'),
      lost: () => log.push('lost'),
      free: () => log.push('free'),
      save: async () => void log.push('saved'),
    })
    tabs.push({ tab, log })
    tab.open(assignment)
    return { tab, log }
  }
  const talk = async () => {
    for (let next = said.shift(); next; next = said.shift()) {
      for (const [number, { tab }] of tabs.entries()) if (number !== next.from) await tab.hear(next.word)
    }
  }
  return { open, talk }
}

test('the tab that opened an item first keeps it', async () => {
  const { open, talk } = browser()
  const first = open('a')
  await talk()
  const second = open('a')
  await talk()
  expect([first.log, second.log]).toEqual([[], ['lost']])
})

test('of two opened at once exactly one keeps the item', async () => {
  const { open, talk } = browser()
  const [first, second] = [open('a'), open('a')]
  await talk()
  expect([first.log, second.log]).toEqual([[], ['lost']])
})

test('different items do not disturb each other', async () => {
  const { open, talk } = browser()
  const [first, second] = [open('a'), open('b')]
  await talk()
  expect([first.log, second.log]).toEqual([[], []])
})

test('asked for, an item is saved, given up and taken', async () => {
  const { open, talk } = browser()
  const first = open('a')
  await talk()
  const second = open('a')
  await talk()
  second.tab.ask()
  await talk()
  expect(first.log).toEqual(['lost', 'saved'])
  expect(second.log).toEqual(['lost', 'free'])
  second.tab.take()
  const third = open('a')
  await talk()
  expect(third.log).toEqual(['lost'])
  expect(second.log).toEqual(['lost', 'free'])
})

test('a tab that closes, or goes on to another item, frees the one it had', async () => {
  const { open, talk } = browser()
  const first = open('a')
  await talk()
  const second = open('a')
  await talk()
  first.tab.open('b')
  await talk()
  expect(second.log).toEqual(['lost', 'free'])
})

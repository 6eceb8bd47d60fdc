import { expect, test } from 'vitest'
import { commandOf, type Press, type Setting } from './keys.ts'

const press = (key: string, over: Partial<Press> = {}): Press => ({
  key,
  digit: /^\d$/.test(key) ? key : null,
  command: false,
  modified: false,
  shift: false,
  repeat: false,
  where: 'page',
  reading: false,
  ...over,
})
const setting: Setting = { levels: ['1', '2', '3', '4'], single: true, held: false }
const ctrl = { command: true, modified: true }

test('digits score by the keys of the current dimension', () => {
  expect(commandOf(press('3'), setting)).toEqual({ do: 'score', place: 2 })
  expect(commandOf(press('5'), setting)).toBeNull()
  expect(commandOf(press('0'), { ...setting, levels: ['0', '1', '2'] })).toEqual({ do: 'score', place: 0 })
})

test('digits work on keyboards that type them with Shift, and where the plain key types something else', () => {
  expect(commandOf(press('2', { shift: true, digit: '2' }), setting)).toEqual({ do: 'score', place: 1 })
  expect(commandOf(press('é', { digit: '2' }), setting)).toEqual({ do: 'score', place: 1 })
  expect(commandOf(press('"', { shift: true, digit: '2' }), setting)).toBeNull()
  // German: the slash is Shift and 7.
  expect(commandOf(press('/', { shift: true, digit: '7' }), setting)).toEqual({ do: 'find' })
})

test('letters and arrows have their commands, in capitals too', () => {
  const commands = ['u', 'n', 'e', 'c', '/', 'r', 'g', 'f', 'j', 'k', '?', 'U', 'ArrowRight', 'ArrowLeft', 'ArrowUp']
  expect(commands.map((key) => commandOf(press(key), setting)?.do)).toEqual([
    'cannot judge',
    'note',
    'attach',
    'context',
    'find',
    'references',
    'anchors',
    'flag',
    'down',
    'up',
    'keys',
    'cannot judge',
    'skip',
    'last ten',
    'up',
  ])
})

test('a held key does nothing, nor does any key while a save is in flight', () => {
  expect(commandOf(press('3', { repeat: true }), setting)).toBeNull()
  expect(commandOf(press('Enter', { ...ctrl, repeat: true }), setting)).toBeNull()
  expect(commandOf(press('Enter', ctrl), { ...setting, held: true })).toBeNull()
})

test('while typing only submit and Escape are ours', () => {
  const text = { where: 'text' } as const
  expect(commandOf(press('3', text), setting)).toBeNull()
  expect(commandOf(press('z', { ...text, ...ctrl }), setting)).toBeNull()
  expect(commandOf(press('ArrowRight', text), setting)).toBeNull()
  expect(commandOf(press('Enter', { ...text, ...ctrl }), setting)).toEqual({ do: 'submit' })
  expect(commandOf(press('Escape', text), setting)).toEqual({ do: 'back' })
})

test('in a dialog every key is the dialog’s own', () => {
  const dialog = { where: 'dialog' } as const
  expect(commandOf(press('Enter', { ...dialog, ...ctrl }), setting)).toBeNull()
  expect(commandOf(press('f', dialog), setting)).toBeNull()
})

test('other modifiers leave a key to the browser', () => {
  expect(commandOf(press('f', ctrl), setting)).toBeNull()
  expect(commandOf(press('3', { modified: true }), setting)).toBeNull()
  expect(commandOf(press('z', { ...ctrl, shift: true }), setting)).toBeNull()
  expect(commandOf(press('z', ctrl), setting)).toEqual({ do: 'undo' })
  expect(commandOf(press('ArrowRight', { shift: true }), setting)).toBeNull()
})

test('in a pane of text up and down scroll', () => {
  const reading = { reading: true }
  expect(commandOf(press('ArrowDown', reading), setting)).toBeNull()
  expect(commandOf(press('j', reading), setting)).toEqual({ do: 'down' })
  expect(commandOf(press('ArrowRight', reading), setting)).toEqual({ do: 'skip' })
})

test('with single keys off only the combinations work', () => {
  const off = { ...setting, single: false }
  expect(commandOf(press('3'), off)).toBeNull()
  expect(commandOf(press('?'), off)).toBeNull()
  expect(commandOf(press('ArrowDown'), off)).toBeNull()
  expect(commandOf(press('Enter', ctrl), off)).toEqual({ do: 'submit' })
  expect(commandOf(press('z', ctrl), off)).toEqual({ do: 'undo' })
})

/**
 * One item is rated in one tab at a time. Tabs of the same browser talk over a channel: the one that opened an item first
 * has it, until another asks for it or it is closed.
 */

export type Word = {
  say: 'anyone?' | 'mine' | 'give' | 'given' | 'left'
  assignment: string
  /** When the speaker took the item, as an id that sorts by time. */
  since: string
}

type Surroundings = {
  say: (word: Word) => void
  newId: () => string
  /** The item turned out to be open in another tab. */
  lost: () => void
  /** Another tab gave the item up, after saving what was entered there. */
  free: () => void
  /** Called before an item is given up: saves what is unsaved. */
  save: () => Promise<void>
}

export class OneTab {
  #assignment = ''
  #since = ''
  #mine = false
  readonly #around: Surroundings

  constructor(around: Surroundings) {
    this.#around = around
  }

  /** Opens an item (an empty string: none), leaving the one before. */
  open(assignment: string): void {
    if (assignment === this.#assignment) return
    this.leave()
    this.#assignment = assignment
    this.#since = this.#around.newId()
    this.#mine = assignment !== ''
    if (this.#mine) this.#say('anyone?')
  }

  /** Asks the tab that has the item for it. */
  ask(): void {
    this.#say('give')
  }

  /** Takes the item that was given up. */
  take(): void {
    this.#since = this.#around.newId()
    this.#mine = true
    this.#say('anyone?')
  }

  leave(): void {
    if (this.#mine) this.#say('left')
    this.#mine = false
    this.#assignment = ''
  }

  async hear({ say, assignment, since }: Word): Promise<void> {
    if (assignment !== this.#assignment) return
    const older = since < this.#since
    if (say === 'anyone?' && this.#mine && !older) this.#say('mine')
    // Two tabs opened at once: the older claim stands.
    if ((say === 'anyone?' || say === 'mine') && this.#mine && older) this.#lose()
    if (say === 'give' && this.#mine) {
      this.#lose()
      await this.#around.save()
      this.#around.say({ say: 'given', assignment, since: this.#since })
    }
    if ((say === 'given' || say === 'left') && !this.#mine) this.#around.free()
  }

  #lose(): void {
    this.#mine = false
    this.#around.lost()
  }

  #say(say: Word['say']): void {
    this.#around.say({ say, assignment: this.#assignment, since: this.#since })
  }
}

/** What happens to the items in a rater's hand, to the last acknowledgement. Nothing here knows React or the page. */
import type { Hand, ShownItem } from '#app/evaluation/queue/shown.ts'
import type { Bench, Told } from './bench.ts'
import type { Answered, Asked, FlagKind, Route } from './client.ts'
import type { Change, Entry } from './entry.ts'
import { type Missing, missingIn, whyNotReveal } from './missing.ts'
import type { Delivery, Parcel } from './outbox.ts'
import { plainWords } from './plain-words.ts'
import { entryOnScreen, type Step, startSession, stepped } from './session.ts'
import type { Surroundings, WorkState } from './work-state.ts'

/** A submission can be taken back for so long after it arrived. */
export const UNDO_MS = 30_000

export class Work implements Bench {
  #state: WorkState
  #started = false
  #cancelSettle: () => void = () => {}
  readonly #around: Surroundings
  readonly #watchers = new Set<() => void>()

  constructor(around: Surroundings, hand: Hand) {
    this.#around = around
    const session = startSession(around.rubric, hand)
    this.#state = { session, busy: false, elsewhere: false, returned: '', told: null }
  }

  get state(): WorkState {
    return this.#state
  }

  get item(): ShownItem | undefined {
    return this.#state.session.items[0]
  }

  get entry(): Entry | null {
    return entryOnScreen(this.#state.session)
  }

  get busy(): boolean {
    return this.#state.busy
  }

  watch = (fn: () => void): (() => void) => {
    this.#watchers.add(fn)
    return () => this.#watchers.delete(fn)
  }

  /** In the browser: takes up what it kept, and listens for what arrives. Returns what ends it. */
  start(): () => void {
    this.#started = true
    const outbox = this.#around.outbox()
    const stop = outbox.receive((delivery) => this.#arrived(delivery))
    const sentOff = outbox.state.parcels.flatMap(({ route, body, refused }) =>
      route === 'flag' || refused ? [] : [(body as Asked['skip']).assignment],
    )
    this.#step({ type: 'resume', newest: this.#newest, sentOff })
    this.#turnTo()
    if (this.#around.isOpen && !this.item && sentOff.length === 0) void this.look()
    return () => {
      this.#started = false
      stop()
      this.#cancelSettle()
      void this.#around.keeper.flush(true)
    }
  }

  missing(): Missing[] {
    const { item, entry } = this
    return item && entry ? missingIn(this.#around.rubric, item, entry.content) : []
  }

  change(change: Change): void {
    if (this.#locked()) return
    const moves = change.type === 'go' || change.type === 'step'
    if (!moves) this.tell(null)
    this.#step({ type: 'change', change })
    const { entry } = this
    if (entry && !moves) this.#around.keeper.entered({ ...entry.content, activeMs: this.#around.time.read() })
  }

  /** Sends the rating off and shows the next item; or returns the first thing that is missing. */
  submit(): Missing | null {
    const { item, entry } = this
    if (this.#locked() || !item || !entry) return null
    const first = this.missing()[0]
    this.tell(first ? { text: first.say, tone: 'bad' } : null)
    if (first) return first
    const content = { ...entry.content, activeMs: this.#around.time.read() }
    const parcel = this.#around.newId()
    const body = { assignment: item.assignment, submissionId: parcel, content }
    this.#around.keeper.end(item.assignment)
    this.#post({ id: parcel, route: 'submit', body }, item)
    this.#cancelSettle()
    this.#step({ type: 'submit', content, parcel })
    return null
  }

  skip(reason: string): void {
    const { item } = this
    if (this.#locked() || !item) return
    void this.#around.keeper.flush()
    this.#post({ id: this.#around.newId(), route: 'skip', body: { assignment: item.assignment, reason } }, item)
    this.tell(null)
    this.#step({ type: 'skip' })
  }

  flag(kind: FlagKind, note: string): void {
    const { item } = this
    if (!item) return
    this.#post({ id: this.#around.newId(), route: 'flag', body: { assignment: item.assignment, kind, note } }, item)
  }

  /** Takes back the last score of the item on screen or, where there is none, the last submission. */
  async undo(): Promise<void> {
    if (this.#state.busy) return
    if (this.entry?.past.length) return this.change({ type: 'undo' })
    const { last } = this.#state.session
    if (!last) return this.tell({ text: 'There is nothing to undo.', tone: 'info' })
    const outbox = this.#around.outbox()
    this.#set({ busy: true })
    await outbox.settled(last.parcel)
    const recalled = outbox.recall(last.parcel)
    const hand = recalled ? null : await this.#asked('undo', { assignment: last.item.assignment, known: this.#known() })
    this.#set({ busy: false })
    if (!recalled && !hand) return
    this.#step({ type: 'take back', hand })
    const { entry } = this
    if (entry) this.#around.keeper.entered(entry.content)
  }

  /** Shows the references; true when they are on screen. */
  async reveal(): Promise<boolean> {
    const { item, entry } = this
    if (!item || !entry || this.#locked()) return false
    if (item.references) return true
    const whyNot = whyNotReveal(this.#around.rubric, item, entry.content)
    if (whyNot) {
      this.tell({ text: whyNot, tone: 'info' })
      return false
    }
    const { assignment } = item
    const content = { ...entry.content, activeMs: this.#around.time.read() }
    this.#set({ busy: true })
    const answer = await this.#asked('reveal', { assignment, content })
    this.#set({ busy: false })
    if (answer) this.#step({ type: 'reveal', assignment, references: answer.references })
    return answer !== null
  }

  /** Asks for work: more of it, or what was skipped. */
  async look(route: 'next' | 'take-up' = 'next'): Promise<void> {
    this.#set({ busy: true })
    const hand = await this.#asked(route, { known: this.#known() })
    this.#set({ busy: false })
    if (hand) this.#take(hand)
  }

  /** Leaves the item on screen, which is of no more use here, for the next one. */
  leave(): void {
    if (this.item) this.#around.keeper.end(this.item.assignment)
    this.#step({ type: 'drop' })
    void this.look()
  }

  /** Puts a rating that was refused back into the hand, if it can still be had. */
  async reopen(parcel: Parcel<'submit'>): Promise<void> {
    const { assignment, content } = parcel.body
    const hand = await this.#asked('next', { known: this.#known() })
    if (!hand) return
    if (!hand.order.includes(assignment))
      return this.tell({ text: 'Others have this item now. What you entered stays listed here.', tone: 'bad' })
    this.#around.outbox().discard(parcel.id)
    this.#step({ type: 'delivered', assignment, parcel: parcel.id, rating: null })
    const newest = (item: ShownItem) => (item.assignment === assignment ? content : this.#newest(item))
    this.#step({ type: 'hand', hand, newest })
    this.tell({ text: 'You have it in hand again; it comes next.', tone: 'info' })
  }

  /** The item on screen has gone back to the queue: has it again, if that can be. */
  async recover(assignment: string): Promise<void> {
    const outcome = await this.#around.ask('next', { known: this.#known() })
    const again = outcome.ok && outcome.value.order.includes(assignment)
    this.#set({ returned: again ? '' : assignment })
  }

  /** The item on screen is open in another tab. */
  lose(): void {
    this.#set({ elsewhere: true })
  }

  /** Takes over what was entered in another tab, which has given the item up. */
  async takeOver(): Promise<void> {
    const onScreen = this.item?.assignment ?? ''
    const hand = await this.#asked('next', { known: [] })
    if (!hand) return
    if (!hand.order.includes(onScreen)) this.#step({ type: 'drop' })
    this.#step({ type: 'hand', hand, newest: this.#newest, afresh: true })
    this.#set({ elsewhere: false })
  }

  tell(told: Told): void {
    if (told !== this.#state.told) this.#set({ told })
  }

  #newest = (item: ShownItem) => this.#around.keeper.newest(item)

  #known = (): string[] => this.#state.session.items.map(({ assignment }) => assignment)

  #locked = (): boolean => this.#state.busy || this.#state.elsewhere

  #post(parcel: Pick<Parcel, 'id' | 'route' | 'body'>, item: ShownItem): void {
    const about = plainWords(item.question)
    this.#around.outbox().post({ ...parcel, base: this.#around.base, about, refused: null } as Parcel)
  }

  async #asked<R extends Route>(route: R, body: Asked[R]): Promise<Answered[R] | null> {
    const outcome = await this.#around.ask(route, body)
    if (outcome.ok) return outcome.value
    this.tell({ text: outcome.failure.message, tone: 'bad' })
    return null
  }

  #arrived({ parcel, route, answer }: Delivery): void {
    if (route === 'flag') {
      this.tell({ text: 'Your flag has reached the lead.', tone: 'info' })
      return
    }
    const { assignment } = parcel.body
    this.#step({ type: 'delivered', assignment, parcel: parcel.id, rating: route === 'submit' ? answer.rating : null })
    if (this.#state.session.last?.parcel === parcel.id) {
      this.#cancelSettle = this.#around.later(UNDO_MS, () => this.#step({ type: 'settle', parcel: parcel.id }))
    }
    if (parcel.base === this.#around.base) this.#take(answer)
  }

  #take(hand: Hand): void {
    this.#step({ type: 'hand', hand, newest: this.#newest })
    const { items, sentOff } = this.#state.session
    const have = new Set([...items.map(({ assignment }) => assignment), ...sentOff])
    if (hand.order.some((id) => !have.has(id))) void this.look()
  }

  #step(step: Step): void {
    const before = this.item?.assignment
    this.#set({ session: stepped(this.#state.session, this.#around.rubric, step) })
    if (!this.#started) return
    this.#around.setKnown(this.#known())
    if (this.item?.assignment !== before) this.#turnTo()
  }

  /** Another item is on screen. */
  #turnTo(): void {
    const { item } = this
    this.#set({ elsewhere: false, returned: '' })
    if (!item) return
    this.#around.keeper.begin(item)
    this.#around.time.begin(this.entry?.content.activeMs ?? 0)
  }

  #set(over: Partial<WorkState>): void {
    this.#state = { ...this.#state, ...over }
    for (const fn of this.#watchers) fn()
  }
}

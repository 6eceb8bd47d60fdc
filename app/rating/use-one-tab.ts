import { useEffect, useRef } from 'react'
import { newId } from './new-id.ts'
import { OneTab, type Word } from './tabs.ts'
import type { Work } from './work.ts'

const CHANNEL = 'assay-rating'

/** Keeps an item from being rated in two tabs at once. Returns what asks the other tab for it. */
export function useOneTab(work: Work, assignment: string, save: () => Promise<void>): () => void {
  const tab = useRef<OneTab>()
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL)
    const one = new OneTab({
      say: (word) => channel.postMessage(word),
      newId,
      lost: () => work.lose(),
      free: () => void work.takeOver().then(() => one.take()),
      save,
    })
    tab.current = one
    channel.onmessage = ({ data }: MessageEvent<Word>) => void one.hear(data)
    const leave = () => one.leave()
    // A page that is gone back to may come as it was left.
    const back = () => one.open(work.item?.assignment ?? '')
    addEventListener('pagehide', leave)
    addEventListener('pageshow', back)
    return () => {
      removeEventListener('pagehide', leave)
      removeEventListener('pageshow', back)
      leave()
      channel.close()
    }
  }, [work, save])
  useEffect(() => tab.current?.open(assignment), [assignment])
  return () => tab.current?.ask()
}

import { useCallback, useEffect, useRef, useState } from 'react'
import { newId } from './new-id.ts'
import { OneTab, type Word } from './tabs.ts'

const CHANNEL = 'assay-rating'

/**
 * Whether the item on screen is being rated in another tab, and the way to have it here instead. `save` is called before
 * it is given up; `refresh` brings what was entered elsewhere, when it was given up there.
 */
export function useOneTab(
  assignment: string,
  save: () => Promise<void>,
  refresh: () => Promise<void>,
): { elsewhere: boolean; takeOver: () => void } {
  const [elsewhere, setElsewhere] = useState(false)
  const tab = useRef<OneTab>()
  const around = useRef({ save, refresh })
  around.current = { save, refresh }

  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL)
    const one = new OneTab({
      say: (word) => channel.postMessage(word),
      newId,
      lost: () => setElsewhere(true),
      free: () => {
        void around.current.refresh().then(() => {
          one.take()
          setElsewhere(false)
        })
      },
      save: () => around.current.save(),
    })
    tab.current = one
    channel.onmessage = ({ data }: MessageEvent<Word>) => void one.hear(data)
    const leave = () => one.leave()
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      one.leave()
      channel.close()
    }
  }, [])

  useEffect(() => {
    setElsewhere(false)
    tab.current?.open(assignment)
  }, [assignment])

  return { elsewhere, takeOver: useCallback(() => tab.current?.ask(), []) }
}

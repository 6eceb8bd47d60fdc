import { Form, Link } from '@remix-run/react'
import type { ListedTask } from '#app/evaluation/references/tasks/list.ts'
import { Scroll } from '#app/ui/scroll.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { When } from '#app/ui/when.tsx'

const DOES = { write: 'Write', check: 'Check' } as const

/** Tasks, each with its way in. */
export function TaskTable({ tasks, slug, label }: { tasks: ListedTask[]; slug: string; label: string }) {
  return (
    <Scroll label={label}>
      <table className="cases tasks">
        <thead>
          <tr>
            <th scope="col">Case</th>
            <th scope="col">What</th>
            <th scope="col">Category</th>
            <th scope="col">User segment</th>
            <th scope="col" className="number">
              Asked
            </th>
            <th scope="col">
              <span className="unseen">Next step</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <tr key={task.id}>
              <th scope="row" className="case">
                {task.beginning ?? <span className="soft">Shown once you have taken it</span>}
              </th>
              <td>
                {DOES[task.kind]} the {task.quality} one
              </td>
              <td>{task.category}</td>
              <td>{task.userSegment}</td>
              <td className="number">
                <When at={task.createdAt} />
              </td>
              <td className="number">
                {task.inHand ? (
                  <Link className="button" to={`/p/${slug}/references/${task.id}`}>
                    Go on
                  </Link>
                ) : (
                  <Form method="post">
                    <input type="hidden" name="task" value={task.id} />
                    <Submit>Take it</Submit>
                  </Form>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

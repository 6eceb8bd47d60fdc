/** What a change asks for, one sentence each. */
export function Consequences({ said }: { said: readonly string[] }) {
  return (
    <ul className="consequences">
      {said.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

/** Text in which `what stands in backticks` is what one types. */
export function Wording({ children }: { children: string }) {
  return children.split('`').map((part, index) =>
    index % 2 === 1 ? (
      // Parts have no other identity than their place.
      <code key={index} className="font-mono text-[0.925em]">
        {part}
      </code>
    ) : (
      part
    ),
  );
}

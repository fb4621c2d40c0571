/** A sentence in which what stands between backticks is code; so that a translator has the sentence whole. */
export function WithCode({ children }: { children: string }) {
  return children.split("`").map((piece, index) =>
    // oxlint-disable-next-line react/no-array-index-key -- the pieces of a sentence have no other name
    index % 2 === 0 ? piece : <code key={index}>{piece}</code>,
  );
}

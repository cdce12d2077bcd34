// Sees.
// Says where a point of a frame of another origin is in what is around that frame, and what covers it there.
// Runs in our isolated world: nothing that the page has patched is seen here.
async (want) => {
  const element = selectors.pinned(want.pin);
  if (!element?.isConnected) return { state: 'absent' };
  const before = selectors.place(element);
  await selectors.picture();
  if (!element.isConnected) return { state: 'absent' };
  if (selectors.place(element) !== before) return { state: 'moving' };
  const at = selectors.out(element, want);
  const { width, height } = selectors.origin(element);
  if (want.hits) {
    if (!selectors.isThere(element)) return { state: 'hidden', count: 1 };
    const hit = selectors.hit(element, at);
    if (hit === null) return { state: 'outside' };
    if (hit !== element) return { state: 'covered', by: selectors.named(hit) };
  }
  return { state: 'found', ...selectors.outer(element, at), width: want.width * width, height: want.height * height };
}

// Lets the page do what keys have made it plan, and says what the next keys meet.
// Runs in our isolated world: nothing that the page has patched is seen here.
async ({ text, full }) => {
  const { focused, room, typed } = typing;
  const before = typed();
  const isLeft = () => before === null || !document.hasFocus() || focused() !== before.element;
  // Timers that the last key has made the page set run before this one.
  await new Promise((next) => setTimeout(next));
  // A page may take the focus from a full field a little later, as it can under a user's hands.
  const end = performance.now() + 200;
  while (full && !isLeft() && room(before.element) === 0 && performance.now() < end) await selectors.frame();
  const stays = !isLeft();
  // A page that takes a character back, and puts it in later, loses those that come meanwhile.
  const isKept = before !== null && (before.value === null || before.heard === null || before.heard === before.value + text);
  const { element, value } = typed(focused());
  // A frame of another origin has the focus: what it does with keys is seen only by the focus that it gives away.
  const isFar = ['iframe', 'frame'].includes(element?.localName);
  const last = performance.now() + 50;
  while (isFar && stays && !isLeft() && performance.now() < last) await selectors.frame();
  const left = room(element);
  return {
    ahead: stays && !isFar && isKept && (before.value === null || value === before.value + text),
    room: full && stays && left === 0 ? null : left,
  };
}

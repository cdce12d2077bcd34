// Where the mouse reaches an element. A part of what waits in the page.
let scrolls = 0;
let searched = 0;
// Where the mouse reaches one of the elements, or that of them which `pick` takes.
const reach = async (pick, taking, moves = false) => {
  const { list, lacks } = find();
  if (lacks) return lacks;
  const targets = pick(list);
  if (targets.length === 0) return { state: 'hidden', count: list.length };
  const isOption = ['option', 'optgroup'].includes(targets[0].localName);
  if (isOption && targets[0].getClientRects().length === 0) return { state: 'unfit', what: 'an option of a closed list' };
  // A link, a button or a label is to do what it does itself, when there is room beside what is in it.
  taking ??= selectors.isActive(targets[0]) ? 'prefer' : 'any';
  let aimed = selectors.aim(targets, taking, false);
  if (aimed.at === null && (aimed.lacks.state !== 'nested' || searched > 0)) {
    // What covers it may be a bar that stays: it may be free at another end of the window.
    const block = ['center', 'end', 'start'][scrolls++];
    if (block) selectors.show(targets[0], block, 'center');
  }
  const rects = targets.map(selectors.bodyRect);
  const before = targets.map((element) => place(selectors.body(element)));
  const time = await selectors.picture();
  if (!targets.every((element) => element.isConnected)) return { state: 'absent' };
  if (!targets.every(isThere)) return { state: 'hidden', count: list.length };
  if (!moves && targets.some(isDisabled)) return { state: 'disabled' };
  aimed = selectors.aim(targets, taking, false);
  if ((aimed.at === null || aimed.isNested) && performance.now() >= searched) {
    // It takes a while, and what is in the way may stay for long.
    aimed = selectors.aim(targets, taking, true);
    searched = performance.now() + 150;
  }
  const { element, at } = aimed;
  const body = selectors.body(element);
  const i = targets.indexOf(element);
  const isMoving = place(body) !== before[i];
  if (at === null) {
    if (isMoving) return { state: 'moving' };
    return isVisible(element) ? aimed.lacks : { state: 'hidden', count: list.length };
  }
  // An animation that is to begin with the next picture.
  if (selectors.isStarting(body)) return { state: 'moving' };
  if (isMoving) {
    if (!selectors.stays(element, at, { place: before[i], rect: rects[i] }, time)) return { state: 'moving' };
    // Where it turns back it is slow for one picture.
    const last = { place: place(body), rect: selectors.bodyRect(element) };
    const more = await selectors.picture();
    if (!element.isConnected || !selectors.stays(element, at, last, more)) return { state: 'moving' };
  }
  selectors.expectMouse(element, at, { moves, isOwn: taking === 'own' || (taking === 'prefer' && !aimed.isNested) });
  return { state: 'found', ...selectors.outer(element, at) };
};
const one = (list) => [first(list)].filter((element) => element !== undefined);
const click = () => reach(one);
const hover = () => reach(one, 'any', true);

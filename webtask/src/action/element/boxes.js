// Boxes that can be checked, and what becomes of them. A part of what waits in the page.
const kind = (element) =>
  element.localName === 'input' ? `an input of the type \`${element.type}\`` : `a \`${element.localName}\``;

// A box that can be checked and what it says; null for any other element.
const checked = (element) => {
  if (element.localName === 'input') {
    return ['checkbox', 'radio'].includes(element.type) ? element.checked : null;
  }
  const roles = ['checkbox', 'radio', 'switch', 'menuitemcheckbox', 'menuitemradio', 'option', 'treeitem'];
  const is = element.getAttribute('aria-checked');
  const role = element.getAttribute('role');
  if (!roles.includes(role) || (is === null && ['option', 'treeitem'].includes(role))) return null;
  return is === 'true';
};
const isRadio = (element) => element.type === 'radio' || /radio$/.test(element.getAttribute('role') ?? '');
// A label means its box.
const boxes = (list) => list.map((element) => (element.localName === 'label' ? (element.control ?? element) : element));
// A box may be drawn by its label alone.
const drawn = (element) => [element, ...(element.labels ?? [])].filter(isThere);
const box = (list) => boxes(list).find((element) => drawn(element).length > 0) ?? boxes(list)[0];

const turn = async (on) => {
  const { list, lacks } = find();
  if (lacks) return lacks;
  const element = box(list);
  const is = checked(element);
  if (is === null) return { state: 'unfit', what: kind(element) };
  if (is === on) return { state: 'found', done: true };
  if (!on && isRadio(element)) return { state: 'radio' };
  if (isDisabled(element)) return { state: 'disabled' };
  const found = await reach((list) => drawn(box(list)), 'own');
  if (found.state === 'found') watch(element, on);
  return found;
};
// Sees what becomes of a box with the click that is to come, be it that the page goes away right after that.
const watch = (element, on) => {
  selectors.turning?.stop();
  const root = element.getRootNode();
  const names = ['click', 'change'];
  const look = () => {
    turning.isDone ||= checked(element) === on;
    turning.wake();
  };
  const seen = (event) => {
    if (!event.composedPath().includes(element)) return;
    turning.isClicked = true;
    // A page may undo a click until its last listener has heard of it; a change is told only after that.
    if (event.type === 'change' && event.isTrusted) look();
    else setTimeout(look);
  };
  const stop = () => names.forEach((name) => root.removeEventListener(name, seen, true));
  // A page may turn it back in a task of its own. What it draws anew is no longer ours to judge.
  const holds = () => !element.isConnected || checked(element) === on;
  const turning = { element, isClicked: false, isDone: false, wake: () => {}, stop, holds };
  selectors.turning = turning;
  for (const name of names) root.addEventListener(name, seen, true);
};

const turned = async (on) => {
  const { turning } = selectors;
  if (turning?.isDone) return { state: 'found' };
  const missed = selectors.hasMissed();
  if (missed) return { state: 'found', missed };
  const is = () => {
    const { list, lacks } = find();
    return lacks ? null : checked(box(list));
  };
  if (is() === on) {
    await new Promise((next) => setTimeout(next));
    if (is() === on) return { state: 'found' };
  }
  if (!turning || turning.element.ownerDocument.defaultView === null) return { state: 'left' };
  // What was closed with a click on it took the click.
  const isClosed = turning.isClicked && is() === null && !turning.element.isConnected;
  if (isClosed && turning.element.localName !== 'input') return { state: 'found' };
  return { state: 'turned' };
};

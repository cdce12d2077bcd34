// The field that has the focus and takes keys. A part of what waits in the page.
// How keys reach an element: as text, as a whole value, or only as keys.
const takes = (element) => {
  if (element.isContentEditable) return 'rich';
  if (element.localName === 'textarea') return 'lines';
  if (element.localName === 'input') {
    return valued.includes(element.type) ? 'value' : texts.includes(element.type) ? 'text' : null;
  }
  return element.localName === 'select' ? null : 'keys';
};

// Gives an element the focus, and says which field has it then: that element, or the one that the page has put in its
// place. Null when it takes none.
let focused = null;
const focus = (element) => {
  const root = element.getRootNode();
  const has = (active) =>
    active === element || element.contains(active) || (element.isContentEditable && active?.contains(element));
  element.focus();
  focused = element;
  return has(root.activeElement) ? element : instead();
};
const instead = () => {
  if (focused === null || (focused.isConnected && isThere(focused))) return null;
  let active = document.activeElement;
  for (let next = active; next; next = next.shadowRoot?.activeElement ?? next.contentDocument?.activeElement) active = next;
  return active !== null && ['text', 'lines', 'rich', 'value'].includes(takes(active)) ? active : null;
};

// The field that has the focus and can be changed, or what it lacks. `unfit` tells of what
// is no such field, and `hides` of what is none although nobody sees it.
const field = (pick, unfit, hides = () => null) => {
  const { list, lacks } = find();
  const all = pick(list);
  let element = lacks ? undefined : first(all);
  if (!element) {
    element = instead();
    if (element === null) return lacks ?? hides(all[0]) ?? { state: 'hidden', count: list.length };
  } else {
    const bad = unfit(element);
    if (bad) return bad;
    if (isOff(element)) return { state: 'disabled' };
    const is = isInert(element);
    element = focus(element);
    if (element === null) return { state: is ? 'inert' : 'unfocused' };
  }
  // Asked only now: what a field is and what it lacks may change with the focus.
  if (element.readOnly) press(element);
  if (isDisabled(element)) return { state: 'disabled' };
  if (element.readOnly) return { state: 'readonly' };
  return unfit(element) ?? { element };
};

// The same, asked again of what a page has drawn anew when it got the focus: keys for the old one would be lost.
const lasting = async (...asked) => {
  for (let times = 0; times < 3; times++) {
    const before = typing.focused();
    const found = field(...asked);
    if (!found.element || found.element === before) return found;
    await new Promise((next) => setTimeout(next));
    if (found.element.isConnected) return found;
  }
  return { state: 'unfocused' };
};

const untyped = (element) => {
  const what = element.localName === 'input' ? kind(element) : `a ${element.localName}`;
  return takes(element) === null ? { state: 'untyped', what } : null;
};
const type = async () => {
  const found = await lasting((list) => list, untyped);
  const { element } = found;
  if (!element) return found;
  const how = takes(element);
  if (how === 'value' && want.value !== '') {
    const bad = put(element);
    if (bad) return bad;
  }
  if (['text', 'lines', 'rich'].includes(how)) {
    // After what is there already, as one would go on typing.
    const selection = element.ownerDocument.defaultView.getSelection();
    if (element.isContentEditable) {
      selection.selectAllChildren(element);
      selection.collapseToEnd();
    } else {
      selection.modify('move', 'forward', 'documentboundary');
    }
  }
  const met = typing.typed(typing.focused());
  return { state: 'found', how, room: typing.room(met.element) };
};

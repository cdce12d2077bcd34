// Lists of options and file inputs. A part of what waits in the page.
// Whether no focus and no click changes that it cannot be used.
const isOff = (element) => element.matches(':disabled');
// Whether the page has put it, or what is around it, out of use: by `inert`, or by a dialog before all else.
const isInert = (element) => {
  const dialog = element.ownerDocument.querySelector('dialog:modal');
  let isBehind = dialog !== null;
  for (let node = element; node !== null; node = around(node)) {
    if (node.inert) return true;
    if (node === dialog) isBehind = false;
  }
  return isBehind;
};
// What a page sees of a click, for what it readies only then. Once in a step.
let isPressed = false;
const press = (element) => {
  if (isPressed) return;
  isPressed = true;
  const { left, top, width, height } = element.getBoundingClientRect();
  const [clientX, clientY] = [left + width / 2, top + height / 2];
  const about = { bubbles: true, composed: true, cancelable: true, clientX, clientY };
  const send = (target, name, more) => {
    const Kind = name.startsWith('pointer') ? PointerEvent : MouseEvent;
    target.dispatchEvent(new Kind(name, { ...about, ...more }));
  };
  // A mouse comes in before it presses; each element around is told of that by itself.
  const around = [];
  for (let node = element; node !== null; node = node.parentElement) around.unshift(node);
  for (const kind of ['pointer', 'mouse']) {
    send(element, `${kind}over`);
    for (const node of around) send(node, `${kind}enter`, { bubbles: false, cancelable: false });
  }
  for (const name of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
    send(element, name, { detail: 1, buttons: name.endsWith('down') ? 1 : 0 });
  }
};

const select = () => {
  const { list, lacks } = find();
  if (lacks) return lacks;
  const element = first(list) ?? list[0];
  if (element.localName !== 'select') return { state: 'unfit', what: kind(element) };
  if (isOff(element)) return { state: 'disabled' };
  // Pages fill a list when it gets the focus, or when it is opened.
  element.focus();
  const means = (option) => option.value === want.value || line(option.label) === line(want.value);
  if (![...element.options].some(means)) press(element);
  if (!element.isConnected) return { state: 'absent' };
  if (isDisabled(element)) return { state: 'disabled' };
  const options = [...element.options];
  const option =
    options.find((option) => option.value === want.value) ??
    options.find((option) => line(option.label) === line(want.value));
  if (!option) {
    const has = options.slice(0, 10).map((option) => line(option.label).slice(0, 50) || option.value.slice(0, 50));
    return { state: 'option', has, count: options.length };
  }
  if (option.disabled || option.parentElement.disabled) return { state: 'locked' };
  const before = options.map((option) => option.selected).join();
  if (element.multiple) for (const other of options) other.selected = other === option;
  else element.selectedIndex = options.indexOf(option);
  if (options.map((option) => option.selected).join() !== before) {
    for (const name of ['input', 'change']) element.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
  }
  return { state: 'found' };
};

// A file input is mostly hidden behind something prettier.
const upload = () => {
  const { list, lacks } = find();
  if (lacks) return lacks;
  const [element] = boxes(list);
  if (element.localName !== 'input' || element.type !== 'file') return { state: 'unfit', what: kind(element) };
  return isDisabled(element) ? { state: 'disabled' } : { state: 'found' };
};

// Values that are put in at once. A part of what waits in the page.
const valued = ['date', 'datetime-local', 'month', 'week', 'time', 'color', 'range'];
const texts = ['text', 'search', 'url', 'tel', 'email', 'password', 'number'];

// The events of a value that was put in at once.
const tell = (element, ...names) => {
  for (const name of names) element.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
};
const refused = (element, wants) => ({ state: 'refused', what: kind(element), wants });
// Whether an input has taken the value as it was meant.
const holds = (element) => {
  if (element.type === 'color') return element.value === want.value.toLowerCase();
  if (element.type === 'range') return want.value.trim() !== '' && Number(element.value) === Number(want.value);
  return element.value !== '' || want.value === '';
};
// Gives an input without text of its own the whole value.
const put = (element) => {
  const before = element.value;
  element.value = want.value;
  if (!holds(element)) {
    element.value = before;
    const { min, max, step } = element;
    const range = `a number from ${min || 0} to ${max || 100} in steps of ${step || 1}`;
    return refused(element, element.type === 'range' ? range : typing.forms[element.type]);
  }
  tell(element, 'input', 'change');
  return null;
};

// The step that gives an element its value, when `fill` does not: empty for what has none.
const otherStep = (element) => {
  if (element.localName === 'select') return 'select';
  if (checked(element) !== null) return 'check';
  if (element.localName === 'input') {
    if (element.type === 'file') return 'upload';
    if (['submit', 'button', 'reset', 'image'].includes(element.type)) return 'click';
    return element.type === 'hidden' ? '' : null;
  }
  return element.localName === 'textarea' || element.isContentEditable ? null : '';
};

const unfilled = (element) => {
  const step = otherStep(element);
  return step === null ? null : { state: 'unfilled', what: kind(element), step };
};
const fill = async () => {
  const found = await lasting(boxes, unfilled, unfilled);
  const { element } = found;
  if (!element) return found;
  const isInput = element.localName === 'input';
  if (isInput && takes(element) === 'value') return put(element) ?? { state: 'found' };
  if (isInput && element.type === 'number') return put(element) ?? { state: 'found' };
  const isRich = element.isContentEditable;
  const wanted = want.value.replace(/\r\n?/g, '\n');
  if (isInput && wanted.includes('\n')) return refused(element, 'one line');
  if (typing.isLimited(element) && wanted.length > element.maxLength) {
    return refused(element, `at most ${element.maxLength} characters`);
  }
  const says = () => (isRich ? element.textContent : element.value);
  const before = says();
  if (isRich) {
    element.ownerDocument.defaultView.getSelection().selectAllChildren(element);
    // Editors take over the selection when they are told of it.
    await new Promise((next) => setTimeout(next));
  } else {
    element.select();
  }
  if (edit(element, isRich, wanted)) {
    // What is put in by a script is not a change to Chromium: this is the only event of it.
    if (!isRich) tell(element, 'change');
  } else {
    // An editor may draw what it holds later.
    await frame();
    if (says() === before && squeezed(wanted) !== squeezed(before)) return refused(element);
  }
  return { state: 'found' };
};

// Puts a text in place of what is selected, which is all; whether the page let it.
const edit = (element, isRich, text) => {
  const inputType = text === '' ? 'deleteContentBackward' : 'insertText';
  const init = { inputType, data: text === '' ? null : text, bubbles: true, composed: true };
  if (!element.dispatchEvent(new InputEvent('beforeinput', { ...init, cancelable: true }))) return false;
  if (isRich) {
    const page = element.ownerDocument;
    return text === '' ? page.execCommand('delete') || true : page.execCommand('insertText', false, text);
  }
  element.value = text;
  element.dispatchEvent(new InputEvent('input', init));
  return true;
};

// What keys and values meet: the element with the focus, what it holds and what it wants.
(() => {
  // The element that has the focus, through the shadows and the frames of this origin.
  const focused = () => {
    let element = document.activeElement;
    for (;;) {
      const inner = (element?.shadowRoot ?? element?.contentDocument)?.activeElement ?? null;
      if (inner === null) return element;
      element = inner;
    }
  };
  const limited = ['text', 'search', 'url', 'tel', 'email', 'password'];
  const isLimited = (element) =>
    (element.localName === 'textarea' || (element.localName === 'input' && limited.includes(element.type))) &&
    element.maxLength >= 0;
  // Whether it is one of a row of small boxes for one character each, as those of a code, though it does not say so.
  const isCell = (element) => {
    if (element.localName !== 'input' || ![...limited, 'number'].includes(element.type)) return false;
    const { offsetWidth, offsetHeight, type } = element;
    if (offsetWidth === 0 || offsetWidth > 2 * offsetHeight) return false;
    const isAlike = (other) => other.type === type && other.offsetWidth === offsetWidth && other.value.length <= 1;
    let holder = element.parentElement;
    for (let up = 0; holder !== null && up < 4; up++, holder = holder.parentElement) {
      if ([...holder.querySelectorAll('input')].filter(isAlike).length >= 4) return true;
    }
    return false;
  };
  // How many more characters it takes; null when there is no limit.
  const room = (element) => {
    const most = element === null ? null : isLimited(element) ? element.maxLength : isCell(element) ? 1 : null;
    if (most === null) return null;
    const selected = (element.selectionEnd ?? 0) - (element.selectionStart ?? 0);
    return Math.max(most - element.value.length + selected, 0);
  };
  // The value of what holds text as it is typed; an input for numbers hides what is no number yet.
  const value = (element) =>
    ['input', 'textarea'].includes(element?.localName) && element.type !== 'number' ? element.value : null;
  // What inputs without text of their own want.
  const forms = {
    date: 'a date, like `2024-02-29`',
    'datetime-local': 'a date and a time, like `2024-02-29T13:45`',
    month: 'a month, like `2024-02`',
    week: 'a week, like `2024-W09`',
    time: 'a time, like `13:45`',
    color: 'a color, like `#ff0080`',
    number: 'a number, like `12.5`',
  };
  // What was seen when the last keys went out, and what the field held right after the page had heard of the input.
  const typed = (element) => {
    if (element !== undefined) {
      globalThis.typed?.stop();
      const seen = { element, value: value(element), heard: null, stop: () => {} };
      const view = element?.ownerDocument.defaultView ?? null;
      const hear = (event) => {
        if (event.composedPath()[0] === element) seen.heard = value(element);
      };
      if (view !== null && seen.value !== null) {
        seen.stop = () => view.removeEventListener('input', hear);
        view.addEventListener('input', hear);
      }
      globalThis.typed = seen;
    }
    return globalThis.typed ?? null;
  };
  return { focused, forms, isLimited, room, typed };
})()

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
  // How many more characters it takes; null when there is no limit.
  const room = (element) => {
    if (element === null || !isLimited(element)) return null;
    const selected = (element.selectionEnd ?? 0) - (element.selectionStart ?? 0);
    return Math.max(element.maxLength - element.value.length + selected, 0);
  };
  // The value of what holds text as it is typed; an input for numbers hides what is no number yet.
  const value = (element) =>
    ['input', 'textarea'].includes(element?.localName) && element.type !== 'number' ? element.value : null;
  // What inputs without text of their own want.
  const forms = {
    date: 'a date, as `2024-02-29`',
    'datetime-local': 'a date and a time, as `2024-02-29T13:45`',
    month: 'a month, as `2024-02`',
    week: 'a week, as `2024-W09`',
    time: 'a time, as `13:45`',
    color: 'a color, as `#ff0080`',
    number: 'a number, as `12.5`',
  };
  // What was seen when the last keys went out.
  const typed = (element) => {
    if (element !== undefined) globalThis.typed = { element, value: value(element) };
    return globalThis.typed ?? null;
  };
  return { focused, forms, isLimited, room, typed };
})()

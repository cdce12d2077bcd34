// Gives files to a file input, as a file chooser does.
// Runs in our isolated world: nothing that the page has patched is seen here.
(want) => {
  const found = selectors.every(want.selector)[0];
  const input = found?.localName === 'label' ? found.control : found;
  if (!input) return 'absent';
  if (want.files.length > 1 && !input.multiple) return 'one';
  const data = new DataTransfer();
  for (const { name, type, bytes } of want.files) {
    data.items.add(new File([Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0))], name, { type }));
  }
  input.files = data.files;
  for (const name of ['input', 'change']) input.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
  return 'given';
}
